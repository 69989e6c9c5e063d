package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.round;

import java.util.Arrays;

/**
 * Decoder of G.729 itself or of Annex A, with the comfort noise of Annex B: 80 samples per call, whatever came of the frame. Either decodes
 * what encoders of both send; they differ in the post-filter and in how they conceal.
 */
final class FrameDecoder {
    static final int FRAME = 80;

    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int LONGEST_LAG = AdaptiveCodebook.LONGEST_LAG;
    private static final int NOW = AdaptiveCodebook.HISTORY;
    private static final int ORDER = Lsp.ORDER;
    /** 0.2 and 0.8, Q14. */
    private static final int LEAST_SHARPENING = 3277;
    private static final int MOST_SHARPENING = 13017;
    private static final int CONCEALMENT_SEED = 21845;
    private static final int FIRST_LAG = 60;

    private final int[] parameters = new int[SpeechParameters.COUNT];
    private final LspPredictor predictor = new LspPredictor();
    private final LspDecoder lspDecoder = new LspDecoder(predictor);
    private final GainPredictor gainPredictor = new GainPredictor();
    private final SidDecoder sidDecoder = new SidDecoder(predictor);
    private final NoiseExcitation noise = new NoiseExcitation();
    private final SynthesisFilter synthesis = new SynthesisFilter();
    private final boolean full;
    private final SpeechFilter postFilter;
    private final HighPassFilter highPass = HighPassFilter.after();

    private final int[] excitation = new int[NOW + FRAME];
    private final int[] speech = new int[ORDER + FRAME];
    private final int[] filtered = new int[FRAME];
    private final int[] lsp = new int[ORDER];
    private final int[] lastLsp = Lsp.initial();
    private final int[] filters = new int[2 * Lsp.COEFFICIENTS];
    private final int[] scratch = new int[22];
    private final int[] code = new int[SUBFRAME];
    private final int[] lags = new int[2];

    private boolean speaking = true;
    private boolean lost;
    private int lastLag = FIRST_LAG;
    /** The delay at which the last frame repeated itself, 0 for none; of the full decoder only. */
    private int voicing = FIRST_LAG;
    private int sharpening = LEAST_SHARPENING;
    private int pitchGain;
    private int codeGain;
    private int seed = CONCEALMENT_SEED;

    /** @param full whether to be the decoder of G.729 itself rather than that of Annex A */
    FrameDecoder(boolean full) {
        this.full = full;
        postFilter = full ? new FullPostFilter() : new PostFilter();
    }

    void reset() {
        predictor.reset();
        lspDecoder.reset();
        gainPredictor.reset();
        sidDecoder.reset();
        noise.reset();
        synthesis.reset();
        postFilter.reset();
        highPass.reset();
        Arrays.fill(excitation, 0);
        Arrays.fill(speech, 0);
        System.arraycopy(Lsp.initial(), 0, lastLsp, 0, ORDER);
        speaking = true;
        lastLag = FIRST_LAG;
        voicing = FIRST_LAG;
        sharpening = LEAST_SHARPENING;
        pitchGain = 0;
        codeGain = 0;
        seed = CONCEALMENT_SEED;
    }

    /** Decodes ten bytes of speech. */
    void decodeSpeech(byte[] in, int at, short[] pcm, int pcmAt) {
        lost = false;
        SpeechParameters.unpackSpeech(in, at, parameters);
        boolean damaged = AdaptiveCodebook.parity(parameters[SpeechParameters.LAG]) != parameters[SpeechParameters.PARITY];
        lspDecoder.decode(parameters[SpeechParameters.LSP_FIRST], parameters[SpeechParameters.LSP_SECOND], lsp);
        synthesizeSpeech(damaged);
        finish(pcm, pcmAt);
    }

    /** Decodes a SID frame of two bytes. */
    void decodeSid(byte[] in, int at, short[] pcm, int pcmAt) {
        lost = false;
        SpeechParameters.unpackSid(in, at, parameters);
        sidDecoder.decode(parameters);
        synthesizeNoise();
        finish(pcm, pcmAt);
    }

    /** Fills in for a frame that did not come: repeats fading speech, or goes on with the comfort noise. */
    void conceal(short[] pcm, int pcmAt) {
        lost = true;
        if (speaking) {
            lspDecoder.conceal(lsp);
            synthesizeSpeech(true);
        } else {
            synthesizeNoise();
        }
        finish(pcm, pcmAt);
    }

    private void synthesizeSpeech(boolean damagedLag) {
        noise.reseed();
        interpolate();
        decodeSubframe(0, damagedLag || lost);
        decodeSubframe(1, lost);
        speaking = true;
    }

    private void synthesizeNoise() {
        int gain = sidDecoder.gain(speaking);
        noise.generate(gain, excitation, NOW, null);
        System.arraycopy(sidDecoder.lsp(), 0, lsp, 0, ORDER);
        interpolate();
        for (int subframe = 0; subframe < 2; subframe++) {
            lags[subframe] = 0;
            synthesize(subframe);
        }
        sharpening = LEAST_SHARPENING;
        speaking = false;
    }

