package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Samples;

/**
 * Takes the loudspeaker out of the microphone: finds the delay (up to 600 ms), learns the room (up to 240 ms of it), subtracts its echo,
 * and attenuates what is left. Frames of 10 ms; with suppression 10 ms late, else without
 * delay. Single-threaded; processing allocates nothing.
 *
 * <pre>{@code
 * canceller.playback(loudspeaker, 0);
 * canceller.capture(microphone, 0);
 * }</pre>
 */
public final class EchoCanceller {
    private static final int TAIL_MILLIS = 240;
    private static final int ADVANCE = 2;
    private static final int LATE_IN_FILTER = 6;
    private static final int STABLE_FRAMES = 20;
    private static final int WORSE_FRAMES = 12;
    private static final double LOUD = 100.0 * 100;

    private final EchoFilter filter;
    private final EchoDelay delay;
    private final EchoSuppressor suppressor;
    private final double[] error;
    private final short[] estimated;
    private int lag;
    private int wanted = -1;
    private int wantedFrames;
    private int worse;

    /**
     * Makes a canceller.
     *
     * @param sampleRate 8000, 16000, 24000, 32000 or 48000
     * @param suppression whether what the filter leaves is attenuated
     */
    public EchoCanceller(int sampleRate, boolean suppression) {
        if (sampleRate < 8000 || sampleRate > 48_000 || sampleRate % 8000 != 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        filter = new EchoFilter(sampleRate, TAIL_MILLIS, EchoDelay.LAGS);
        delay = new EchoDelay(sampleRate);
        suppressor = suppression ? new EchoSuppressor(sampleRate) : null;
        error = new double[filter.block];
        estimated = new short[filter.block];
    }

    /** Returns the samples of a frame. */
    public int frameSamples() {
        return filter.block;
    }

    /** Returns by how many samples {@link #capture} is late. */
    public int latencySamples() {
        return suppressor == null ? 0 : filter.block;
    }

    /** Returns the delay in ms that the filter is set to, as far as it is beyond the filter's own reach. */
    public int delayMillis() {
        return lag * 10;
    }

    /** Hears what the loudspeaker is about to play. */
    public void playback(short[] pcm, int offset) {
        checkFromIndexSize(offset, filter.block, pcm.length);
        filter.playback(pcm, offset);
        delay.playback(pcm, offset);
    }

    /** Replaces a frame of the microphone by one without echo. */
    public void capture(short[] pcm, int offset) {
        checkFromIndexSize(offset, filter.block, pcm.length);
        align(delay.capture(pcm, offset));
        double[] estimate = filter.estimate();
        double before = 0;
        double after = 0;
        for (int i = 0; i < error.length; i++) {
            error[i] = pcm[offset + i] - estimate[i];
            before += (double) pcm[offset + i] * pcm[offset + i];
            after += error[i] * error[i];
            estimated[i] = Samples.saturate((float) estimate[i]);
        }
        filter.learn(error);
        boolean harmful = after > before;
        for (int i = 0; i < error.length && !harmful; i++) { // a filter that adds echo is not listened to
            pcm[offset + i] = Samples.saturate((float) error[i]);
        }
        watch(after > 2 * before && after > LOUD * error.length);
        if (suppressor != null) {
            suppressor.process(pcm, offset, estimated);
        }
    }

    /** Moves the filter once the echo does not lie well within it. */
    private void align(int found) {
        if (found < 0 || found >= lag && found < lag + LATE_IN_FILTER) {
            wanted = -1;
            return;
        }
        int target = Math.max(0, found - ADVANCE);
        wantedFrames = target == wanted ? wantedFrames + 1 : 0;
        wanted = target;
        if (wantedFrames >= STABLE_FRAMES && target != lag) {
            lag = target;
            filter.moveTo(lag);
            filter.forget();
        }
    }

    private void watch(boolean wrong) {
        worse = wrong ? worse + 1 : Math.max(0, worse - 1);
        if (worse >= WORSE_FRAMES) {
            worse = 0;
            filter.forget();
        }
    }
}
