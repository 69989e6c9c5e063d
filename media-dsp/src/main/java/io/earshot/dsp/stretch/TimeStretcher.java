package io.earshot.dsp.stretch;

/**
 * Takes out or puts in one period of a piece of speech, by waveform similarity (WSOLA): the place and the lag, 2.5 to 15 ms, where the
 * piece resembles itself most are found, and the sound is faded over 5 ms from one period into the next. The first and the last sample
 * of the piece stay what they are, so it joins what is before and behind it. Allocates nothing; keeps nothing between calls.
 */
public final class TimeStretcher {
    private static final int OVERLAP_MILLIS = 5;
    private static final int WINDOW_MILLIS = 8;
    /** How much sparser the first look is, in lags and in samples. */
    private static final int COARSE = 2;

    private final int channels;
    private final int minLag;
    private final int maxLag;
    private final int overlap;
    private final int window;
    private final int stride;
    private int bestStart;
    private int bestLag;
    private double bestLikeness;

    /**
     * Makes a stretcher.
     *
     * @param sampleRate samples per second and channel, at least 1000
     * @param channels interleaved channels, at least 1
     */
    public TimeStretcher(int sampleRate, int channels) {
        if (sampleRate < 1000 || channels < 1) {
            throw new IllegalArgumentException("cannot stretch " + sampleRate + " Hz in " + channels + " channels");
        }
        this.channels = channels;
        int perMilli = sampleRate / 1000;
        minLag = perMilli * 5 / 2;
        maxLag = perMilli * 15;
        overlap = perMilli * OVERLAP_MILLIS;
        window = perMilli * WINDOW_MILLIS;
        stride = Math.max(1, perMilli / 8);
    }

    /** Returns how many samples of all channels a piece needs for anything to be done: 7.5 ms. */
    public int least() {
        return (minLag + overlap) * channels;
    }

    /**
     * Takes a period out.
     *
     * @param samples the length of the piece, all channels together
     * @param most how many samples may go
     * @param leastLikeness how well the periods must match, -1 to 1: 0.6 and more is inaudible, -1 takes the best there is
     * @return the new length; the same when nothing was short enough or alike enough
     */
    public int shrink(short[] pcm, int offset, int samples, int most, double leastLikeness) {
        int frames = samples / channels;
        if (!search(pcm, offset, frames, Math.min(most / channels, frames - overlap), leastLikeness)) {
            return samples;
        }
        return takeOut(pcm, offset, samples);
    }

    private int takeOut(short[] pcm, int offset, int samples) {
        int from = offset + bestStart * channels;
        int shift = bestLag * channels;
        int fade = overlap * channels;
        for (int i = 0; i < fade; i++) {
            int in = i / channels;
            pcm[from + i] = mix(pcm[from + i], pcm[from + shift + i], in);
        }
        int tail = from + shift + fade;
        System.arraycopy(pcm, tail, pcm, from + fade, offset + samples - tail);
        return samples - shift;
    }

    /**
     * Takes out so many samples at the beginning of the piece, whatever they are: for silence, and for less than a period of it.
     *
     * @param count how many to take out, all channels together
     * @return the new length; the same when the piece is too short
     */
    public int cut(short[] pcm, int offset, int samples, int count) {
        int frames = samples / channels;
        int lag = count / channels;
        if (lag < 1 || lag + overlap > frames) {
            return samples;
        }
        bestStart = 0;
        bestLag = lag;
        return takeOut(pcm, offset, samples);
    }

    /**
     * Puts a period in; the array needs room for it behind the piece.
     *
     * @param samples the length of the piece, all channels together
     * @param most how many samples may be added
     * @param leastLikeness as for {@link #shrink}
     * @return the new length; the same when nothing was short enough or alike enough
     */
    public int grow(short[] pcm, int offset, int samples, int most, double leastLikeness) {
        int frames = samples / channels;
        if (!search(pcm, offset, frames, Math.min(most / channels, frames - overlap), leastLikeness)) {
            return samples;
        }
        int from = offset + bestStart * channels;
        int shift = bestLag * channels;
        int fade = overlap * channels;
        System.arraycopy(pcm, from + fade, pcm, from + shift + fade, offset + samples - from - fade);
        // What follows the period is faded back into its beginning; from the end, since the two may overlap.
        for (int i = fade - 1; i >= 0; i--) {
            pcm[from + shift + i] = mix(pcm[from + shift + i], pcm[from + i], i / channels);
        }
        return samples + shift;
    }

    private short mix(short from, short to, int frame) {
        return (short) ((from * (overlap - frame) + to * frame) / overlap);
    }

    private boolean search(short[] pcm, int offset, int frames, int mostLag, double leastLikeness) {
        bestLikeness = Math.nextDown(leastLikeness);
        bestLag = 0;
        int limit = Math.min(maxLag, mostLag);
        int step = Math.max(1, overlap / 2);
        for (int start = 0; start + minLag + overlap <= frames && start <= maxLag; start += step) {
            coarse(pcm, offset, frames, start, Math.min(limit, frames - start - overlap));
        }
        if (bestLag == 0) {
            return false;
        }
        int centre = bestLag;
        int start = bestStart;
        int last = Math.min(limit, frames - start - overlap);
        for (int lag = Math.max(minLag, centre - stride + 1); lag < centre + stride && lag <= last; lag++) {
            consider(pcm, offset, frames, start, lag);
        }
        return true;
    }

    /** Looks at every second lag of one start by every second sample, and closer around the best of them. */
    private void coarse(short[] pcm, int offset, int frames, int start, int limit) {
        double best = -2;
        int found = 0;
        for (int lag = minLag; lag <= limit; lag += COARSE * stride) {
            double likeness = likeness(pcm, offset + start * channels, lag, Math.min(window, frames - start - lag), COARSE * stride);
            if (likeness > best) {
                best = likeness;
                found = lag;
            }
        }
        for (int lag = Math.max(minLag, found - stride); found > 0 && lag <= found + stride && lag <= limit; lag += stride) {
            consider(pcm, offset, frames, start, lag);
        }
    }

    private void consider(short[] pcm, int offset, int frames, int start, int lag) {
        double likeness = likeness(pcm, offset + start * channels, lag, Math.min(window, frames - start - lag), stride);
        if (likeness > bestLikeness) {
            bestLikeness = likeness;
            bestLag = lag;
            bestStart = start;
        }
    }

    private double likeness(short[] pcm, int from, int lag, int length, int every) {
        int step = every * channels;
        int shift = lag * channels;
        int end = from + length * channels;
        long product = 0;
        long squares = 2;
        for (int i = from; i < end; i += step) {
            int a = pcm[i];
            int b = pcm[i + shift];
            product += a * b;
            squares += (long) a * a + (long) b * b;
        }
        // Alike in shape is not enough: a loud period must not be put in place of a soft one.
        return 2.0 * product / squares;
    }
}