    private void interpolate() {
        Lsp.interpolate(lastLsp, lsp, filters, scratch);
        System.arraycopy(lsp, 0, lastLsp, 0, ORDER);
    }

    private void decodeSubframe(int subframe, boolean damagedLag) {
        int from = subframe * SpeechParameters.SECOND;
        int third = decodeLag(subframe, damagedLag);
        int at = NOW + subframe * SUBFRAME;
        AdaptiveCodebook.predict(excitation, at, lags[subframe], third);
        int at2 = subframe == 0 ? SpeechParameters.POSITIONS : from + 1;
        if (lost) {
            parameters[at2] = random() & 0x1fff;
            parameters[at2 + 1] = random() & 0xf;
        }
        FixedCodebook.decode(parameters[at2], parameters[at2 + 1], code);
        FixedCodebook.sharpen(code, lags[subframe], sharpening);
        decodeGains(parameters[at2 + 2]);
        sharpening = Math.max(LEAST_SHARPENING, Math.min(pitchGain, MOST_SHARPENING));
        excite(at);
        synthesize(subframe);
    }

    /** Adds up the codebooks. The full decoder fills in for a lost frame from one of them, depending on whether the last had a voice. */
    private void excite(int at) {
        int byPitch = full && lost && voicing == 0 ? 0 : pitchGain;
        int byCode = full && lost && voicing != 0 ? 0 : codeGain;
        for (int i = 0; i < SUBFRAME; i++) {
            int sum = lMac(lMult(excitation[at + i], byPitch), code[i], byCode);
            excitation[at + i] = round(lShl(sum, 1));
        }
    }

    /** Sets the subframe's whole lag and returns the thirds that are left. */
    private int decodeLag(int subframe, boolean damaged) {
        if (damaged) {
            lags[subframe] = lastLag;
            lastLag = Math.min(lastLag + 1, LONGEST_LAG);
            return 0;
        }
        int thirds = subframe == 0 ? AdaptiveCodebook.decodeFirst(parameters[SpeechParameters.LAG])
            : AdaptiveCodebook.decodeSecond(parameters[SpeechParameters.SECOND], lags[0]);
        lags[subframe] = AdaptiveCodebook.whole(thirds);
        lastLag = lags[subframe];
        return thirds - 3 * lastLag;
    }

    private void decodeGains(int index) {
        if (lost) {
            pitchGain = Math.min(mult(pitchGain, 29491), 29491);
            codeGain = mult(codeGain, 32111);
            gainPredictor.conceal();
            return;
        }
        int first = 2 * GainTables.CODE_TO_FIRST[index >> 4];
        int second = 2 * GainTables.CODE_TO_SECOND[index & 0xf];
        pitchGain = add(GainTables.FIRST[first], GainTables.SECOND[second]);
        int correction = GainTables.FIRST[first + 1] + GainTables.SECOND[second + 1];
        gainPredictor.predict(code);
        codeGain = gainPredictor.gain(correction);
        gainPredictor.update(correction);
    }

    /** Where the filter would saturate, the whole excitation goes down by 12 dB, §4.1.6 as the bit-exact description has it. */
    private void synthesize(int subframe) {
        int at = subframe * SUBFRAME;
        int filter = subframe * Lsp.COEFFICIENTS;
        if (synthesis.run(filters, filter, excitation, NOW + at, speech, ORDER + at, SUBFRAME)) {
            for (int i = 0; i < excitation.length; i++) {
                excitation[i] >>= 2;
            }
            synthesis.run(filters, filter, excitation, NOW + at, speech, ORDER + at, SUBFRAME);
        }
        synthesis.commit();
    }

    private void finish(short[] pcm, int pcmAt) {
        if (!lost) {
            int energy = dot(0, excitation, NOW, excitation, NOW, FRAME);
            int shift = lNorm(energy);
            sidDecoder.remember(round(lShl(energy, shift)), 16 - shift);
        }
        System.arraycopy(excitation, FRAME, excitation, 0, NOW);
        voicing = 0;
        for (int subframe = 0; subframe < 2; subframe++) {
            int at = subframe * SUBFRAME;
            int lag = lags[full ? 0 : subframe];
            int delay = postFilter.filter(filters, subframe * Lsp.COEFFICIENTS, speech, ORDER + at, lag, filtered, at);
            voicing = delay == 0 ? voicing : delay;
        }
        System.arraycopy(speech, FRAME, speech, 0, ORDER);
        for (int i = 0; i < FRAME; i++) {
            pcm[pcmAt + i] = (short) highPass.filter(filtered[i]);
        }
    }

    private int random() {
        seed = RandomWords.next(seed);
        return seed;
    }
}
