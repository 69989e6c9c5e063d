package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.multRound;

/** Decides frame by frame whether to send speech, a SID frame or nothing, Annex B §B.4.1. */
final class SilenceSuppression {
    private static final int ORDER = Lsp.ORDER;
    private static final int ENERGIES = 2;
    /** Frames that must pass between SID frames. */
    private static final int LEAST_INTERVAL = 3;
    /** 20.0·log10 steps: a change of more dB than this is told. */
    private static final int ENERGY_CHANGE = 2;
    /** Spectral distances that count as a change, Q15 above 1. */
    private static final int CHANGED = 4855;
    private static final int CHANGED_FROM_PAST = 3161;
    /** 0.875 and 0.125, Q15. */
    private static final int KEEP = 28672;
    private static final int TAKE = 4096;

    private final VoiceActivity activity = new VoiceActivity();
    private final NoiseStatistics statistics;
    private final SidLspQuantizer lspQuantizer;
    private final SidGainQuantizer gainQuantizer = new SidGainQuantizer();
    private final LspSearch lspSearch;
    private final NoiseExcitation noise = new NoiseExcitation();

    private final int[] energies = new int[ENERGIES];
    private final int[] shifts = {40, 40};
    private final int[] lsp = new int[ORDER];
    private final int[] found = new int[ORDER];
    private boolean wasSpeech = true;
    private boolean spoke = true;
    private boolean changed;
    private int energyCount;
    private int interval;
    private int lastDecibels;
    private int sidGain;
    private int gain;

    SilenceSuppression(LspPredictor predictor, Levinson levinson, LspSearch lspSearch) {
        statistics = new NoiseStatistics(levinson);
        lspQuantizer = new SidLspQuantizer(predictor);
        this.lspSearch = lspSearch;
    }

    /** Returns the noise's quantized LSPs. */
    int[] lsp() {
        return lsp;
    }

    /** Tells whether a frame is speech; the analysis window begins at {@code from}. */
    boolean isSpeech(LpcAnalysis analysis, int reflection, int[] frameLsp, int[] speech, int from) {
        return activity.detect(analysis, reflection, frameLsp, speech, from);
    }

    /** Takes note of a frame before it is coded. */
    void note(FrameAnalysis frame) {
        spoke = wasSpeech;
        wasSpeech = frame.speech;
        statistics.add(frame.autocorrelation, frame.exponent, frame.speech);
        if (frame.speech) {
            noise.reseed();
        }
    }

    /**
     * Encodes a frame without speech, and makes the excitation that the decoder will make.
     *
     * @param fallback LSPs for a noise that has none
     * @param parameters receives those of a SID frame; null when none may be sent now
     * @return 2 for a SID frame, 0 for nothing
     */
    int encode(int[] fallback, int[] excitation, int at, Taming taming, int[] parameters) {
        energies[1] = energies[0];
        shifts[1] = shifts[0];
        energies[0] = statistics.current(energies[0]);
        shifts[0] = statistics.currentShift();
        energyCount = spoke ? 1 : Math.min(energyCount + 1, ENERGIES);
        gainQuantizer.quantize(energies, shifts, energyCount);
        boolean send = (spoke || isDue()) && parameters != null;
        if (send) {
            describe(fallback, parameters);
        }
        gain = spoke ? sidGain : add(multRound(gain, KEEP), multRound(sidGain, TAKE));
        noise.generate(gain, excitation, at, taming);
        statistics.endFrame();
        return send ? SpeechParameters.SID_BYTES : 0;
    }

    private boolean isDue() {
        changed |= statistics.differs(energies[0], CHANGED);
        changed |= Math.abs(lastDecibels - gainQuantizer.decibels()) > ENERGY_CHANGE;
        interval++;
        if (interval < LEAST_INTERVAL) {
            return false;
        }
        interval = LEAST_INTERVAL;
        return changed;
    }

    private void describe(int[] fallback, int[] parameters) {
        interval = 0;
        changed = false;
        int[] filter = statistics.describe(energies[0], CHANGED_FROM_PAST);
        lspSearch.find(filter, found, fallback);
        lspQuantizer.quantize(found, lsp, parameters);
        lastDecibels = gainQuantizer.decibels();
        parameters[SpeechParameters.SID_GAIN] = gainQuantizer.index();
        sidGain = SidTables.GAIN[gainQuantizer.index()];
    }
}
