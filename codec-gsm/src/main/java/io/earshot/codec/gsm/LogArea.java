package io.earshot.codec.gsm;

import static io.earshot.codec.gsm.Fixed.round;
import static io.earshot.codec.gsm.Fixed.saturate;

/** Log-area ratios: their approximation by three straight lines, and their quantization (GSM 06.10 §5.2.6 to §5.2.8, §5.2.9.2). */
final class LogArea {
    /** Table 5.1: slope, offset and range of each ratio's quantizer, and table 5.2: the reciprocal of the slope. */
    private static final int[] A = {20480, 20480, 20480, 20480, 13964, 15360, 8534, 9036};
    private static final int[] B = {0, 0, 2048, -2560, 94, -1792, -341, -1144};
    private static final int[] MIN = {-32, -32, -16, -16, -8, -8, -4, -4};
    private static final int[] MAX = {31, 31, 15, 15, 7, 7, 3, 3};
    private static final int[] INVERSE_A = {13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708};

    private LogArea() {
    }

    /** Returns the ratio that stands for a reflection coefficient. */
    static int ofReflection(int r) {
        int size = Fixed.magnitude(r);
        int ratio;
        if (size < 22118) {
            ratio = size >> 1;
        } else if (size < 31130) {
            ratio = size - 11059;
        } else {
            ratio = size - 26112 << 2;
        }
        return r < 0 ? -ratio : ratio;
    }

    /** Returns the reflection coefficient that a ratio stands for. */
    static int toReflection(int ratio) {
        int size = Fixed.magnitude(ratio);
        int r;
        if (size < 11059) {
            r = size << 1;
        } else if (size < 20070) {
            r = size + 11059;
        } else {
            r = saturate((size >> 2) + 26112);
        }
        return ratio < 0 ? -r : r;
    }

    /** Returns the code of the i-th ratio, from 0. */
    static int quantize(int i, int ratio) {
        int scaled = saturate(saturate((A[i] * ratio >> 15) + B[i]) + 256) >> 9;
        return Math.max(MIN[i], Math.min(MAX[i], scaled)) - MIN[i];
    }

    /** Returns the i-th ratio that a code stands for. */
    static int dequantize(int i, int code) {
        int offset = saturate((code + MIN[i] << 10) - (B[i] << 1));
        int half = round(INVERSE_A[i], offset);
        return saturate(half + half);
    }
}
