package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.MEMORY;
import static io.earshot.codec.ilbc.IlbcTables.STATE;
import static io.earshot.codec.ilbc.IlbcTables.SUB_BLOCK;
import static io.earshot.codec.ilbc.IlbcTables.TAPS;

import java.util.Arrays;

/**
 * Builds a frame's excitation from its parameters (RFC 3951 §4.2 to §4.4): the start state, what completes its two sub-blocks, then the
 * sub-blocks behind, then those before, which are coded with time reversed. The encoder goes the same way, and at each step chooses the
 * parameters of the next one first.
 */
final class ResidualDecoder {
    private final IlbcMode mode;
    private final StartState startState = new StartState();
    private final Codebook codebook = new Codebook();
    private final float[] memory = new float[MEMORY];
    private final float[] piece = new float[SUB_BLOCK];
    private final Chooser chooser;

    /** Chooses parameters before they are used; the decoder has them already. */
    interface Chooser {
        /** The start state's samples. */
        void state(int at);

        /**
         * A vector of the codebook.
         *
         * @param at the first sample of the residual that it stands for
         * @param step 1 forward, -1 backward
         * @param block counts the sub-blocks in the order of coding; 0 completes the start state
         * @param filter the sub-block whose filter counts
         * @param memory the codebook's memory, of which as much as the block is coded from stands at the end
         */
        void vector(int at, int step, int length, int block, int filter, float[] memory);
    }

    ResidualDecoder(IlbcMode mode, Chooser chooser) {
        this.mode = mode;
        this.chooser = chooser;
    }

    /** Builds the excitation of the frame's parameters, and asks the chooser for them if there is one. */
    void decode(int[] frame, float[] filters, float[] residual) {
        int start = frame[mode.start];
        int origin = (start - 1) * SUB_BLOCK;
        int missing = STATE - mode.stateSamples;
        boolean first = frame[mode.first] != 0;
        int stateAt = first ? origin : origin + missing;
        chooser.state(stateAt);
        startState.construct(mode, frame, filters, (start - 1) * TAPS, residual, stateAt);
        if (first) {
            remember(residual, stateAt + mode.stateSamples - 1, -1, mode.stateSamples);
            block(frame, residual, stateAt + mode.stateSamples, 1, missing, 0, start);
        } else {
            remember(residual, stateAt, 1, mode.stateSamples);
            block(frame, residual, stateAt - 1, -1, missing, 0, start - 1);
        }
        int count = 1;
        if (start + 1 < mode.subBlocks) {
            remember(residual, origin + STATE - 1, -1, STATE);
            for (int sub = start + 1; sub < mode.subBlocks; sub++) {
                block(frame, residual, sub * SUB_BLOCK, 1, SUB_BLOCK, count++, sub);
            }
        }
        if (start > 1) {
            remember(residual, origin, 1, Math.min(MEMORY, (mode.subBlocks - start + 1) * SUB_BLOCK));
            for (int sub = start - 2; sub >= 0; sub--) {
                block(frame, residual, (sub + 1) * SUB_BLOCK - 1, -1, SUB_BLOCK, count++, sub);
            }
        }
    }

    /** Fills the codebook's memory from its end with samples, going away from the place to be coded. */
    private void remember(float[] residual, int nearest, int step, int count) {
        Arrays.fill(memory, 0, MEMORY - count, 0);
        for (int k = 0; k < count; k++) {
            memory[MEMORY - 1 - k] = residual[nearest + k * step];
        }
    }

    private void block(int[] frame, float[] residual, int at, int step, int length, int block, int filter) {
        chooser.vector(at, step, length, block, filter, memory);
        int memoryLength = Codebook.memoryLength(block);
        codebook.use(memory, MEMORY - memoryLength, memoryLength, length);
        codebook.construct(frame, mode.indexAt(block), mode.gainAt(block), piece);
        for (int i = 0; i < length; i++) {
            residual[at + i * step] = piece[i];
        }
        if (length == SUB_BLOCK) {
            System.arraycopy(memory, SUB_BLOCK, memory, 0, MEMORY - SUB_BLOCK);
            System.arraycopy(piece, 0, memory, MEMORY - SUB_BLOCK, SUB_BLOCK);
        }
    }
}
