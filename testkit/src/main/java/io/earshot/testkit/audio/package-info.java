/** Sound without a sound card: a microphone that plays what a test gives it, and a speaker that remembers what it was given. */
package io.earshot.testkit.audio;
