package io.earshot.codec.speex;

import java.util.Arrays;

/** The filters of a subframe as the ear weighs them: 1/A(z), A(z/0.92) and 1/A(z/0.6), or what a layer has instead. */
final class Weighting {
    private final float sharp;
    private final float blunt;
    private final Lsp pairs;
    private final float margin;
    private final float[] between = new float[Filters.ORDER];
    private final float[] plain = new float[Filters.ORDER];
    private final float[] memory = new float[Filters.ORDER];
    /** A(z) as a decoder will have it. */
    final float[] synthesis = new float[Filters.ORDER];
    final float[] numerator = new float[Filters.ORDER];
    final float[] denominator = new float[Filters.ORDER];
    /** What an impulse sounds like through all of them. */
    final float[] response;

    Weighting(int order, float margin, float sharp, float blunt, int samples) {
        this.sharp = sharp;
        this.blunt = blunt;
        this.margin = margin;
        pairs = new Lsp(order);
        response = new float[samples];
    }

    /** Goes on to a subframe. */
    void advance(float[] lastLsp, float[] lsp, float[] lastQuantized, float[] quantized, float share) {
        pairs.interpolate(lastLsp, lsp, share, margin, between);
        pairs.toFilter(between, plain);
        pairs.interpolate(lastQuantized, quantized, share, margin, between);
        pairs.toFilter(between, synthesis);
        Filters.widen(sharp, plain, numerator);
        Filters.widen(blunt, plain, denominator);
    }

    /** Sets {@link #response}. */
    void impulse() {
        Arrays.fill(response, Filters.TINY);
        response[0] = 1;
        System.arraycopy(numerator, 0, response, 1, Filters.ORDER);
        Arrays.fill(memory, 0);
        Filters.allPole(response, 0, denominator, response, 0, response.length, memory);
        Arrays.fill(memory, 0);
        Filters.allPole(response, 0, synthesis, response, 0, response.length, memory);
    }

    /** Filters from rest, in place too. */
    void respond(float[] x, float[] out) {
        Arrays.fill(memory, 0);
        Filters.allPole(x, 0, synthesis, out, 0, response.length, memory);
        Arrays.fill(memory, 0);
        Filters.poleZero(numerator, denominator, out, 0, response.length, memory);
    }

    /** Sets what sounds after, weighted, when nothing more comes. */
    void ringing(float[] synthesisMemory, float[] weightingMemory, float[] out) {
        Arrays.fill(out, 0, response.length, Filters.TINY);
        System.arraycopy(synthesisMemory, 0, memory, 0, memory.length);
        Filters.allPole(out, 0, synthesis, out, 0, response.length, memory);
        System.arraycopy(weightingMemory, 0, memory, 0, memory.length);
        Filters.poleZero(numerator, denominator, out, 0, response.length, memory);
    }

    /** Sets the weighted sound; the memory stays as it is. */
    void weigh(float[] sound, int at, float[] weightingMemory, float[] out, int outAt) {
        System.arraycopy(weightingMemory, 0, memory, 0, memory.length);
        System.arraycopy(sound, at, out, outAt, response.length);
        Filters.poleZero(numerator, denominator, out, outAt, response.length, memory);
    }

    /** The reverse of {@link #respond}, in place. */
    void undo(float[] x) {
        Arrays.fill(memory, 0);
        Filters.poleZero(synthesis, numerator, x, 0, response.length, memory);
        Arrays.fill(memory, 0);
        Filters.allZero(x, 0, denominator, x, 0, response.length, memory);
    }
}
