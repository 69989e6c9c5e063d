package io.earshot.codec.speex;

/** How a frame of a layer above narrowband is made up; 0 is none. */
enum BandMode {
    /** The layer's sound is that of the one below, folded up. */
    FOLDED, COARSE, FINE, FINEST;

    static final int BITS = 3;
    static final int NONE = 0;
    private static final BandMode[] BY_NUMBER = values();
    private static final ShapeCodebook COARSE_SHAPES = ShapeCodebook.plain(ShapeTables.BAND_10_32, 10, 4, 5);
    private static final ShapeCodebook FINE_SHAPES = ShapeCodebook.signed(ShapeTables.BAND_8_128, 8, 5, 7);
    /** Where one gain of shapes ends and the next begins; a gain itself is {@link #BELOW_BOUND} of its bound. */
    static final float[] GAIN_BOUNDS = {0.97979f, 1.28384f, 1.68223f, 2.20426f, 2.88829f, 3.78458f, 4.95900f, 6.49787f, 8.51428f, 11.15642f,
        14.61846f, 19.15484f, 25.09895f, 32.88761f, 43.09325f, 56.46588f};
    static final double BELOW_BOUND = 0.87360;
    static final int GAIN_BITS = 4;
    static final int FOLD_BITS = 5;

    /** Returns the mode of that number, 1 to 4. */
    static BandMode of(int number) {
        return BY_NUMBER[number - 1];
    }

    ShapeCodebook shapes() {
        return this == COARSE ? COARSE_SHAPES : FINE_SHAPES;
    }

    /** Whether a second set of shapes refines the first. */
    boolean twice() {
        return this == FINEST;
    }

    /** Returns the gain of folding that a code stands for. */
    static float foldGain(int code) {
        return (float) Math.exp(.125 * (code - 10));
    }
}
