/**
 * Voice: what a microphone picks up besides speech is taken away, speech is found and levelled.
 * {@link io.earshot.dsp.voice.SoftwareVoiceProcessor} puts the stages in a row; each works alone too. Frames have 10 ms. Threads, arrays
 * and levels as in {@link io.earshot.dsp}.
 */
package io.earshot.dsp.voice;
