package io.earshot.codec.speex;

/** How a narrowband frame of a mode is made up (RFC 5574 §6 names the modes by their numbers; 0 is silence). */
enum NarrowMode {
    VOCODER(false, Pitch.FORCED, 0, Shapes.NONE, false, 0),
    RATE_5950(false, Pitch.WHOLE_FRAME, 0, Shapes.TEN_OF_16, false, .6f),
    RATE_8000(false, Pitch.COARSE, 1, Shapes.TEN_OF_32, false, .55f),
    RATE_11000(false, Pitch.COARSE, 1, Shapes.EIGHT_OF_128, false, .45f),
    RATE_15000(true, Pitch.FINE, 3, Shapes.FIVE_OF_64, false, .25f),
    RATE_18200(true, Pitch.FINE, 3, Shapes.FIVE_OF_256, false, .15f),
    RATE_24600(true, Pitch.FINE, 3, Shapes.FIVE_OF_64, true, .05f),
    RATE_3950(false, Pitch.FORCED, 0, Shapes.TWENTY_OF_32, false, .5f);

    /** The number of the mode without a content. */
    static final int SILENCE = 0;
    private static final NarrowMode[] BY_NUMBER = values();

    /** How the pitch is told. */
    enum Pitch {
        /** One delay and one gain for the frame. */
        FORCED,
        /** One delay for the frame, taps for each subframe. */
        WHOLE_FRAME,
        /** Delay and taps for each subframe. */
        COARSE, FINE
    }

    private enum Shapes {
        NONE, TEN_OF_16, TEN_OF_32, TWENTY_OF_32, FIVE_OF_64, EIGHT_OF_128, FIVE_OF_256
    }

    private static final TapCodebook COARSE_TAPS = new TapCodebook(TapTables.COARSE, 5);
    private static final TapCodebook FINE_TAPS = new TapCodebook(TapTables.FINE, 7);
    private static final ShapeCodebook[] SHAPES = {
        ShapeCodebook.plain(new byte[0], 0, 0, 0),
        ShapeCodebook.plain(ShapeTables.SHAPES_10_16, 10, 4, 4),
        ShapeCodebook.plain(ShapeTables.SHAPES_10_32, 10, 4, 5),
        ShapeCodebook.plain(ShapeTables.SHAPES_20_32, 20, 2, 5),
        ShapeCodebook.plain(ShapeTables.SHAPES_5_64, 5, 8, 6),
        ShapeCodebook.plain(ShapeTables.SHAPES_8_128, 8, 5, 7),
        ShapeCodebook.plain(ShapeTables.SHAPES_5_256, 5, 8, 8)};
    private static final float[][] NO_GAINS = {{}, {}};
    private static final float[][] ONE_BIT = {{0.70469f, 1.05127f}, {0.87798f}};
    private static final float[][] THREE_BITS = {
        {0.061130f, 0.163546f, 0.310413f, 0.428220f, 0.555887f, 0.719055f, 0.938694f, 1.326874f},
        {0.112338f, 0.236980f, 0.369316f, 0.492054f, 0.637471f, 0.828874f, 1.132784f}};

    /** Whether the line spectral pairs take five codebooks. */
    final boolean fineLsp;
    final Pitch pitch;
    /** Bits of each subframe's gain. */
    final int gainBits;
    /** Whether a second set of shapes refines the first. */
    final boolean twice;
    /** How much the decoder's enhancement combs. */
    final float comb;
    private final Shapes shapes;

    NarrowMode(boolean fineLsp, Pitch pitch, int gainBits, Shapes shapes, boolean twice, float comb) {
        this.fineLsp = fineLsp;
        this.pitch = pitch;
        this.gainBits = gainBits;
        this.shapes = shapes;
        this.twice = twice;
        this.comb = comb;
    }

    /** Returns the mode of that number, 1 to 8. */
    static NarrowMode of(int number) {
        return BY_NUMBER[number - 1];
    }

    /** Whether one delay holds for the frame. */
    boolean onePitch() {
        return pitch == Pitch.FORCED || pitch == Pitch.WHOLE_FRAME;
    }

    TapCodebook taps() {
        return pitch == Pitch.FINE ? FINE_TAPS : COARSE_TAPS;
    }

    /** Returns the bits of each subframe's delay. */
    int delayBits() {
        return onePitch() ? 0 : 7;
    }

    ShapeCodebook shapes() {
        return SHAPES[shapes.ordinal()];
    }

    /** Returns the gains of a subframe, by their code. */
    float[] gains() {
        return gainTable()[0];
    }

    /** Returns where one gain ends and the next begins. */
    float[] gainBounds() {
        return gainTable()[1];
    }

    private float[][] gainTable() {
        return gainBits == 3 ? THREE_BITS : gainBits == 1 ? ONE_BIT : NO_GAINS;
    }
}
