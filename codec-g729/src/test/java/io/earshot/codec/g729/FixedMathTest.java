package io.earshot.codec.g729;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The operators at their borders, and against wide arithmetic. */
class FixedMathTest {
    private static final int ROUNDS = 20_000;

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void wordsSaturate() {
        assertEquals(32767, FixedMath.add(32767, 1));
        assertEquals(-32768, FixedMath.sub(-32768, 1));
        assertEquals(32767, FixedMath.negate(-32768));
        assertEquals(32767, FixedMath.abs(-32768));
        assertEquals(32767, FixedMath.mult(-32768, -32768));
        assertEquals(32767, FixedMath.multRound(-32768, -32768));
        assertEquals(32767, FixedMath.shl(1, 20));
        assertEquals(-32768, FixedMath.shl(-1, 20));
        assertEquals(0, FixedMath.shl(0, 20));
        assertEquals(-1, FixedMath.shr(-5, 99));
        assertEquals(20, FixedMath.shr(5, -2));
        assertEquals(3, FixedMath.shrRound(5, 1));
    }

    @Test
    void accumulatorsSaturate() {
        assertEquals(Integer.MAX_VALUE, FixedMath.lMult(-32768, -32768));
        assertEquals(Integer.MAX_VALUE, FixedMath.lAbs(Integer.MIN_VALUE));
        assertEquals(Integer.MAX_VALUE, FixedMath.lNegate(Integer.MIN_VALUE));
        assertEquals(32767, FixedMath.round(Integer.MAX_VALUE));
        assertEquals(Integer.MIN_VALUE, FixedMath.lShl(-3, 31));
        assertEquals(-1, FixedMath.lShr(-3, 40));
        assertEquals(2, FixedMath.lShrRound(3, 1));
    }

    @Test
    void additionAndSubtractionAreExactOrSaturate() {
        for (int i = 0; i < ROUNDS; i++) {
            int a = random.nextInt() >> random.nextInt(32);
            int b = random.nextInt() >> random.nextInt(32);
            assertEquals(clamp((long) a + b), FixedMath.lAdd(a, b));
            assertEquals(clamp((long) a - b), FixedMath.lSub(a, b));
            int by = random.nextInt(1, 31);
            assertEquals(clamp(BigInteger.valueOf(a).shiftLeft(by).longValueExact()), FixedMath.lShl(a, by));
        }
    }

    @Test
    void normalizingFillsTheWord() {
        assertEquals(0, FixedMath.norm(0));
        assertEquals(15, FixedMath.norm(-1));
        assertEquals(31, FixedMath.lNorm(-1));
        for (int i = 0; i < ROUNDS; i++) {
            int a = random.nextInt() >> random.nextInt(31) | 1;
            int filled = a << FixedMath.lNorm(a);
            assertTrue(filled >= 0x40000000 || filled <= -0x40000000, "" + a);
            int word = (short) a;
            int full = word << FixedMath.norm(word);
            assertTrue(full >= 0x4000 && full <= 32767 || full <= -0x4000 && full >= -32768, "" + word);
        }
    }

    @Test
    void divisionIsTheQuotientInQ15() {
        assertEquals(32767, FixedMath.div(7, 7));
        assertEquals(16384, FixedMath.div(1, 2));
        assertEquals(10922, FixedMath.div(10000, 30000));
    }

    @Test
    void doublePrecisionHalvesComeTogetherAgain() {
        for (int i = 0; i < ROUNDS; i++) {
            int a = random.nextInt();
            assertEquals(a & ~1, FixedMath.compose(FixedMath.high(a), FixedMath.fraction(a)));
        }
    }

    @Test
    void functionsAreCloseToWhatTheyStandFor() {
        for (int i = 0; i < ROUNDS; i++) {
            int x = random.nextInt(1, Integer.MAX_VALUE) >> random.nextInt(20) | 1;
            int log = FixedMath.log2(x);
            assertEquals(Math.log(x) / Math.log(2), log / 65536.0 + (log & 0x7fff) / 65536.0, 0.001);
            assertEquals(1, FixedMath.inverseSquareRoot(x) / (Math.pow(2, 30) / Math.sqrt(x)), 0.002 + 1e-4 * Math.sqrt(x) / 100);
            int fraction = random.nextInt(32768);
            assertEquals(1, FixedMath.pow2(14, fraction) / Math.pow(2, 14 + fraction / 32768.0), 0.001);
        }
        assertEquals(0, FixedMath.log2(0));
        assertEquals(0x3fffffff, FixedMath.inverseSquareRoot(0));
    }

    @Test
    void rootOfHalfIsTheLargestEvenOneNotAboveIt() {
        for (int i = 0; i < ROUNDS; i++) {
            int x = random.nextInt(Integer.MAX_VALUE) >> random.nextInt(28);
            int root = NoiseExcitation.squareRootOfHalf(x);
            assertTrue(2L * root * root <= x && 2L * (root + 2) * (root + 2) > x, x + " has " + root);
        }
    }

    @Test
    void longSumsSaturateTermByTerm() {
        for (int i = 0; i < ROUNDS / 10; i++) {
            int[] a = words(40);
            int[] b = words(40);
            int expected = 1;
            boolean overflow = false;
            for (int j = 0; j < 40; j++) {
                long exact = (long) expected + 2L * a[j] * b[j];
                overflow |= exact != clamp(exact);
                expected = FixedMath.lMac(expected, a[j], b[j]);
            }
            assertEquals(expected, FixedMath.dot(1, a, 0, b, 0, 40));
            assertEquals(overflow, FixedMath.dotOverflows(1, a, 0, b, 0, 40));
        }
        assertFalse(FixedMath.dotOverflows(0, new int[4], 0, new int[4], 0, 4));
    }

    private int[] words(int count) {
        int shift = random.nextInt(16, 22);
        return random.ints(count).map(word -> word >> shift).toArray();
    }

    private static int clamp(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
