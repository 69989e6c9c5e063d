package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_16;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.sub;

/** Running means of the background noise's features, and a frame's differences from them: Annex B §B.3.3 to §B.3.7. */
final class NoiseModel {
    private static final int ORDER = Lsp.ORDER;
    /** The frame that ends the learning. */
    private static final int LEARNED = 32;
    private static final int AUDIBLE = 3072;
    private static final int NEAR = 614;
    private static final int SETTLED = 128;
    /** 0.75, Q15. */
    private static final int FLAT = 24576;
    private static final int SIMILAR = 83;
    private static final int FAR_ABOVE_LEAST = 2048;
    /** By how many frames learning fell short: 32/(32-n) as factor in Q15 and shift. */
    private static final int[] SHIFT = {
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 0
    };
    private static final int[] FACTOR = {
        32767, 16913, 17476, 18079, 18725, 19418, 20165, 20972, 21845, 22795, 23831, 24966, 26214, 27594, 29127, 30840, 32767, 17476,
        18725, 20165, 21845, 23831, 26214, 29127, 32767, 18725, 21845, 26214, 32767, 21845, 32767, 32767, 0
    };
    /** Updates after which the means move more slowly: those up to 20, 30, 40, 50, 60 and beyond. */
    private static final int FIRST_PACE = 20;
    private static final int PACE_LENGTH = 10;
    /** Per pace, old and new shares of energy, zero crossings and LSFs, Q15. */
    private static final int[] SHARES = {
        24576, 8192, 26214, 6554, 19661, 13017,
        31130, 1638, 30147, 2621, 21299, 11469,
        31785, 983, 30802, 1966, 22938, 9830,
        32440, 328, 31457, 1311, 24576, 8192,
        32604, 164, 32440, 328, 24576, 8192,
        32604, 164, 32702, 66, 24576, 8192
    };

    private final EnergyMinimum minimum = new EnergyMinimum();
    private final int[] meanLsf = new int[ORDER];
    private final int[] difference = new int[ORDER];
    private int[] lsf = meanLsf;
    private int meanAll;
    private int meanEnergy;
    private int meanLowEnergy;
    private int meanCrossings;
    private int quietFrames;
    private int updates;

    private int frame;
    private int energy;
    private int lowEnergy;
    private int crossings;
    private int spectral;
    private int energyDifference;
    private int lowDifference;
    private int crossingsDifference;

    /** Takes a frame's features; frames count from 1. */
    void begin(int frameNumber, int frameEnergy, int frameLowEnergy, int zeroCrossings, int[] frameLsf) {
        frame = frameNumber;
        energy = frameEnergy;
        lowEnergy = frameLowEnergy;
        crossings = zeroCrossings;
        lsf = frameLsf;
        for (int i = 0; i < ORDER; i++) {
            difference[i] = sub(lsf[i], meanLsf[i]);
        }
        spectral = high(dot(0, difference, 0, difference, 0, ORDER));
        minimum.track(frame, energy);
        if (frame <= LEARNED) {
            learn();
        }
        if (frame == LEARNED) {
            settle();
        }
        energyDifference = sub(meanEnergy, energy);
        lowDifference = sub(meanLowEnergy, lowEnergy);
        crossingsDifference = sub(meanCrossings, crossings);
    }

    /** Tells whether it is too early to compare. */
    boolean isLearning() {
        return frame < LEARNED;
    }

    /** Returns by how much the noise is louder than the frame. */
    int energyDifference() {
        return energyDifference;
    }

    /** Tells whether the frame is hardly louder than the noise. */
    boolean isNearNoise() {
        return sub(energy, NEAR) < meanEnergy;
    }

    private void learn() {
        if (energy < AUDIBLE) {
            quietFrames++;
            return;
        }
        meanAll = high(lMac(meanAll << 16, energy, 1024));
        meanCrossings = high(lMac(meanCrossings << 16, crossings, 1024));
        for (int i = 0; i < ORDER; i++) {
            meanLsf[i] = high(lMac(meanLsf[i] << 16, lsf[i], 1024));
        }
    }

