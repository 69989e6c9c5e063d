/** MP3. */
package io.earshot.record.mp3;
