package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMsu;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.shl;
import static io.earshot.codec.g729.FixedMath.sub;

import java.util.Arrays;

/** Searches the four pulses depth first, two at a time, Annex A §A.3.8.1. */
final class FixedCodebookSearch {
    private static final int SUBFRAME = FixedCodebook.SUBFRAME;
    private static final int TRACKS = 5;
    private static final int PULSES = FixedCodebook.PULSES;
    /** Weights of the energy terms, Q15. */
    private static final int HALF = 16384;
    private static final int FOURTH = 8192;
    private static final int EIGHTH = 4096;
    private static final int SIXTEENTH = 2048;
    private static final int ROUNDING = 0x8000;

    private final int[] correlation = new int[SUBFRAME];
    private final int[] sums = new int[SUBFRAME];
    private final int[] scaled = new int[SUBFRAME];
    /** Correlations of the impulse response with itself, from each pair of positions on; signs of the target taken in. */
    private final int[] energies = new int[SUBFRAME * SUBFRAME];
    /** All ones where the target is negative. */
    private final int[] down = new int[SUBFRAME];
    private final int[] pair = new int[SUBFRAME];
    private final int[] chosen = new int[PULSES];

    private int bestSquare;
    private int bestEnergy;
    /** Best two pulses of the phase that ran last, and their correlation, its square, and energy. */
    private int one;
    private int other;
    private int sum;
    private int square;
    private int energy;
    private int signs;

    /** Returns the signs of the pulses last found, 4 bits. */
    int signs() {
        return signs;
    }

    /**
     * Searches.
     *
     * @param target what the adaptive codebook left
     * @param impulse impulse response, sharpened, Q12
     * @param code receives the pulses, Q13
     * @param filtered receives the pulses filtered with the impulse response, Q12
     * @return the positions, 13 bits
     */
    int search(int[] target, int[] impulse, int[] code, int[] filtered) {
        ClosedLoopPitch.correlateBackward(impulse, target, correlation, sums);
        for (int i = 0; i < SUBFRAME; i++) {
            down[i] = correlation[i] >> 31;
            correlation[i] = FixedMath.abs(correlation[i]);
        }
        correlateImpulse(impulse);
        bestSquare = -1;
        bestEnergy = 1;
        for (int track = 3; track < TRACKS; track++) {
            firstPulses(2, track);
            int a = one;
            int b = other;
            secondPulses(a, b, 0, 1);
            keep(one, other, a, b);
            firstPulses(track, 0);
            a = one;
            b = other;
            secondPulses(a, b, 1, 2);
            keep(b, one, other, a);
        }
        build(impulse, code, filtered);
        int last = chosen[3];
        return chosen[0] / TRACKS | chosen[1] / TRACKS << 3 | chosen[2] / TRACKS << 6 | (last / TRACKS << 1 | last % TRACKS - 3) << 9;
    }

    private void correlateImpulse(int[] impulse) {
        int total = dot(0, impulse, 0, impulse, 0, SUBFRAME);
        int up = high(total) > 32000 ? -1 : lNorm(total) >> 1;
        for (int i = 0; i < SUBFRAME; i++) {
            scaled[i] = shl(impulse[i], up);
        }
        boolean plain = !FixedMath.dotOverflows(0, scaled, 0, scaled, 0, SUBFRAME);
        for (int distance = 0; distance < SUBFRAME; distance++) {
            if (distance == 0 || distance % TRACKS != 0) {
                correlateImpulse(distance, plain);
            }
        }
    }

    /** No correlation is larger than the energy: where that fits, plain arithmetic gives what saturating would. */
    private void correlateImpulse(int distance, boolean plain) {
        int running = 0;
        for (int i = 0, to = SUBFRAME - 1; to >= distance; i++, to--) {
            int a = scaled[i];
            int b = scaled[i + distance];
            running = plain ? running + (a * b << 1) : lMac(running, a, b);
            int from = to - distance;
            int value = high(running);
            if (distance != 0) {
                value = mult(value, 32767 ^ differing(from, to));
                energies[to * SUBFRAME + from] = value;
            }
            energies[from * SUBFRAME + to] = value;
        }
    }