    private void settle() {
        meanAll = enlarge(meanAll);
        meanCrossings = enlarge(meanCrossings);
        for (int i = 0; i < ORDER; i++) {
            meanLsf[i] = enlarge(meanLsf[i]);
        }
        meanEnergy = sub(meanAll, 2048);
        meanLowEnergy = sub(meanAll, 2458);
    }

    private int enlarge(int mean) {
        return high(lShl(lMult(mean, FACTOR[quietFrames]), SHIFT[quietFrames]));
    }

    /** The fourteen boundaries of table B.1, as the bit-exact description has them. */
    boolean isSpeech() {
        int z = crossingsDifference;
        int e = energyDifference;
        int l = lowDifference;
        int s = spectral;
        return line(z, -14680, 8192, -28521, 8, s) > 0
            || line(z, 19065, 8192, -19446, 7, s) > 0
            || line(z, 20480, 8192, 16384, 2, e) < 0
            || line(z, -16384, 8192, 19660, 2, e) < 0
            || lMac(lMult(e, 32767), 1024, 30802) < 0
            || lMac(lMac(lMult(s, -28160), 64, 19988), e, 512) < 0
            || lMac(lMult(s, 32767), 32, -30199) > 0
            || line(z, -20480, 8192, 22938, 2, e) < 0
            || line(z, 23831, 4096, 31576, 2, e) < 0
            || lMac(lMult(e, 32767), 2048, 17367) < 0
            || lMac(lMac(lMult(s, -22400), 32, 25395), l, 256) < 0
            || line(e, -30427, 256, -29959, 0, l) > 0
            || line(e, -23406, 512, 28087, 0, l) < 0
            || lMac(lMac(lMult(e, 24576), 1024, 29491), l, 16384) < 0;
    }

    private static int line(int x, int slope, int unit, int offset, int shift, int y) {
        return FixedMath.lAdd(lMac(lMult(x, slope), unit, offset) >> shift, y << 16);
    }

    /** Moves the means towards a frame that is noise, and keeps them near the least energy of the last 128 frames. */
    void update(int reflection) {
        if (isNearNoise() && reflection < FLAT && spectral < SIMILAR) {
            updates++;
            int pace = updates < FIRST_PACE ? 0 : Math.min((updates - FIRST_PACE) / PACE_LENGTH + 1, 5);
            meanEnergy = blend(meanEnergy, energy, 6 * pace);
            meanLowEnergy = blend(meanLowEnergy, lowEnergy, 6 * pace);
            meanCrossings = blend(meanCrossings, crossings, 6 * pace + 2);
            for (int i = 0; i < ORDER; i++) {
                meanLsf[i] = blend(meanLsf[i], lsf[i], 6 * pace + 4);
            }
        }
        int above = sub(meanEnergy, minimum.least());
        if (frame > SETTLED && (above < 0 && spectral < SIMILAR || above > FAR_ABOVE_LEAST)) {
            meanEnergy = minimum.least();
            updates = 0;
        }
    }

    private static int blend(int mean, int now, int share) {
        return high(lMac(lMult(SHARES[share], mean), SHARES[share + 1], now));
    }

    /** Least energy of about the last 128 frames, kept in stretches of eight. */
    private static final class EnergyMinimum {
        private static final int STRETCHES = 16;
        private static final int FULL = 129;

        private final int[] stretches = new int[STRETCHES];
        private int least = MAX_16;
        private int before;
        private int next;

        int least() {
            return least;
        }

        void track(int frame, int energy) {
            boolean end = (frame & 7) == 0;
            if (frame < FULL) {
                if (energy < least) {
                    least = energy;
                    before = energy;
                }
                if (end) {
                    stretches[(frame >> 3) - 1] = least;
                    least = MAX_16;
                }
            }
            if (end) {
                before = leastStretch();
            }
            if (frame < FULL) {
                return;
            }
            if ((frame & 7) == 1) {
                least = before;
                next = MAX_16;
            }
            least = Math.min(least, energy);
            next = Math.min(next, energy);
            if (end) {
                System.arraycopy(stretches, 1, stretches, 0, STRETCHES - 1);
                stretches[STRETCHES - 1] = next;
                before = leastStretch();
            }
        }

        private int leastStretch() {
            int result = stretches[0];
            for (int i = 1; i < STRETCHES; i++) {
                result = Math.min(result, stretches[i]);
            }
            return result;
        }
    }
}
