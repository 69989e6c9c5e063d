package io.earshot.codec.gsm;

import static io.earshot.codec.gsm.Fixed.divide;
import static io.earshot.codec.gsm.Fixed.magnitude;
import static io.earshot.codec.gsm.Fixed.norm;
import static io.earshot.codec.gsm.Fixed.round;
import static io.earshot.codec.gsm.Fixed.saturate;

import java.util.Arrays;

/** From a frame of samples to its coded log-area ratios (GSM 06.10 §5.2.4 to §5.2.7). */
final class LpcAnalysis {
    private final int[] scaled = new int[Frame.SAMPLES];
    private final int[] correlation = new int[Frame.ORDER + 1];
    private final int[] forward = new int[Frame.ORDER + 1];
    private final int[] backward = new int[Frame.ORDER + 1];
    private final int[] reflection = new int[Frame.ORDER];

    /**
     * Codes the spectrum of a frame.
     *
     * @param signal 160 samples; where the standard scales them down and up again they lose their lowest bits
     * @param lar receives the eight coded ratios
     */
    void analyse(int[] signal, int[] lar) {
        correlate(signal);
        reflect();
        for (int i = 0; i < Frame.ORDER; i++) {
            lar[i] = LogArea.quantize(i, LogArea.ofReflection(reflection[i]));
        }
    }

    /** §5.2.4: nine lags, computed on at most 12 bits so that no sum overflows. */
    private void correlate(int[] signal) {
        int largest = 0;
        for (int i = 0; i < Frame.SAMPLES; i++) {
            largest = Math.max(largest, magnitude(signal[i]));
        }
        int shift = largest == 0 ? 0 : Math.max(0, 4 - norm(largest << 16));
        if (shift > 0) {
            int rounding = 1 << shift - 1;
            for (int i = 0; i < Frame.SAMPLES; i++) {
                scaled[i] = signal[i] + rounding >> shift;
                signal[i] = scaled[i] << shift;
            }
        } else {
            System.arraycopy(signal, 0, scaled, 0, Frame.SAMPLES);
        }
        for (int lag = 0; lag <= Frame.ORDER; lag++) {
            int sum = 0;
            for (int i = lag; i < Frame.SAMPLES; i++) {
                sum += scaled[i] * scaled[i - lag];
            }
            correlation[lag] = sum << 1;
        }
    }

    /** §5.2.5: the Schur recursion. Coefficients that it does not reach, because the signal is degenerate, are zero. */
    private void reflect() {
        Arrays.fill(reflection, 0);
        if (correlation[0] == 0) {
            return;
        }
        int shift = norm(correlation[0]);
        for (int i = 0; i <= Frame.ORDER; i++) {
            forward[i] = correlation[i] << shift >> 16;
            backward[i] = forward[i];
        }
        for (int n = 0; n < Frame.ORDER; n++) {
            int part = magnitude(forward[1]);
            if (forward[0] < part) {
                return;
            }
            int r = forward[0] == 0 ? 0 : divide(part, forward[0]);
            r = forward[1] > 0 ? -r : r;
            reflection[n] = r;
            forward[0] = saturate(forward[0] + round(forward[1], r));
            for (int m = 1; m < Frame.ORDER - n; m++) {
                int ahead = forward[m + 1];
                forward[m] = saturate(ahead + round(backward[m], r));
                backward[m] = saturate(backward[m] + round(ahead, r));
            }
        }
    }
}