    /** Returns a mask: all ones if the signs of the two positions differ. */
    private int differing(int from, int to) {
        return down[from] ^ down[to];
    }

    /**
     * Tries the two strongest positions of one track with all of another. Neither here nor below can a sum of energies, which are words,
     * leave an accumulator: the weights add up to less than 1.0. Hence plain arithmetic.
     */
    private void firstPulses(int strong, int all) {
        square = -1;
        energy = 1;
        int before = -1;
        for (int i = 0; i < 2; i++) {
            int position = strongest(strong, before);
            before = position;
            int row = position * SUBFRAME;
            int sumOne = correlation[position];
            int energyOne = lMult(energies[row + position], FOURTH);
            for (int j = all; j < SUBFRAME; j += TRACKS) {
                int sumTwo = sumOne + correlation[j];
                int energyTwo = energyOne + 2 * (energies[row + j] * HALF + energies[j * SUBFRAME + j] * FOURTH);
                compare(position, j, sumTwo, energyTwo + ROUNDING >> 16);
            }
        }
    }

    private int strongest(int track, int except) {
        int largest = -1;
        int position = track;
        for (int j = track; j < SUBFRAME; j += TRACKS) {
            if (correlation[j] > largest && j != except) {
                largest = correlation[j];
                position = j;
            }
        }
        return position;
    }

    /** Adds to two pulses all pairs of two more tracks. */
    private void secondPulses(int a, int b, int outer, int inner) {
        int sumTwo = sum;
        int energyTwo = lMult(energy, FOURTH);
        square = -1;
        energy = 1;
        for (int j = inner; j < SUBFRAME; j += TRACKS) {
            int terms = (energies[a * SUBFRAME + j] + energies[b * SUBFRAME + j]) * FOURTH + energies[j * SUBFRAME + j] * EIGHTH;
            pair[j] = 2 * terms + ROUNDING >> 16;
        }
        for (int i = outer; i < SUBFRAME; i += TRACKS) {
            int sumThree = sumTwo + correlation[i];
            int energyThree = energyTwo + 2 * ((energies[a * SUBFRAME + i] + energies[b * SUBFRAME + i]) * EIGHTH
                + energies[i * SUBFRAME + i] * SIXTEENTH);
            int row = i * SUBFRAME;
            for (int j = inner; j < SUBFRAME; j += TRACKS) {
                int energyFour = energyThree + 2 * (energies[row + j] * EIGHTH + pair[j] * HALF);
                compare(i, j, sumThree + correlation[j], energyFour + ROUNDING >> 16);
            }
        }
    }

    /** Correlations are positive, of 13 bits: four may be a word and one. */
    private void compare(int i, int j, int exactSum, int newEnergy) {
        int newSum = Math.min(exactSum, FixedMath.MAX_16);
        int newSquare = newSum * newSum >> 15;
        if (energy * newSquare - square * newEnergy > 0) {
            square = newSquare;
            energy = newEnergy;
            sum = newSum;
            one = i;
            other = j;
        }
    }

    private void keep(int p0, int p1, int p2, int p3) {
        if (lMsu(lMult(bestEnergy, square), bestSquare, energy) > 0) {
            bestSquare = square;
            bestEnergy = energy;
            chosen[0] = p0;
            chosen[1] = p1;
            chosen[2] = p2;
            chosen[3] = p3;
        }
    }

    private void build(int[] impulse, int[] code, int[] filtered) {
        Arrays.fill(code, 0, SUBFRAME, 0);
        Arrays.fill(filtered, 0, SUBFRAME, 0);
        signs = 0;
        for (int pulse = 0; pulse < PULSES; pulse++) {
            int at = chosen[pulse];
            boolean minus = down[at] != 0;
            code[at] = minus ? FixedCodebook.NEGATIVE : FixedCodebook.POSITIVE;
            signs |= minus ? 0 : 1 << pulse;
            for (int i = at; i < SUBFRAME; i++) {
                filtered[i] = minus ? sub(filtered[i], impulse[i - at]) : add(filtered[i], impulse[i - at]);
            }
        }
    }
}
