package io.earshot.codec.g729;

/**
 * The basic operators of the standard's arithmetic: 16 bit words and 32 bit accumulators that saturate. A word lives in an {@code int}
 * within -32768 to 32767. Names follow the ITU-T operators; {@code l} marks the 32 bit ones.
 */
final class FixedMath {
    static final int MAX_16 = 32767;
    static final int MIN_16 = -32768;
    static final int MAX_32 = Integer.MAX_VALUE;
    static final int MIN_32 = Integer.MIN_VALUE;

    private FixedMath() {
    }

    static int saturate(int value) {
        return Math.max(MIN_16, Math.min(MAX_16, value));
    }

    static int add(int a, int b) {
        return saturate(a + b);
    }

    static int sub(int a, int b) {
        return saturate(a - b);
    }

    static int negate(int a) {
        return saturate(-a);
    }

    static int abs(int a) {
        return saturate(Math.abs(a));
    }

    static int shl(int a, int by) {
        if (by < 0) {
            return shr(a, -by);
        }
        if (by > 15) {
            return a == 0 ? 0 : a > 0 ? MAX_16 : MIN_16;
        }
        return saturate(a << by);
    }

    static int shr(int a, int by) {
        if (by < 0) {
            return shl(a, Math.min(-by, 16));
        }
        return a >> Math.min(by, 15);
    }

    /** Shifts right and rounds. */
    static int shrRound(int a, int by) {
        if (by > 15) {
            return 0;
        }
        int shifted = shr(a, by);
        return by > 0 && (a >> by - 1 & 1) != 0 ? shifted + 1 : shifted;
    }

    static int mult(int a, int b) {
        return Math.min(MAX_16, a * b >> 15);
    }

    static int multRound(int a, int b) {
        return Math.min(MAX_16, a * b + 0x4000 >> 15);
    }

    static int lMult(int a, int b) {
        int product = a * b;
        return product == 0x40000000 ? MAX_32 : product << 1;
    }

    static int lAdd(int a, int b) {
        int sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? a < 0 ? MIN_32 : MAX_32 : sum;
    }

    static int lSub(int a, int b) {
        int difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? a < 0 ? MIN_32 : MAX_32 : difference;
    }

    static int lMac(int sum, int a, int b) {
        return lAdd(sum, lMult(a, b));
    }

    static int lMsu(int sum, int a, int b) {
        return lSub(sum, lMult(a, b));
    }

    static int lAbs(int a) {
        return a == MIN_32 ? MAX_32 : Math.abs(a);
    }

    static int lNegate(int a) {
        return a == MIN_32 ? MAX_32 : -a;
    }

    static int lShl(int a, int by) {
        if (by <= 0) {
            return lShr(a, -by);
        }
        if (by > 31) {
            return a == 0 ? 0 : a > 0 ? MAX_32 : MIN_32;
        }
        int shifted = a << by;
        return shifted >> by == a ? shifted : a > 0 ? MAX_32 : MIN_32;
    }

    static int lShr(int a, int by) {
        return by < 0 ? lShl(a, -by) : a >> Math.min(by, 31);
    }

    /** Shifts right and rounds. */
    static int lShrRound(int a, int by) {
        if (by > 31) {
            return 0;
        }
        int shifted = lShr(a, by);
        return by > 0 && (a >> by - 1 & 1) != 0 ? shifted + 1 : shifted;
    }

    /** Returns the upper word, rounded. */
    static int round(int a) {
        return lAdd(a, 0x8000) >> 16;
    }

    /** Returns the lower word, sign-extended. */
    static int low(int a) {
        return (short) a;
    }

    /** Returns the shift that makes a word fill 16 bits. */
    static int norm(int a) {
        return a == 0 ? 0 : Integer.numberOfLeadingZeros(a ^ a >> 31) - 17;
    }

    /** Returns the shift that makes an accumulator fill 32 bits. */
    static int lNorm(int a) {
        return a == 0 ? 0 : Integer.numberOfLeadingZeros(a ^ a >> 31) - 1;
    }

    /** Returns a/b, Q15, for 0 <= a <= b; other operands, which hostile streams can cause, give a value in range. */
    static int div(int a, int b) {
        if (a >= b || b <= 0) {
            return MAX_16;
        }
        return Math.max(0, (a << 15) / b);
    }

