package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.abs;
import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.inverseSquareRoot;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.lSub;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.mul32x16;
import static io.earshot.codec.g729.FixedMath.multRound;
import static io.earshot.codec.g729.FixedMath.negate;
import static io.earshot.codec.g729.FixedMath.norm;
import static io.earshot.codec.g729.FixedMath.shl;
import static io.earshot.codec.g729.FixedMath.shrRound;
import static io.earshot.codec.g729.FixedMath.sub;

import java.util.Arrays;

/** Excitation of comfort noise, the same in encoder and decoder: random pitch, pulses and Gaussian noise of a given level, §B.4.4. */
final class NoiseExcitation {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int FRAME = 2 * SUBFRAME;
    private static final int PULSES = FixedCodebook.PULSES;
    private static final int FIRST_SEED = 11111;
    /** sqrt(40)/4 - 1, Q15: the Gaussian part's level. */
    private static final int NOISE_LEVEL = 19043;
    /** One minus the square of the Gaussian part's share, Q15. */
    private static final int REST = 24576;
    private static final int MOST_PULSE = 5000;

    private final int[] gauss = new int[SUBFRAME];
    private final int[] scaled = new int[SUBFRAME];
    private final int[] positions = new int[PULSES];
    private final boolean[] positive = new boolean[PULSES];
    private int seed = FIRST_SEED;
    private int lag;
    private int third;
    private int pitchGain;
    private int interaction;
    private int shift;

    /** Starts the random sequence anew, as every speech frame does. */
    void reseed() {
        seed = FIRST_SEED;
    }

    void reset() {
        reseed();
    }

    /**
     * Writes a frame of excitation.
     *
     * @param gain level, Q3
     * @param taming told of the pitch gains by the encoder; null in the decoder
     */
    void generate(int gain, int[] excitation, int at, Taming taming) {
        if (gain == 0) {
            Arrays.fill(excitation, at, at + FRAME, 0);
        }
        for (int from = at; from < at + FRAME; from += SUBFRAME) {
            if (gain == 0) {
                pitchGain = 0;
                lag = SUBFRAME + 1;
            } else {
                subframe(gain, excitation, from);
            }
            if (taming != null) {
                taming.update(pitchGain, lag);
            }
        }
    }

    private void subframe(int gain, int[] excitation, int at) {
        draw();
        drawGauss(gain);
        AdaptiveCodebook.predict(excitation, at, lag, third);
        int energy = mix(excitation, at);
        int target = lMult(gain, low(lMult(gain, SUBFRAME) >> 6));
        interaction >>= 1;
        int discriminant = lSub(target >> 1 + 2 * shift, energy);
        discriminant = lMac(discriminant, interaction, interaction);
        shift++;
        if (discriminant < 0) {
            System.arraycopy(gauss, 0, excitation, at, SUBFRAME);
            discriminant = gaussOnly(target);
            pitchGain = 0;
        }
        addPulses(excitation, at, pulseHeight(squareRootOfHalf(discriminant)));
    }

    private void draw() {
        int word = random();
        third = (word & 3) == 3 ? 0 : (word & 3) - 1;
        lag = (word >> 2 & 0x3f) + 40;
        positions[0] = 5 * (word >> 8 & 7);
        positive[0] = (word >> 11 & 1) != 0;
        positions[1] = 5 * (word >> 12 & 7) + 1;
        positive[1] = (word >> 15 & 1) != 0;
        word = random();
        positions[2] = 5 * (word & 7) + 2;
        positive[2] = (word >> 3 & 1) != 0;
        positions[3] = 5 * (word >> 5 & 7) + 3 + (word >> 4 & 1);
        positive[3] = (word >> 8 & 1) != 0;
        pitchGain = random() & 0x1fff;
    }

    private int random() {
        seed = RandomWords.next(seed);
        return seed;
    }

    private void drawGauss(int gain) {
        for (int i = 0; i < SUBFRAME; i++) {
            int sum = 0;
            for (int j = 0; j < 12; j++) {
                sum += random();
            }
            gauss[i] = low(sum >> 7);
        }
        int inverse = inverseSquareRoot(dot(0, gauss, 0, gauss, 0, SUBFRAME) >> 1);
        int level = mul32x16(high(inverse), fraction(inverse), add(gain, multRound(gain, NOISE_LEVEL)));
        int norm = lNorm(level);
        int factor = high(lShl(level, norm));
        for (int i = 0; i < SUBFRAME; i++) {
            gauss[i] = shrRound(multRound(gauss[i], factor), norm - 14);
        }
    }

    /** Adds the Gaussian part to the weighted past; returns the sum's energy, scaled down by {@link #shift} on both factors. */
    private int mix(int[] excitation, int at) {
        int gain = shl(pitchGain, 1);
        int largest = 0;
        for (int i = 0; i < SUBFRAME; i++) {
            excitation[at + i] = add(multRound(excitation[at + i], gain), gauss[i]);
            largest = Math.max(largest, abs(excitation[at + i]));
        }
        shift = largest == 0 ? 0 : Math.max(0, 3 - norm(largest));
        for (int i = 0; i < SUBFRAME; i++) {
            scaled[i] = excitation[at + i] >> shift;
        }
        interaction = 0;
        for (int i = 0; i < PULSES; i++) {
            int sample = scaled[positions[i]];
            interaction = positive[i] ? add(interaction, sample) : sub(interaction, sample);
        }
        return dot(0, scaled, 0, scaled, 0, SUBFRAME);
    }

    /** Solves again without the past. */
    private int gaussOnly(int target) {
        int bits = 0;
        for (int position : positions) {
            bits |= abs(gauss[position]);
        }
        shift = (bits & 0x4000) == 0 ? 1 : 2;
        interaction = 0;
        for (int i = 0; i < PULSES; i++) {
            int sample = gauss[positions[i]] >> shift;
            interaction = positive[i] ? add(interaction, sample) : sub(interaction, sample);
        }
        int rest = mul32x16(high(target), fraction(target), REST) >> 2 * shift - 1;
        return lMac(rest, interaction, interaction);
    }

    /** Returns the root of smaller magnitude. */
    private int pulseHeight(int root) {
        int height = sub(root, interaction);
        int other = negate(add(interaction, root));
        if (abs(other) < abs(height)) {
            height = other;
        }
        return Math.max(-MOST_PULSE, Math.min(shrRound(height, 2 - shift), MOST_PULSE));
    }

    private void addPulses(int[] excitation, int at, int height) {
        for (int i = 0; i < PULSES; i++) {
            int position = at + positions[i];
            excitation[position] = positive[i] ? add(excitation[position], height) : sub(excitation[position], height);
        }
    }

    /** Returns sqrt(x/2), bit by bit, to the 14 bits that the standard determines. */
    static int squareRootOfHalf(int x) {
        int root = 0;
        for (int bit = 0x4000; bit > 1; bit >>= 1) {
            int trial = add(root, bit);
            if (x >= lMult(trial, trial)) {
                root = trial;
            }
        }
        return root;
    }
}
