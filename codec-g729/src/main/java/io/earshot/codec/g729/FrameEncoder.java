package io.earshot.codec.g729;

/** Encoder of Annex A with, on request, the silence suppression of Annex B. */
final class FrameEncoder {
    static final int FRAME = 80;
    /** The most frames of a packet. */
    static final int MOST_FRAMES = 12;

    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int ORDER = Lsp.ORDER;
    private static final int COEFFICIENTS = Lsp.COEFFICIENTS;
    /** Samples of speech that the window reaches back before the newest frame; the frame that is coded begins 40 earlier. */
    private static final int PAST = LpcAnalysis.WINDOW - FRAME;
    private static final int CODED = PAST - SUBFRAME;
    private static final int PAST_WEIGHTED = AdaptiveCodebook.LONGEST_LAG;
    private static final int NOW = AdaptiveCodebook.HISTORY;

    private final HighPassFilter highPass = HighPassFilter.before();
    private final LpcAnalysis analysis = new LpcAnalysis();
    private final Levinson levinson = new Levinson();
    private final LspSearch lspSearch = new LspSearch();
    private final LspPredictor predictor = new LspPredictor();
    private final LspQuantizer lspQuantizer = new LspQuantizer(predictor);
    private final OpenLoopPitch openLoop = new OpenLoopPitch();
    private final Taming taming = new Taming();
    private final PerceptualWeighting weighting = new PerceptualWeighting();
    private final SubframeEncoder subframes = new SubframeEncoder(taming, weighting);
    private final SilenceSuppression silence;

    private final int[] speech = new int[PAST + MOST_FRAMES * FRAME];
    private final int[] weighted = new int[PAST_WEIGHTED + FRAME];
    private final int[] excitation = new int[NOW + FRAME];
    private final int[] filter = new int[COEFFICIENTS];
    private final int[] filters = new int[2 * COEFFICIENTS];
    private final FrameAnalysis[] analyses = new FrameAnalysis[MOST_FRAMES];
    private final int[] quantized = new int[ORDER];
    private final int[] lastLsp = Lsp.initial();
    private final int[] lastQuantized = Lsp.initial();
    private final int[] scratch = new int[22];
    private final int[] parameters = new int[SpeechParameters.COUNT];

    /** @param suppressSilence whether to send SID frames and nothing in speech pauses */
    FrameEncoder(boolean suppressSilence) {
        silence = suppressSilence ? new SilenceSuppression(predictor, levinson, lspSearch) : null;
        java.util.Arrays.setAll(analyses, i -> new FrameAnalysis());
    }

    /**
     * Encodes a packet of up to twelve frames; returns the bytes written. With silence suppression a packet is speech, then silence: what
     * would be silence before speech is coded as speech, for a payload cannot say where in it a pause was. It holds one SID frame at most.
     */
    int encode(short[] pcm, int pcmAt, int frames, byte[] out, int outAt) {
        for (int frame = 0; frame < frames; frame++) {
            analyze(pcm, pcmAt + frame * FRAME, frame);
        }
        boolean talking = false;
        for (int frame = frames - 1; frame >= 0; frame--) {
            talking |= analyses[frame].speech;
            analyses[frame].speech = talking;
        }
        int at = outAt;
        boolean described = false;
        for (int frame = 0; frame < frames; frame++) {
            int bytes = encodeFrame(frame, !described, out, at);
            described |= bytes == SpeechParameters.SID_BYTES;
            at += bytes;
        }
        System.arraycopy(speech, frames * FRAME, speech, 0, PAST);
        return at - outAt;
    }

    private void analyze(short[] pcm, int pcmAt, int frame) {
        int from = frame * FRAME;
        for (int i = 0; i < FRAME; i++) {
            speech[PAST + from + i] = highPass.filter(pcm[pcmAt + i]);
        }
        FrameAnalysis found = analyses[frame];
        analysis.analyze(speech, from);
        levinson.solve(analysis.high(), analysis.low(), filter);
        lspSearch.find(filter, found.lsp, frame > 0 && analyses[frame - 1].speech ? analyses[frame - 1].lsp : lastLsp);
        System.arraycopy(analysis.raw(), 0, found.autocorrelation, 0, COEFFICIENTS);
        found.exponent = analysis.exponent();
        found.speech = silence == null || silence.isSpeech(analysis, levinson.reflection(), found.lsp, speech, from);
    }

    private int encodeFrame(int frame, boolean maySendSid, byte[] out, int outAt) {
        FrameAnalysis found = analyses[frame];
        int bytes = SpeechParameters.SPEECH_BYTES;
        if (silence != null) {
            silence.note(found);
        }
        if (found.speech) {
            encodeSpeech(found.lsp, frame * FRAME, out, outAt);
        } else {
            bytes = encodeSilence(frame * FRAME, maySendSid, out, outAt);
        }
        System.arraycopy(weighted, FRAME, weighted, 0, PAST_WEIGHTED);
        System.arraycopy(excitation, FRAME, excitation, 0, NOW);
        return bytes;
    }

    private void encodeSpeech(int[] lsp, int from, byte[] out, int outAt) {
        lspQuantizer.quantize(lsp, quantized, parameters);
        Lsp.interpolate(lastQuantized, quantized, filters, scratch);
        System.arraycopy(lsp, 0, lastLsp, 0, ORDER);
        System.arraycopy(quantized, 0, lastQuantized, 0, ORDER);
        weighting.prepare(filters);
        for (int subframe = 0; subframe < 2; subframe++) {
            int at = subframe * SUBFRAME;
            Filters.residual(filters, subframe * COEFFICIENTS, speech, CODED + from + at, excitation, NOW + at, SUBFRAME);
            weighting.weigh(subframe, excitation, NOW + at, weighted, PAST_WEIGHTED + at);
        }
        subframes.begin(openLoop.find(weighted));
        subframes.encode(0, excitation, NOW, parameters);
        subframes.encode(1, excitation, NOW + SUBFRAME, parameters);
        SpeechParameters.packSpeech(parameters, out, outAt);
    }

    private int encodeSilence(int from, boolean maySendSid, byte[] out, int outAt) {
        int bytes = silence.encode(lastQuantized, excitation, NOW, taming, maySendSid ? parameters : null);
        Lsp.interpolate(lastQuantized, silence.lsp(), filters, scratch);
        System.arraycopy(silence.lsp(), 0, lastQuantized, 0, ORDER);
        weighting.prepare(filters);
        for (int subframe = 0; subframe < 2; subframe++) {
            int at = subframe * SUBFRAME;
            weighting.follow(subframe, filters, speech, CODED + from + at, excitation, NOW + at);
            weighting.copyWeighted(weighted, PAST_WEIGHTED + at);
        }
        subframes.forgetSharpening();
        if (bytes > 0) {
            SpeechParameters.packSid(parameters, out, outAt);
        }
        return bytes;
    }
}
