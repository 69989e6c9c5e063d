package io.earshot.codec.g722;

import java.util.Arrays;

/**
 * The quadrature mirror filter in its two phases, which serves both to split and to join (G.722 §3.1, §4.4, §5). Works on blocks of up to
 * {@link #BLOCK} samples per phase, remembering what it needs of the last ones.
 */
final class Qmf {
    /** Samples per phase that fit into a block, 20 ms. */
    static final int BLOCK = 160;

    /** Table 11: the filter's coefficients of even index, then those of odd index; the whole is symmetric. */
    private static final int[] EVEN = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};
    private static final int[] ODD = {-11, 53, -156, 362, -805, 3876, 951, -210, 32, 12, -11, 3};
    private static final int MEMORY = EVEN.length - 1;

    private final int[] even = new int[MEMORY + BLOCK];
    private final int[] odd = new int[MEMORY + BLOCK];
    private final int[] evenSum = new int[BLOCK];
    private final int[] oddSum = new int[BLOCK];

    void reset() {
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
    }

    /**
     * Splits PCM into sub-bands.
     *
     * @param pairs how many pairs of samples, at most {@link #BLOCK}
     */
    void split(short[] pcm, int offset, int pairs, int[] low, int[] high) {
        for (int i = 0; i < pairs; i++) {
            odd[MEMORY + i] = pcm[offset + 2 * i];
            even[MEMORY + i] = pcm[offset + 2 * i + 1];
        }
        filter(pairs);
        for (int i = 0; i < pairs; i++) {
            low[i] = LowerBand.limit(evenSum[i] + oddSum[i] >> 14);
            high[i] = LowerBand.limit(evenSum[i] - oddSum[i] >> 14);
        }
    }

    /** Joins sub-bands to PCM. */
    void join(int[] low, int[] high, int pairs, short[] pcm, int offset) {
        for (int i = 0; i < pairs; i++) {
            even[MEMORY + i] = low[i] - high[i];
            odd[MEMORY + i] = low[i] + high[i];
        }
        filter(pairs);
        for (int i = 0; i < pairs; i++) {
            pcm[offset + 2 * i] = (short) Predictor.saturate(evenSum[i] >> 11);
            pcm[offset + 2 * i + 1] = (short) Predictor.saturate(oddSum[i] >> 11);
        }
    }

    private void filter(int count) {
        filter(EVEN, even, evenSum, count);
        filter(ODD, odd, oddSum, count);
        System.arraycopy(even, count, even, 0, MEMORY);
        System.arraycopy(odd, count, odd, 0, MEMORY);
    }

    /** Tap by tap over the whole block, which processors do many samples at a time. */
    private static void filter(int[] taps, int[] in, int[] sum, int count) {
        Arrays.fill(sum, 0, count, 0);
        for (int tap = 0; tap < taps.length; tap++) {
            int factor = taps[tap];
            int from = MEMORY - tap;
            for (int i = 0; i < count; i++) {
                sum[i] += factor * in[from + i];
            }
        }
    }
}
