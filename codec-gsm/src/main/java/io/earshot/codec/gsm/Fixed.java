package io.earshot.codec.gsm;

/**
 * The arithmetic of GSM 06.10 §5.1 on 16 and 32 bit words held in {@code int}s. The standard's other operations are plain operators
 * here, because their operands cannot overflow.
 */
final class Fixed {
    private Fixed() {
    }

    /** Returns a sum or difference of two 16 bit words limited to 16 bits ({@code add}, {@code sub}). */
    static int saturate(int sum) {
        return sum == (short) sum ? sum : limit(sum);
    }

    private static int limit(int sum) {
        return sum < 0 ? Short.MIN_VALUE : Short.MAX_VALUE;
    }

    /**
     * Returns the rounded product of two fractions ({@code mult_r}). Of the one product that the standard saturates, -1 by -1, no caller
     * is capable: one factor is always a constant, a gain or a reflection coefficient above -1.
     */
    static int round(int a, int b) {
        return a * b + 0x4000 >> 15;
    }

    /** Returns the magnitude limited to 16 bits ({@code abs}). */
    static int magnitude(int a) {
        return a == Short.MIN_VALUE ? Short.MAX_VALUE : Math.abs(a);
    }

    /** Returns how far a positive 32 bit word can be shifted left without touching its sign ({@code norm}). */
    static int norm(int positive) {
        return Integer.numberOfLeadingZeros(positive) - 1;
    }

    /** Returns the fraction {@code part / whole}, for 0 <= part <= whole and whole > 0 ({@code div}). */
    static int divide(int part, int whole) {
        return part == whole ? Short.MAX_VALUE : (part << 15) / whole;
    }
}
