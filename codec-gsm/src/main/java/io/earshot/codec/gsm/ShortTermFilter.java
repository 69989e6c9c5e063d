package io.earshot.codec.gsm;

import static io.earshot.codec.gsm.Fixed.round;
import static io.earshot.codec.gsm.Fixed.saturate;

import java.util.Arrays;

/**
 * The lattice filter in one direction, whose coefficients glide from those of the last frame to those of the present one (GSM 06.10
 * §5.2.8 to §5.2.10 for the encoder, §5.3.4 for the decoder).
 */
final class ShortTermFilter {
    /** Where each of the four interpolation zones ends. */
    private static final int[] ZONE_END = {13, 27, 40, Frame.SAMPLES};

    private final int[] state = new int[Frame.ORDER];
    private final int[] reflection = new int[Frame.ORDER];
    private int[] last = new int[Frame.ORDER];
    private int[] present = new int[Frame.ORDER];

    void reset() {
        Arrays.fill(state, 0);
        Arrays.fill(last, 0);
        Arrays.fill(present, 0);
    }

    /** Turns 160 samples of signal into the residual, in place. */
    void analyse(int[] lar, int[] signal) {
        nextRatios(lar);
        int from = 0;
        for (int zone = 0; zone < ZONE_END.length; zone++) {
            interpolate(zone);
            analyse(signal, from, ZONE_END[zone]);
            from = ZONE_END[zone];
        }
    }

    /** Turns 160 samples of residual into signal, in place. */
    void synthesize(int[] lar, int[] residual) {
        nextRatios(lar);
        int from = 0;
        for (int zone = 0; zone < ZONE_END.length; zone++) {
            interpolate(zone);
            synthesize(residual, from, ZONE_END[zone]);
            from = ZONE_END[zone];
        }
    }

    private void nextRatios(int[] lar) {
        int[] spare = last;
        last = present;
        present = spare;
        for (int i = 0; i < Frame.ORDER; i++) {
            present[i] = LogArea.dequantize(i, lar[i]);
        }
    }

    private void interpolate(int zone) {
        for (int i = 0; i < Frame.ORDER; i++) {
            int a = last[i];
            int b = present[i];
            int ratio = switch (zone) {
                case 0 -> (a >> 2) + (b >> 2) + (a >> 1);
                case 1 -> (a >> 1) + (b >> 1);
                case 2 -> (a >> 2) + (b >> 2) + (b >> 1);
                default -> b;
            };
            reflection[i] = LogArea.toReflection(saturate(ratio));
        }
    }

    private void analyse(int[] signal, int from, int to) {
        for (int k = from; k < to; k++) {
            int direct = signal[k];
            int delayed = direct;
            for (int i = 0; i < Frame.ORDER; i++) {
                int u = state[i];
                int r = reflection[i];
                state[i] = delayed;
                delayed = saturate(u + round(r, direct));
                direct = saturate(direct + round(r, u));
            }
            signal[k] = direct;
        }
    }

    private void synthesize(int[] residual, int from, int to) {
        int[] v = state;
        int[] r = reflection;
        for (int k = from; k < to; k++) {
            int out = saturate(residual[k] - round(r[7], v[7]));
            for (int i = 6; i >= 0; i--) {
                out = saturate(out - round(r[i], v[i]));
                v[i + 1] = saturate(v[i] + round(r[i], out));
            }
            v[0] = out;
            residual[k] = out;
        }
    }
}
