package io.earshot.codec.speex;

import java.util.Arrays;

/** The mode of least rate: pulses and noise, mixed by how voiced it is. */
final class Vocoder {
    private static final int SUBFRAME = NarrowDecoder.SUBFRAME;

    private int toPulse;
    private float lastPulse;
    private float lastNoise;
    private float mean;

    void excite(float[] excitation, int at, float[] innovation, int from, int delay, float pitchGain, float gain) {
        float voiced = Math.max(0, Math.min(1, 1.5f * (pitchGain - .2f)));
        Arrays.fill(excitation, at, at + SUBFRAME, 0);
        while (toPulse < SUBFRAME) {
            if (toPulse >= 0) {
                excitation[at + toPulse] = (float) Math.sqrt(2 * delay) * (voiced * gain);
            }
            toPulse += delay;
        }
        toPulse -= SUBFRAME;
        for (int i = 0; i < SUBFRAME; i++) {
            float pulse = excitation[at + i];
            float hiss = innovation[from + i];
            float mixed = .7f * pulse + .3f * lastPulse + ((1 - .85f * voiced) * hiss - .15f * voiced * lastNoise);
            lastPulse = pulse;
            lastNoise = hiss;
            mean = .8f * mean + .2f * mixed;
            excitation[at + i] = mixed - mean;
        }
    }
}
