package io.earshot.codec.g711;

import java.util.Arrays;

/**
 * Tables 1 and 2 of ITU-T G.711 the way the standard prints them: decision values and the output values between them. The product computes
 * codes by shifting bits; this searches the standard's columns, so the two can only agree by being right.
 */
final class DecisionTable {
    private final int scale;
    private final int[] decisions;
    private final int[] outputs;
    private final int firstPositiveCode;
    private final int direction;
    private final int toggle;

    private DecisionTable(int scale, int[] decisions, int[] outputs, int firstPositiveCode, int direction, int toggle) {
        this.scale = scale;
        this.decisions = decisions;
        this.outputs = outputs;
        this.firstPositiveCode = firstPositiveCode;
        this.direction = direction;
        this.toggle = toggle;
    }

    /** Table 2: intervals 1 × 1, 15 × 2, 16 × 4, … 16 × 256, with full scale 8159; the first output value is 0, not 0.5. */
    static DecisionTable muLaw() {
        int[] decisions = new int[129];
        decisions[1] = 1;
        for (int n = 1, interval = 2; n < 128; n++) {
            decisions[n + 1] = decisions[n] + interval;
            interval = (n + 1) % 16 == 0 ? interval * 2 : interval;
        }
        int[] outputs = middles(decisions);
        outputs[0] = 0;
        return new DecisionTable(4, decisions, outputs, 0xFF, -1, 0);
    }

    /** Table 1: intervals 32 × 2, 16 × 4, … 16 × 128, with full scale 4096. */
    static DecisionTable aLaw() {
        int[] decisions = new int[129];
        for (int n = 0, interval = 2; n < 128; n++) {
            decisions[n + 1] = decisions[n] + interval;
            interval = n >= 31 && (n + 1) % 16 == 0 ? interval * 2 : interval;
        }
        return new DecisionTable(8, decisions, middles(decisions), 0x80, 1, 0x55);
    }

    private static int[] middles(int[] decisions) {
        int[] outputs = new int[128];
        Arrays.setAll(outputs, n -> (decisions[n] + decisions[n + 1]) / 2);
        return outputs;
    }

    /** Returns the standard's column of output values, in its own unit. */
    int output(int n) {
        return outputs[n];
    }

    /** Returns decision value x<sub>n+1</sub>, counted from 1 as the standard does. */
    int decision(int n) {
        return decisions[n - 1];
    }

    /** Returns the code of a 16 bit sample by searching the decision values. */
    int encode(int sample) {
        int magnitude = sample >= 0 ? sample : -sample - 1; // on a decision value, the half that touches zero from below mirrors the other
        int n = 127;
        while (decisions[n] * scale > magnitude) {
            n--;
        }
        return code(n, sample < 0);
    }

    /** Returns the 16 bit sample of output value {@code n}. */
    int decoded(int n, boolean negative) {
        return negative ? -outputs[n] * scale : outputs[n] * scale;
    }

    /** Returns the code that travels for output value {@code n}. */
    int code(int n, boolean negative) {
        return (firstPositiveCode + direction * n ^ toggle ^ (negative ? 0x80 : 0)) & 0xFF;
    }
}
