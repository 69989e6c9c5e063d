package io.earshot.dsp.voice;

import io.earshot.dsp.Decibels;
import io.earshot.dsp.LevelMeter;

/**
 * Brings speech to a level: it measures only where there is speech, turns up slowly (less slowly what is far off) and down quickly, leaves
 * pauses as they are, and a limiter keeps peaks below -1 dBFS. Frames of 10 ms, 1 ms late. Single-threaded; processing allocates nothing.
 */
public final class GainControl {
    private static final double LARGEST_DB = 24;
    private static final double SMALLEST_DB = -18;
    private static final double UP_DB = 0.06; // per frame: 6 dB a second
    private static final double FAR_UP_DB = 0.18;
    private static final double FAR_DB = 6;
    private static final double DOWN_DB = 0.3;
    private static final double CEILING_DBFS = -1;

    private final int samples;
    private final double target;
    private final Limiter limiter;
    private final LevelMeter meter = new LevelMeter();
    private final SpeechLevel spoken = new SpeechLevel();
    private double gainDb;
    private double applied = 1;

    /**
     * Makes a control.
     *
     * @param sampleRate a multiple of 1000
     * @param targetDbfs level of speech behind it, -30 to -9
     */
    public GainControl(int sampleRate, double targetDbfs) {
        if (sampleRate < 8000 || sampleRate % 1000 != 0 || !(targetDbfs >= -30 && targetDbfs <= -9)) {
            throw new IllegalArgumentException("sample rate " + sampleRate + ", target " + targetDbfs + " dBFS");
        }
        samples = sampleRate / 100;
        target = targetDbfs;
        limiter = new Limiter(sampleRate, CEILING_DBFS);
    }

    /** Replaces a frame by the levelled one; {@code speaking} is the word of a {@link VoiceDetector} on it. */
    public void process(short[] pcm, int offset, boolean speaking) {
        meter.reset();
        meter.add(pcm, offset, samples);
        double level = meter.rmsDbfs();
        if (speaking && level > -60) {
            spoken.add(Math.pow(10, level / 10));
            double wanted = Math.max(SMALLEST_DB, Math.min(LARGEST_DB, target - 10 * Math.log10(spoken.power())));
            double up = wanted - gainDb > FAR_DB ? FAR_UP_DB : UP_DB;
            gainDb += Math.max(-DOWN_DB, Math.min(up, wanted - gainDb));
        }
        double next = Decibels.toLinear(gainDb);
        limiter.process(pcm, offset, samples, applied, next);
        applied = next;
    }

    /** Returns the gain in dB that is applied now. */
    public double gainDb() {
        return gainDb;
    }
}
