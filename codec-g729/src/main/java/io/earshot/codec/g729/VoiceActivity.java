package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.compose;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.log2;
import static io.earshot.codec.g729.FixedMath.mul32x16;
import static io.earshot.codec.g729.FixedMath.sub;

/** Voice activity detection, Annex B §B.3: four features against running means of the background noise, then smoothing. */
final class VoiceActivity {
    private static final int ORDER = Lsp.ORDER;
    private static final int LAGS = LpcAnalysis.LAGS;
    /** Autocorrelation of a low-pass filter's impulse response up to 1 kHz, Q14 for lag 0, Q15 else. */
    private static final int[] LOW_BAND = {7869, 7011, 4838, 2299, 321, -660, -782, -484, -164, 3, 39, 21, 4};
    private static final int ZERO_CROSSINGS_FROM = 121;
    private static final int ZERO_CROSSINGS_TO = 200;
    private static final int ONE_CROSSING = 410;
    private static final int FRAME_WRAP = 32767;
    private static final int FRAME_AFTER_WRAP = 256;
    /** 15 dB and 3 dB, Q11 of a tenth. */
    private static final int AUDIBLE = 3072;
    private static final int NEAR = 614;
    private static final int CLEAR = 410;
    private static final int EXTENSION = 4;
    private static final int SILENCE_RUN = 10;
    private static final int SETTLED = 128;
    /** 0.6, Q15. */
    private static final int FLAT = 19661;

    private final NoiseModel model = new NoiseModel();
    private final int[] lsf = new int[ORDER];
    private boolean last = true;
    private boolean beforeLast = true;
    private boolean mayExtend = true;
    private boolean smoothed;
    private int extended;
    private int silent;
    private int frame;
    private int lastEnergy;

    /** Tells whether the frame is speech; the analysis window begins at {@code from}. */
    boolean detect(LpcAnalysis analysis, int reflection, int[] lsp, int[] speech, int from) {
        frame = frame == FRAME_WRAP ? FRAME_AFTER_WRAP : frame + 1;
        Lsp.toNormalizedLsf(lsp, lsf);
        int energy = decibels(compose(analysis.high()[0], analysis.low()[0]), analysis.exponent());
        int lowBand = dot(0, analysis.high(), 1, LOW_BAND, 1, LAGS);
        lowBand = lMac(lShl(lowBand, 1), analysis.high()[0], LOW_BAND[0]);
        int lowEnergy = decibels(lowBand, analysis.exponent());
        int crossings = zeroCrossings(speech, from);
        model.begin(frame, energy, lowEnergy, crossings, lsf);
        boolean active = energy >= AUDIBLE;
        if (!model.isLearning()) {
            active = active && model.isSpeech();
            active = smooth(active, energy, reflection);
            model.update(reflection);
        }
        lastEnergy = energy;
        beforeLast = last;
        last = active;
        return active;
    }

    /** Returns 10·log10 of a sum of squares, Q11 of a tenth of it. */
    private static int decibels(int sum, int exponent) {
        int logarithm = log2(sum);
        int level = mul32x16(logarithm >> 16, logarithm & 0x7fff, 9864);
        level = lShl(lMac(level, 9864, exponent - 2), 11);
        return sub(high(level), 4875);
    }

    private static int zeroCrossings(int[] speech, int from) {
        int crossings = 0;
        for (int i = from + ZERO_CROSSINGS_FROM; i <= from + ZERO_CROSSINGS_TO; i++) {
            if (speech[i - 1] * speech[i] < 0) {
                crossings += ONE_CROSSING;
            }
        }
        return crossings;
    }

    /** The four stages of §B.3.6. */
    private boolean smooth(boolean decided, int energy, int reflection) {
        boolean active = decided;
        smoothed = false;
        if (last && !active && model.energyDifference() < -CLEAR && energy > AUDIBLE) {
            active = true;
            smoothed = true;
        }
        active = extend(active, energy);
        if (!active) {
            silent++;
        } else if (silent > SILENCE_RUN && sub(energy, lastEnergy) <= NEAR) {
            active = false;
            silent = 0;
        } else {
            silent = 0;
        }
        if (active && frame > SETTLED && !smoothed && model.isNearNoise() && reflection < FLAT) {
            active = false;
        }
        return active;
    }

    private boolean extend(boolean active, int energy) {
        if (!mayExtend) {
            mayExtend = true;
            return active;
        }
        if (beforeLast && last && !active && Math.abs(sub(lastEnergy, energy)) <= NEAR) {
            extended++;
            smoothed = true;
            if (extended > EXTENSION) {
                extended = 0;
                mayExtend = false;
            }
            return true;
        }
        return active;
    }
}
