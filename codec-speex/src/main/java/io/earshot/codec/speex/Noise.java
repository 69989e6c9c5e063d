package io.earshot.codec.speex;

/** The noise that decoders make up; all of them from the same seed, so that they make the same. */
final class Noise {
    private static final int ONE = 0x3f800000;
    private static final int FRACTION = 0x007fffff;

    private int seed = 1_000;

    /** Returns a sample of even distribution with that deviation. */
    float next(float deviation) {
        seed = 1_664_525 * seed + 1_013_904_223;
        float even = (float) (Float.intBitsToFloat(ONE | seed & FRACTION) - 1.5);
        return (float) (3.4642 * deviation * even);
    }
}
