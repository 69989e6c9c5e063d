package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.STAGES;
import static io.earshot.codec.ilbc.IlbcTables.SUB_BLOCK;

import java.util.Arrays;

/**
 * The adaptive codebook (RFC 3951 §3.6): vectors cut out of what was decoded last, then for whole sub-blocks vectors of short lags, and
 * both once more from the memory filtered. One instance per encoder or decoder, for its scratch memory.
 */
final class Codebook {
    private static final int TAPS = IlbcTables.EXPANSION.length;
    /** Short lags repeat; this many samples blend one period into the next. */
    private static final int BLEND = 5;

    private final float[] filtered = new float[IlbcTables.MEMORY];
    private final float[] vector = new float[SUB_BLOCK];
    private float[] memory = filtered;
    private int at;
    private int memoryLength;
    private int length;

    /** Returns how much memory a block, in order of coding, is coded from. */
    static int memoryLength(int block) {
        return block == 0 ? IlbcTables.STATE_MEMORY : IlbcTables.MEMORY;
    }

    /** Sets what the other methods work on: the memory, part of an array, and the length of the vectors to cut from it. */
    void use(float[] newMemory, int newAt, int newMemoryLength, int newLength) {
        memory = newMemory;
        at = newAt;
        memoryLength = newMemoryLength;
        length = newLength;
        for (int i = 0; i < memoryLength; i++) {
            float sum = 0;
            int first = i - TAPS / 2 + 1;
            for (int j = Math.max(0, -first); j < TAPS && first + j < memoryLength; j++) {
                sum += memory[at + first + j] * IlbcTables.EXPANSION[TAPS - 1 - j];
            }
            filtered[i] = sum;
        }
    }

    /** Returns the number of vectors. */
    int size() {
        return 2 * half();
    }

    private int half() {
        return memoryLength - length + 1 + (length == SUB_BLOCK ? length / 2 : 0);
    }

    /** Cuts a vector. */
    void vector(int index, float[] out, int outAt) {
        int half = half();
        boolean plain = index < half;
        float[] from = plain ? memory : filtered;
        int end = memoryLength + (plain ? at : 0);
        int place = plain ? index : index - half;
        int longLags = memoryLength - length + 1;
        if (place < longLags) {
            System.arraycopy(from, end - place - length, out, outAt, length);
            return;
        }
        int lag = place - longLags + length / 2;
        System.arraycopy(from, end - lag, out, outAt, lag - BLEND);
        float alfa = 0;
        for (int j = lag - BLEND; j < lag; j++) {
            out[outAt + j] = (1 - alfa) * from[end - lag + j] + alfa * from[end - 2 * lag + j];
            alfa += 0.2f;
        }
        System.arraycopy(from, end - lag, out, outAt + lag, length - lag);
    }

    /** Adds up the vectors of the three stages (§4.4). */
    void construct(int[] frame, int indexAt, int gainAt, float[] out) {
        Arrays.fill(out, 0, length, 0);
        float gain = 1;
        for (int stage = 0; stage < STAGES; stage++) {
            gain = gain(stage, frame[gainAt + stage], gain);
            vector(frame[indexAt + stage], vector, 0);
            for (int i = 0; i < length; i++) {
                out[i] += gain * vector[i];
            }
        }
    }

    static float[] levels(int stage) {
        return stage == 0 ? IlbcTables.GAIN_5 : stage == 1 ? IlbcTables.GAIN_4 : IlbcTables.GAIN_3;
    }

    /** Returns what the gains of a stage are multiples of, given the gain of the stage before. */
    static float gainScale(float before) {
        return Math.max(0.1f, Math.abs(before));
    }

    static float gain(int stage, int index, float before) {
        return gainScale(before) * levels(stage)[index];
    }

    /** The second and third stage of the first sub-block have seven bits for a choice from three ranges of their 256 vectors (§3.6.4.1). */
    static int fromShort(int index) {
        return index < 44 ? index : index < 108 ? index + 64 : index + 128;
    }

    static boolean hasShort(int index) {
        return index < 44 || index >= 108 && index < 172 || index >= 236;
    }

    static int toShort(int index) {
        return index < 44 ? index : index < 172 ? index - 64 : index - 128;
    }
}
