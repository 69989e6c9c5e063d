/** Which codecs a phone uses, and how. Everything here is immutable and callable from any thread. */
package io.earshot.api.codec;
