package io.earshot.codec.ilbc;

import io.earshot.api.codec.spi.FormatParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * The two frame lengths, with the layout of their frames (RFC 3951 §3.8, table 3.2). A frame is an array of parameters: line spectral
 * frequencies, place, half and scale of the start state, its samples, then indices and gains of the codebook, first those that complete the
 * start state. The bits of a parameter are spread over three classes of importance, the most significant ones first.
 */
enum IlbcMode {
    MILLIS_20(160, 1, 57, 38, 2, new int[][] {{6, 0, 1}, {2, 0, 3}, {1, 1, 2}},
        new int[][] {{7, 0, 1}, {0, 0, 7}, {0, 0, 7}, {0, 0, 8}, {0, 0, 8}, {0, 0, 8}},
        new int[][] {{1, 2, 2}, {1, 1, 2}, {0, 0, 3}, {1, 1, 3}, {0, 2, 2}, {0, 0, 3}}),
    MILLIS_30(240, 2, 58, 50, 3, new int[][] {{4, 2, 1}, {1, 1, 3}, {1, 1, 2}},
        new int[][] {{6, 1, 1}, {0, 0, 7}, {0, 0, 7}, {0, 7, 1}, {0, 0, 8}, {0, 0, 8}, {0, 7, 1}, {0, 0, 8}, {0, 0, 8},
            {0, 7, 1}, {0, 0, 8}, {0, 0, 8}},
        new int[][] {{1, 2, 2}, {1, 2, 1}, {0, 0, 3}, {0, 2, 3}, {0, 2, 2}, {0, 0, 3}, {0, 1, 4}, {0, 1, 3}, {0, 0, 3},
            {0, 1, 4}, {0, 1, 3}, {0, 0, 3}});

    private static final int CLASSES = 3;
    private static final int SCALE_BITS = 6;

    final int samples;
    final int subBlocks;
    /** Sets of line spectral frequencies per frame. */
    final int lpcSets;
    /** Samples of the start state that are coded one by one. */
    final int stateSamples;
    final int bytes;

    /** Where the parameters stand. */
    final int start;
    final int first;
    final int scale;
    final int state;
    final int extraIndex;
    final int extraGain;
    final int index;
    final int gain;
    private final int[][] bits;

    IlbcMode(int samples, int lpcSets, int stateSamples, int bytes, int startBits, int[][] extra, int[][] indexBits, int[][] gainBits) {
        this.samples = samples;
        this.subBlocks = samples / IlbcTables.SUB_BLOCK;
        this.lpcSets = lpcSets;
        this.stateSamples = stateSamples;
        this.bytes = bytes;
        List<int[]> layout = new ArrayList<>();
        for (int i = 0; i < lpcSets * IlbcTables.LSF_SIZES.length; i++) {
            int bitsOfPart = Integer.numberOfTrailingZeros(IlbcTables.LSF_SIZES[i % IlbcTables.LSF_SIZES.length]);
            layout.add(new int[] {bitsOfPart, 0, 0});
        }
        start = add(layout, new int[] {startBits, 0, 0});
        first = add(layout, new int[] {1, 0, 0});
        scale = add(layout, new int[] {SCALE_BITS, 0, 0});
        state = layout.size();
        for (int i = 0; i < stateSamples; i++) {
            layout.add(new int[] {0, 1, 2});
        }
        extraIndex = add(layout, extra[0], new int[] {0, 0, 7}, new int[] {0, 0, 7});
        extraGain = add(layout, extra[1], extra[2], new int[] {0, 0, 3});
        index = add(layout, indexBits);
        gain = add(layout, gainBits);
        bits = layout.toArray(new int[0][]);
    }

    private static int add(List<int[]> layout, int[]... fields) {
        int at = layout.size();
        layout.addAll(List.of(fields));
        return at;
    }

    /** Returns the number of parameters of a frame. */
    int parameters() {
        return bits.length;
    }

    /** Returns where the codebook indices of a block begin, in order of coding; block 0 completes the start state. */
    int indexAt(int block) {
        return block == 0 ? extraIndex : index + (block - 1) * IlbcTables.STAGES;
    }

    /** Returns where the gains of a block begin. */
    int gainAt(int block) {
        return block == 0 ? extraGain : gain + (block - 1) * IlbcTables.STAGES;
    }

    /** Returns the mode that both sides' {@code mode} parameters lead to: 20 ms only if both want it (RFC 3952 §5). */
    static IlbcMode of(FormatParameters local, FormatParameters remote) {
        boolean short20 = local.getInt("mode").orElse(30) == 20 && remote.getInt("mode").orElse(30) == 20;
        return short20 ? MILLIS_20 : MILLIS_30;
    }

    /** Writes a frame; its last bit stays 0, for it is not empty. */
    void pack(int[] frame, byte[] out, int offset) {
        for (int i = 0; i < bytes; i++) {
            out[offset + i] = 0;
        }
        int at = offset * 8;
        for (int c = 0; c < CLASSES; c++) {
            for (int p = 0; p < bits.length; p++) {
                int rest = 0;
                for (int later = c + 1; later < CLASSES; later++) {
                    rest += bits[p][later];
                }
                for (int bit = bits[p][c] - 1; bit >= 0; bit--) {
                    out[at >> 3] |= (byte) ((frame[p] >> rest + bit & 1) << 7 - (at & 7));
                    at++;
                }
            }
        }
    }

    /** Reads a frame and tells whether it can be decoded: it is not marked as empty, and its start state lies inside of it. */
    boolean unpack(byte[] in, int offset, int[] frame) {
        int at = offset * 8;
        for (int p = 0; p < bits.length; p++) {
            frame[p] = 0;
        }
        for (int c = 0; c < CLASSES; c++) {
            for (int p = 0; p < bits.length; p++) {
                for (int bit = 0; bit < bits[p][c]; bit++) {
                    frame[p] = frame[p] << 1 | in[at >> 3] >> 7 - (at & 7) & 1;
                    at++;
                }
            }
        }
        boolean empty = (in[at >> 3] >> 7 - (at & 7) & 1) != 0;
        return !empty && frame[start] >= 1 && frame[start] < subBlocks;
    }
}
