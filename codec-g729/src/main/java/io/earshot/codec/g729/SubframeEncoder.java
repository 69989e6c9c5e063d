package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.sub;

import java.util.Arrays;

/** Analysis by synthesis of a subframe: both codebooks and their gains, Annex A §A.3.5 to §A.3.10. */
final class SubframeEncoder {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int ORDER = Lsp.ORDER;
    /** 0.2 and 0.8, Q14. */
    private static final int LEAST_SHARPENING = 3277;
    private static final int MOST_SHARPENING = 13017;
    /** 0.95, Q14. */
    private static final int TAMED_GAIN = 15564;

    private final Taming taming;
    private final PerceptualWeighting weighting;
    private final ClosedLoopPitch pitch = new ClosedLoopPitch();
    private final FixedCodebookSearch codebook = new FixedCodebookSearch();
    private final GainQuantizer gains = new GainQuantizer(new GainPredictor());
    private final SynthesisFilter fromRest = new SynthesisFilter();

    private final int[] impulse = new int[SUBFRAME];
    private final int[] target = new int[SUBFRAME];
    private final int[] codeTarget = new int[SUBFRAME];
    private final int[] filteredPitch = new int[SUBFRAME];
    private final int[] filteredCode = new int[SUBFRAME];
    private final int[] code = new int[SUBFRAME];
    private int sharpening = LEAST_SHARPENING;
    private int shortest;
    private int longest;

    SubframeEncoder(Taming taming, PerceptualWeighting weighting) {
        this.taming = taming;
        this.weighting = weighting;
    }

    /** Starts a frame with its rough pitch lag. */
    void begin(int roughLag) {
        shortest = Math.min(Math.max(roughLag - 3, AdaptiveCodebook.SHORTEST_LAG), AdaptiveCodebook.LONGEST_LAG - 6);
        longest = shortest + 6;
    }

    /** After comfort noise pulses are not sharpened. */
    void forgetSharpening() {
        sharpening = LEAST_SHARPENING;
    }

    /** Encodes a subframe; {@code excitation} holds the LP residual from {@code at} on, and the coded excitation after. */
    void encode(int subframe, int[] excitation, int at, int[] parameters) {
        int filter = subframe * Lsp.COEFFICIENTS;
        int[] filters = weighting.filters();
        Arrays.fill(impulse, 0);
        impulse[0] = 4096;
        fromRest.run(filters, filter, impulse, 0, impulse, 0, SUBFRAME);
        weighting.error().run(filters, filter, excitation, at, target, 0, SUBFRAME);
        pitch.search(excitation, at, target, impulse, shortest, longest, subframe == 0);
        int lag = pitch.lag();
        codeLag(subframe, parameters);
        fromRest.run(filters, filter, excitation, at, filteredPitch, 0, SUBFRAME);
        int gain = pitch.gain(target, filteredPitch);
        boolean tamed = taming.isNeeded(lag, pitch.third());
        if (tamed) {
            gain = Math.min(gain, TAMED_GAIN);
        }
        for (int i = 0; i < SUBFRAME; i++) {
            codeTarget[i] = sub(target[i], high(lShl(lMult(filteredPitch[i], gain), 1)));
        }
        int first = subframe == 0 ? SpeechParameters.POSITIONS : SpeechParameters.SECOND + 1;
        FixedCodebook.sharpen(impulse, lag, sharpening);
        parameters[first] = codebook.search(codeTarget, impulse, code, filteredCode);
        parameters[first + 1] = codebook.signs();
        FixedCodebook.sharpen(code, lag, sharpening);
        gains.correlate(pitch, target, filteredPitch, filteredCode);
        parameters[first + 2] = gains.quantize(code, tamed);
        sharpening = Math.max(LEAST_SHARPENING, Math.min(gains.pitchGain(), MOST_SHARPENING));
        update(excitation, at, lag);
    }

    private void codeLag(int subframe, int[] parameters) {
        int thirds = 3 * pitch.lag() + pitch.third();
        if (subframe == 0) {
            int index = pitch.lag() <= 85 ? thirds - 58 : pitch.lag() + 112;
            parameters[SpeechParameters.LAG] = index;
            parameters[SpeechParameters.PARITY] = AdaptiveCodebook.parity(index);
            shortest = AdaptiveCodebook.lowest(pitch.lag());
            longest = shortest + 9;
        } else {
            parameters[SpeechParameters.SECOND] = thirds - 3 * shortest + 2;
        }
    }

    private void update(int[] excitation, int at, int lag) {
        int pitchGain = gains.pitchGain();
        int codeGain = gains.codeGain();
        for (int i = 0; i < SUBFRAME; i++) {
            int sum = lMac(lMult(excitation[at + i], pitchGain), code[i], codeGain);
            excitation[at + i] = round(lShl(sum, 1));
        }
        taming.update(pitchGain, lag);
        int[] memory = weighting.error().memory();
        for (int i = 0, j = SUBFRAME - ORDER; i < ORDER; i++, j++) {
            int fromPitch = high(lShl(lMult(filteredPitch[j], pitchGain), 1));
            int fromCode = high(lShl(lMult(filteredCode[j], codeGain), 2));
            memory[i] = sub(target[j], add(fromPitch, fromCode));
        }
    }
}
