/**
 * Call-progress tones: {@link io.earshot.dsp.progress.TonePlan} knows what they are in each country,
 * {@link io.earshot.dsp.ToneGenerator} plays them, {@link io.earshot.dsp.progress.CallProgressDetector} hears them. Threads, arrays and
 * levels as in {@link io.earshot.dsp}.
 */
package io.earshot.dsp.progress;
