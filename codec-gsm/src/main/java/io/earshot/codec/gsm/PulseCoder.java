package io.earshot.codec.gsm;

import static io.earshot.codec.gsm.Fixed.magnitude;
import static io.earshot.codec.gsm.Fixed.round;

/**
 * Regular pulse excitation: every third sample of what the long term prediction left over, block companded (GSM 06.10 §5.2.13 to
 * §5.2.17, §5.3.1).
 */
final class PulseCoder {
    /** Table 5.4: the impulse response of the weighting filter. */
    private static final int[] WEIGHT = {-134, -374, 0, 2054, 5741, 8192, 5741, 2054, 0, -374, -134};
    /** Tables 5.5 and 5.6: reciprocal and value of the block amplitude's mantissa. */
    private static final int[] RECIPROCAL = {29128, 26215, 23832, 21846, 20165, 18725, 17476, 16384};
    private static final int[] FACTOR = {18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767};
    private static final int MARGIN = WEIGHT.length / 2;
    private static final int GRIDS = 4;

    private final int[] padded = new int[Frame.SUB_SAMPLES + 2 * MARGIN];
    private final int[] weighted = new int[Frame.SUB_SAMPLES];

    /**
     * Codes a subframe.
     *
     * @param residual what the prediction left over
     * @param line the predictions, from which {@code residual} minus {@code line} is coded
     */
    void encode(int[] residual, int[] line, int sub, Frame frame) {
        int from = sub * Frame.SUB_SAMPLES;
        for (int k = 0; k < Frame.SUB_SAMPLES; k++) {
            padded[MARGIN + k] = Fixed.saturate(residual[from + k] - line[LongTermPredictor.MAX_LAG + from + k]);
        }
        weight();
        int grid = chooseGrid();
        int largest = 0;
        for (int i = 0; i < Frame.PULSES; i++) {
            largest = Math.max(largest, magnitude(weighted[grid + 3 * i]));
        }
        int amplitude = codeAmplitude(largest);
        int shift = 6 - exponent(amplitude);
        int reciprocal = RECIPROCAL[mantissa(amplitude)];
        for (int i = 0; i < Frame.PULSES; i++) {
            int scaled = (short) (weighted[grid + 3 * i] << shift) * reciprocal >> 15;
            frame.pulse[sub * Frame.PULSES + i] = (scaled >> 12) + 4;
        }
        frame.grid[sub] = grid;
        frame.amplitude[sub] = amplitude;
    }

    private void weight() {
        for (int k = 0; k < Frame.SUB_SAMPLES; k++) {
            long sum = 4096;
            for (int i = 0; i < WEIGHT.length; i++) {
                sum += (long) padded[k + i] * WEIGHT[i];
            }
            weighted[k] = Fixed.saturate((int) (sum >> 13));
        }
    }

    /** §5.2.14: the grid with most energy, of equals the first. */
    private int chooseGrid() {
        int grid = 0;
        int most = 0;
        for (int candidate = 0; candidate < GRIDS; candidate++) {
            int energy = 0;
            for (int i = 0; i < Frame.PULSES; i++) {
                int value = weighted[candidate + 3 * i] >> 2;
                energy += value * value;
            }
            if (energy > most) {
                most = energy;
                grid = candidate;
            }
        }
        return grid;
    }

    /** §5.2.15: three bits of exponent, three of mantissa. */
    private static int codeAmplitude(int largest) {
        int exponent = Math.min(6, 32 - Integer.numberOfLeadingZeros(largest >> 9));
        return (largest >> exponent + 5) + (exponent << 3);
    }

    private static int exponent(int amplitude) {
        if (amplitude > 15) {
            return (amplitude >> 3) - 1;
        }
        return amplitude == 0 ? -4 : -Integer.numberOfLeadingZeros(amplitude) + 28;
    }

    private static int mantissa(int amplitude) {
        int exponent = exponent(amplitude);
        if (amplitude == 0) {
            return 7;
        }
        int bits = amplitude > 15 ? amplitude - (exponent << 3) : amplitude + 1 << -exponent;
        return (amplitude > 15 ? bits : bits - 1) - 8;
    }

    /** Returns a subframe's pulses from its codes, into the first 13 elements. */
    static void decode(Frame frame, int sub, int[] pulses) {
        int amplitude = frame.amplitude[sub];
        int factor = FACTOR[mantissa(amplitude)];
        int shift = 6 - exponent(amplitude);
        int rounding = shift == 0 ? 0 : 1 << shift - 1;
        for (int i = 0; i < Frame.PULSES; i++) {
            int level = (frame.pulse[sub * Frame.PULSES + i] << 1) - 7 << 12;
            pulses[i] = Fixed.saturate(round(factor, level) + rounding) >> shift;
        }
    }
}
