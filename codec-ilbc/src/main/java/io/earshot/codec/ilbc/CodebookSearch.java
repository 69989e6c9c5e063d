package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.MEMORY;
import static io.earshot.codec.ilbc.IlbcTables.ORDER;
import static io.earshot.codec.ilbc.IlbcTables.STAGES;
import static io.earshot.codec.ilbc.IlbcTables.SUB_BLOCK;

/**
 * Searches the adaptive codebook (RFC 3951 §3.6.4) for three vectors and gains that together come nearest to a target, as heard through the
 * weighting filter. Every vector that the format can name is tried at every stage.
 */
final class CodebookSearch {
    private static final float MOST_GAIN = 1.3f;
    private static final int MOST_VECTORS = 256;

    private final IlbcMode mode;
    private final Codebook codebook = new Codebook();
    private final float[] weighted = new float[ORDER + MEMORY + SUB_BLOCK];
    private final float[] vectors = new float[MOST_VECTORS * SUB_BLOCK];
    private final float[] energies = new float[MOST_VECTORS];
    private final float[] sum = new float[SUB_BLOCK];
    private final float[] gains = new float[STAGES];

    CodebookSearch(IlbcMode mode) {
        this.mode = mode;
    }

    /**
     * Searches for the target, which stands in {@code target} from its beginning.
     *
     * @param block 0 to complete the start state, then in order of coding
     */
    void search(float[] target, int length, float[] memory, float[] weights, int weightAt, int block, int[] frame) {
        int memoryLength = Codebook.memoryLength(block);
        int indexAt = mode.indexAt(block);
        int gainAt = mode.gainAt(block);
        int targetAt = ORDER + memoryLength;
        java.util.Arrays.fill(weighted, 0, ORDER, 0);
        System.arraycopy(memory, MEMORY - memoryLength, weighted, ORDER, memoryLength);
        System.arraycopy(target, 0, weighted, targetAt, length);
        Filters.allPole(weighted, ORDER, memoryLength + length, weights, weightAt);
        float energy = Filters.dot(weighted, targetAt, weighted, targetAt, length);
        int size = list(memoryLength, length);
        java.util.Arrays.fill(sum, 0);
        float before = 1;
        for (int stage = 0; stage < STAGES; stage++) {
            boolean shortIndex = block == 1 && stage > 0;
            int best = best(targetAt, length, size, stage == 0, shortIndex);
            float cross = Filters.dot(weighted, targetAt, vectors, best * length, length);
            float wanted = energies[best] > 0 ? cross / energies[best] : 0;
            wanted = stage == 0 ? Math.max(0, Math.min(MOST_GAIN, wanted)) : wanted;
            frame[indexAt + stage] = best;
            frame[gainAt + stage] = Filters.nearest(Codebook.levels(stage), Codebook.gainScale(before), wanted);
            gains[stage] = Codebook.gain(stage, frame[gainAt + stage], before);
            before = gains[stage];
            for (int i = 0; i < length; i++) {
                float part = before * vectors[best * length + i];
                weighted[targetAt + i] -= part;
                sum[i] += part;
            }
        }
        frame[gainAt] = matchEnergy(frame[gainAt], energy, length);
    }

    private int list(int memoryLength, int length) {
        codebook.use(weighted, ORDER, memoryLength, length);
        int size = codebook.size();
        for (int i = 0; i < size; i++) {
            codebook.vector(i, vectors, i * length);
            energies[i] = Filters.dot(vectors, i * length, vectors, i * length, length);
        }
        return size;
    }

    /** The first stage has positive gains only. */
    private int best(int targetAt, int length, int size, boolean positive, boolean shortIndex) {
        int best = 0;
        float highest = 0;
        for (int i = 0; i < size; i++) {
            if (shortIndex && !Codebook.hasShort(i)) {
                continue;
            }
            float cross = Filters.dot(weighted, targetAt, vectors, i * length, length);
            if (positive && cross <= 0 || energies[i] <= 0) {
                continue;
            }
            float match = cross * cross / energies[i];
            if (match > highest) {
                highest = match;
                best = i;
            }
        }
        return best;
    }

    /** Coding loses energy; a greater first gain, on which the others depend, brings some of it back, up to twice (§3.6.4.2). */
    private int matchEnergy(int first, float energy, int length) {
        float coded = Filters.dot(sum, 0, sum, 0, length);
        float gain = gains[0];
        int best = first;
        for (int i = first; i < IlbcTables.GAIN_5.length; i++) {
            float candidate = IlbcTables.GAIN_5[i];
            if (coded * candidate * candidate < energy * gain * gain && candidate < 2 * gain) {
                best = i;
            }
        }
        return best;
    }
}
