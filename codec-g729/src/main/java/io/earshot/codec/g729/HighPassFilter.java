package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.mul32x16;
import static io.earshot.codec.g729.FixedMath.round;

/** Second-order high-pass filter with double precision memory, G.729 §3.1 and §4.2.5. */
final class HighPassFilter {
    private final int[] zeros;
    private final int[] poles;
    private final int shift;
    private final int gain;
    private int y1;
    private int y2;
    private int x1;
    private int x2;

    private HighPassFilter(int[] zeros, int[] poles, int shift, int gain) {
        this.zeros = zeros;
        this.poles = poles;
        this.shift = shift;
        this.gain = gain;
    }

    /** Returns the encoder's filter at 140 Hz, which also halves. */
    static HighPassFilter before() {
        return new HighPassFilter(FilterTables.PRE_ZEROS, FilterTables.PRE_POLES, 3, 0);
    }

    /** Returns the decoder's filter at 100 Hz, which also doubles. */
    static HighPassFilter after() {
        return new HighPassFilter(FilterTables.POST_ZEROS, FilterTables.POST_POLES, 2, 1);
    }

    void reset() {
        y1 = 0;
        y2 = 0;
        x1 = 0;
        x2 = 0;
    }

    /** Filters one sample. */
    int filter(int x) {
        int sum = mul32x16(high(y1), fraction(y1), poles[1]);
        sum = lAdd(sum, mul32x16(high(y2), fraction(y2), poles[2]));
        sum = lMac(sum, x, zeros[0]);
        sum = lMac(sum, x1, zeros[1]);
        sum = lMac(sum, x2, zeros[2]);
        sum = lShl(sum, shift);
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = sum;
        return round(lShl(sum, gain));
    }
}