    /** Upper half of the standard's double precision format. */
    static int high(int a) {
        return a >> 16;
    }

    /** Lower half of the double precision format: 15 bits, never negative. */
    static int fraction(int a) {
        return a >> 1 & 0x7fff;
    }

    /** Puts the double precision halves together again. */
    static int compose(int high, int fraction) {
        return lMac(high << 16, fraction, 1);
    }

    /** Multiplies two double precision numbers. */
    static int mul32(int highA, int fractionA, int highB, int fractionB) {
        int product = lMult(highA, highB);
        product = lMac(product, mult(highA, fractionB), 1);
        return lMac(product, mult(fractionA, highB), 1);
    }

    /** Multiplies a double precision number with a word. */
    static int mul32x16(int highA, int fractionA, int b) {
        return lMac(lMult(highA, b), mult(fractionA, b), 1);
    }

    /** What {@link #mul32x16} makes of the halves of {@code a}; {@code b} is not -32768, and hence nothing can saturate. */
    static int scale(int a, int b) {
        return high(a) * b + (fraction(a) * b >> 15) << 1;
    }

    /** Divides an accumulator by a normalized double precision number that is larger. */
    static int div32(int numerator, int high, int fraction) {
        int inverse = div(0x3fff, high);
        int rest = lSub(MAX_32, mul32x16(high, fraction, inverse));
        int precise = mul32x16(high(rest), fraction(rest), inverse);
        int quotient = mul32(high(numerator), fraction(numerator), high(precise), fraction(precise));
        return lShl(quotient, 2);
    }

    /** Returns 1/sqrt(x), Q30. */
    static int inverseSquareRoot(int x) {
        if (x <= 0) {
            return 0x3fffffff;
        }
        int norm = lNorm(x);
        int mantissa = x << norm;
        int exponent = 30 - norm;
        if ((exponent & 1) == 0) {
            mantissa >>= 1;
        }
        int at = (mantissa >> 25) - 16;
        int[] table = MathTables.INVERSE_ROOT;
        int y = lMsu(table[at] << 16, table[at] - table[at + 1], mantissa >> 10 & 0x7fff);
        return y >> (exponent >> 1) + 1;
    }

    /** Returns log2(x) as integer part and 15 bit fraction, {@code exponent << 16 | fraction}; 0 for what has no logarithm. */
    static int log2(int x) {
        if (x <= 0) {
            return 0;
        }
        int norm = lNorm(x);
        int mantissa = x << norm;
        int at = (mantissa >> 25) - 32;
        int[] table = MathTables.LOGARITHM;
        int y = lMsu(table[at] << 16, table[at] - table[at + 1], mantissa >> 10 & 0x7fff);
        return 30 - norm << 16 | y >> 16;
    }

    /** Returns 2^(exponent + fraction), the fraction in Q15. */
    static int pow2(int exponent, int fraction) {
        int scaled = fraction << 6;
        int at = scaled >> 16;
        int[] table = MathTables.POWER;
        int y = lMsu(table[at] << 16, table[at] - table[at + 1], scaled >> 1 & 0x7fff);
        return lShrRound(y, 30 - exponent);
    }

    /** Returns sum plus the doubled products of two runs of words, saturating after every term as the operators would. */
    static int dot(int sum, int[] a, int atA, int[] b, int atB, int count) {
        long exact = sum;
        long seen = 0;
        for (int i = 0; i < count; i++) {
            exact += (long) (a[atA + i] * b[atB + i]) << 1;
            seen |= exact ^ exact >> 63;
        }
        if (seen >>> 31 == 0) {
            return (int) exact;
        }
        int saturated = sum;
        for (int i = 0; i < count; i++) {
            saturated = lMac(saturated, a[atA + i], b[atB + i]);
        }
        return saturated;
    }

    /** Tells whether {@link #dot} would saturate anywhere. */
    static boolean dotOverflows(int sum, int[] a, int atA, int[] b, int atB, int count) {
        long exact = sum;
        long seen = 0;
        for (int i = 0; i < count; i++) {
            exact += (long) (a[atA + i] * b[atB + i]) << 1;
            seen |= exact ^ exact >> 63;
        }
        return seen >>> 31 != 0;
    }
}
