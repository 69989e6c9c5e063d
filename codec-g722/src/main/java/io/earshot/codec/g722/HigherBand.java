package io.earshot.codec.g722;

/** The ADPCM of 4 to 8 kHz, two bits a sample (G.722 §3.3 to §3.6, §4.1 to §4.3). One object is an encoder or a decoder. */
final class HigherBand {
    /** Table 17: the decision level between the two intervals, as an eighth of the standard's. */
    private static final int DECISION = 564;
    /** Table 18: output levels of the inverse quantizer. */
    private static final int[] LEVEL = {-7408, -1616, 7408, 1616};
    /** Table 19 and 20: what each code does to the logarithm of the step. */
    private static final int[] MULTIPLIER = {798, -214, 798, -214};
    private static final int LOG_LIMIT = 22_528;

    private final Predictor predictor = new Predictor();
    private final Scale scale = new Scale(LOG_LIMIT, 10);

    void reset() {
        predictor.reset();
        scale.reset();
    }

    /** Returns the two-bit code of a 15 bit sample. */
    int encode(int sample) {
        int error = Predictor.saturate(sample - predictor.prediction());
        int magnitude = error >= 0 ? error : ~error;
        int small = magnitude < DECISION * scale.step() >> 12 ? 1 : 0;
        int code = error >= 0 ? 2 + small : small;
        adapt(code);
        return code;
    }

    /** Returns the 15 bit sample that a two-bit code stands for. */
    int decode(int code) {
        int prediction = predictor.prediction();
        return LowerBand.limit(prediction + adapt(code));
    }

    private int adapt(int code) {
        int error = scale.step() * LEVEL[code] >> 15;
        scale.adapt(MULTIPLIER[code]);
        predictor.update(error);
        return error;
    }
}
