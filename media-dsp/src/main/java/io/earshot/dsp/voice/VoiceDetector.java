package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.api.audio.VoiceReport;
import io.earshot.dsp.LevelMeter;

/**
 * Tells speech from pauses: in twelve bands from 100 to 3800 Hz the power of the last 30 ms is compared with the noise there, and what the
 * bands together say is a likelihood ratio (that of two Gaussian processes of different power, for bands that are louder than the noise).
 * It begins at a high ratio, goes on at a lower one, and has a hang-over of 90 ms, as long as a plosive is silent, or 160 ms where speech
 * is hardly louder than the noise. What neither rises nor falls for most of a second is noise, however loud. Frames of 10 ms.
 * Single-threaded; listening allocates nothing.
 */
public final class VoiceDetector {
    private static final int[] EDGES_HZ = {100, 250, 400, 550, 700, 900, 1150, 1450, 1800, 2200, 2700, 3200, 3800};
    private static final int BANDS = EDGES_HZ.length - 1;
    private static final double SMOOTHING = 0.7;
    private static final double BEGIN = 1.3;
    private static final double CONTINUE = 0.8;
    private static final double LEARN = 0.8;
    private static final double QUIETEST_DBFS = -62;
    /** A band in which so little is left of what there was has ended; waiting for the smoothing would take 200 ms after loud speech. */
    private static final double ENDED = 0.15;
    private static final double ENDED_SMOOTHING = 0.4;
    private static final int ONSET_FRAMES = 2;
    private static final int HANGOVER = 9;
    /** Behind speech that is hardly louder than the noise, of which weak sounds are missed. */
    private static final int LONG_HANGOVER = 16;
    private static final double HARDLY_LOUDER = 4;
    /** What is 35 dB quieter than the speech of the last seconds is no speech. */
    private static final double RANGE = 3000;

    private final Spectrum spectrum;
    private final BandNoise noise = new BandNoise(BANDS);
    private final Steadiness steadiness = new Steadiness(BANDS);
    private final int[] edges = new int[BANDS + 1];
    private final double[] power = new double[BANDS];
    private final double[] smoothed = new double[BANDS];
    private final LevelMeter frame = new LevelMeter();
    private final LevelMeter sinceReport = new LevelMeter();
    private double loudest;
    private int active;
    private int hangover;
    private boolean begun;
    private boolean hardlyLouder;
    private boolean speaking;
    private long spokenFrames;
    private long heardFrames;
    private double ratio;

    /**
     * Makes a detector.
     *
     * @param sampleRate a multiple of 100 from 8000 to 48000
     */
    public VoiceDetector(int sampleRate) {
        if (sampleRate < 8000 || sampleRate > 48_000 || sampleRate % 100 != 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        spectrum = new Spectrum(sampleRate);
        for (int b = 0; b <= BANDS; b++) {
            edges[b] = (int) Math.round((double) EDGES_HZ[b] * spectrum.size / sampleRate);
        }
    }

    /** Returns the samples of a frame. */
    public int frameSamples() {
        return spectrum.hop;
    }

    /** Listens to a frame; tells whether there is speech in it, or was a moment ago. */
    public boolean process(short[] pcm, int offset) {
        checkFromIndexSize(offset, spectrum.hop, pcm.length);
        frame.reset();
        frame.add(pcm, offset, spectrum.hop);
        sinceReport.add(pcm, offset, spectrum.hop);
        spectrum.analyse(pcm, offset);
        pool();
        ratio = likelihood();
        boolean steady = steadiness.hear(smoothed);
        decide(!steady && frame.rmsDbfs() > QUIETEST_DBFS ? ratio : 0);
        noise.update(power, smoothed, !steady && (ratio > LEARN || speaking && ratio > LEARN / 2));
        heardFrames++;
        spokenFrames += speaking ? 1 : 0;
        return speaking;
    }

    /** Tells what the last frame told. */
    public boolean speaking() {
        return speaking;
    }

    /** Returns the logarithm of the likelihood ratio of the last frame: above about 1.3, there is speech. */
    public double likelihoodRatio() {
        return ratio;
    }

    /** Returns what was heard since the last report. */
    public VoiceReport report() {
        VoiceReport report = new VoiceReport(speaking, spokenFrames * 10, heardFrames * 10, sinceReport.rmsDbfs(), sinceReport.peakDbfs());
        sinceReport.reset();
        spokenFrames = 0;
        heardFrames = 0;
        return report;
    }

    private void pool() {
        double sum = 0;
        for (int b = 0; b < BANDS; b++) {
            double band = 1e-3;
            for (int k = edges[b]; k < edges[b + 1]; k++) {
                band += spectrum.real[k] * spectrum.real[k] + spectrum.imaginary[k] * spectrum.imaginary[k];
            }
            power[b] = band / (edges[b + 1] - edges[b]) + 1;
            double keep = !begun ? 0 : power[b] < ENDED * smoothed[b] ? ENDED_SMOOTHING : SMOOTHING;
            smoothed[b] = keep * smoothed[b] + (1 - keep) * power[b];
            sum += smoothed[b];
        }
        begun = true;
        loudest = Math.max(sum, 0.997 * loudest);
    }

    private double likelihood() {
        double sum = 0;
        double total = 0;
        double quiet = 0;
        for (int b = 0; b < BANDS; b++) {
            double over = smoothed[b] / noise.power()[b];
            total += smoothed[b];
            quiet += noise.power()[b];
            if (over > 1) {
                sum += (edges[b + 1] - edges[b]) * (over - 1 - Math.log(over));
            }
        }
        hardlyLouder = loudest < HARDLY_LOUDER * quiet;
        return total * RANGE < loudest ? 0 : Math.min(sum, 1000) / 4;
    }

    private void decide(double evidence) {
        if (evidence > (speaking ? CONTINUE : BEGIN)) {
            active++;
            if (active >= ONSET_FRAMES) {
                speaking = true;
                hangover = hardlyLouder ? LONG_HANGOVER : HANGOVER;
            }
            return;
        }
        active = 0;
        hangover--;
        speaking = speaking && hangover > 0;
    }
}
