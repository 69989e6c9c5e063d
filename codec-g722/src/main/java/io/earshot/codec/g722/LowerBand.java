package io.earshot.codec.g722;

/**
 * The ADPCM of 0 to 4 kHz, six bits a sample of which four steer the adaptation, so that the others may be lost (G.722 §3.3 to §3.6,
 * §4.1 to §4.3). One object is an encoder or a decoder; both adapt alike, and a decoder that encodes stays in step with what it hears.
 */
final class LowerBand {
    /** Table 9: decision levels, as eighths of the standard's. */
    private static final int[] DECISION = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
        1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919};
    /** Tables 10 to 12: output levels of the inverse quantizers. */
    private static final int[] LEVEL_4 = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0};
    private static final int[] LEVEL_5 = {
        -280, -280, -23352, -17560, -14120, -11664, -9752, -8184, -6864, -5712, -4696, -3784, -2960, -2208, -1520, -880,
        23352, 17560, 14120, 11664, 9752, 8184, 6864, 5712, 4696, 3784, 2960, 2208, 1520, 880, 280, -280};
    private static final int[] LEVEL_6 = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136};
    /** Tables 13 and 15: what each four-bit code does to the logarithm of the step. */
    private static final int[] MULTIPLIER = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60};
    private static final int LOG_LIMIT = 18_432;

    private final Predictor predictor = new Predictor();
    private final Scale scale = new Scale(LOG_LIMIT, 8);

    void reset() {
        predictor.reset();
        scale.reset();
    }

    /** Returns the six-bit code of a 15 bit sample. */
    int encode(int sample) {
        int error = Predictor.saturate(sample - predictor.prediction());
        int code = quantize(error, scale.step());
        adapt(code >> 2);
        return code;
    }

    /** QUANTL: the interval in which the error lies, counted from the smallest, then its code. */
    private static int quantize(int error, int step) {
        int magnitude = (error >= 0 ? error : ~error) + 1 << 12;
        int interval = 0;
        for (int leap = 16; leap > 0; leap >>= 1) {
            int next = interval + leap;
            if (next < DECISION.length && DECISION[next] * step < magnitude) {
                interval = next;
            }
        }
        if (error >= 0) {
            return 61 - interval;
        }
        return interval < 2 ? 63 - interval : 33 - interval;
    }

    /** Returns the 15 bit sample that a six-bit code stands for. */
    int decode(int code, Mode mode) {
        int level = switch (mode) {
            case MODE_1 -> LEVEL_6[code];
            case MODE_2 -> LEVEL_5[code >> 1];
            case MODE_3 -> LEVEL_4[code >> 2];
        };
        int sample = limit(predictor.prediction() + (scale.step() * level >> 15));
        adapt(code >> 2);
        return sample;
    }

    private void adapt(int core) {
        int error = scale.step() * LEVEL_4[core] >> 15;
        scale.adapt(MULTIPLIER[core]);
        predictor.update(error);
    }

    /** LIMIT of block 5 and 6. */
    static int limit(int sample) {
        return Math.max(-16_384, Math.min(16_383, sample));
    }
}
