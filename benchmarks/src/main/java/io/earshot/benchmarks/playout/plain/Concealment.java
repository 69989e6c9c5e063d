package io.earshot.benchmarks.playout.plain;

import java.util.Arrays;

/**
 * Makes up for missing audio by continuing the last pitch period, and joins it smoothly to what really was and comes. The pitch is the
 * lag, 2.5 to 15 ms, at which the recent past resembles itself most; its last period is repeated, at full level for 10 ms and then
 * fading until silence at 60 ms, since longer guesses are wrong guesses. Every block that is played must pass through here, in order.
 * Confined to one thread; allocates only when made.
 */
public final class Concealment {
    private static final int FULL_MILLIS = 10;
    private static final int FADE_MILLIS = 50;
    private static final double VOICED = 0.5;

    private final int channels;
    private final int perMilli;
    private final int minLag;
    private final int maxLag;
    private final int window;
    private final int stride;
    private final int join;
    private final short[] past;
    private final short[] cycle;
    private final short[] bridge;
    private int lag;
    private int phase;
    private int made;
    private double mismatch;
    private boolean active;

    /**
     * Starts in silence.
     *
     * @param sampleRate samples per second and channel, at least 1000
     * @param channels interleaved channels
     */
    public Concealment(int sampleRate, int channels) {
        this.channels = channels;
        perMilli = sampleRate / 1000;
        minLag = perMilli * 5 / 2;
        maxLag = perMilli * 15;
        window = perMilli * 10;
        stride = Math.max(1, perMilli / 8);
        join = perMilli * 4 * channels;
        past = new short[(maxLag * 2 + window) * channels];
        cycle = new short[maxLag * channels];
        bridge = new short[join];
    }

    /** Forgets the past. */
    public void reset() {
        Arrays.fill(past, (short) 0);
        active = false;
    }

    /** A block that was really received: joins its beginning to what was made up before, if anything was, and remembers it. */
    public void received(short[] pcm, int offset, int samples) {
        if (active) {
            generate(bridge, 0, join);
            splice(bridge, pcm, offset, samples);
            active = false;
        }
        remember(pcm, offset, samples);
    }

    /**
     * Blends the beginning of a block out of another one's, which would have followed what was played.
     *
     * @param from at least 4 ms of what would have followed
     */
    public void splice(short[] from, short[] pcm, int offset, int samples) {
        int count = Math.min(join, samples);
        for (int i = 0; i < count; i++) {
            pcm[offset + i] = (short) ((from[i] * (count - i) + pcm[offset + i] * i) / count);
        }
    }

    /** Fills a block in place of a missing one. */
    public void conceal(short[] pcm, int offset, int samples) {
        start();
        generate(pcm, offset, samples);
        remember(pcm, offset, samples);
    }

    /** Fills a block of intended silence, into which the last sound fades within 4 ms. */
    public void silence(short[] pcm, int offset, int samples) {
        start();
        int fade = Math.min(join, samples);
        generate(pcm, offset, fade);
        for (int i = 0; i < fade; i++) {
            pcm[offset + i] = (short) (pcm[offset + i] * (fade - i) / fade);
        }
        Arrays.fill(pcm, offset + fade, offset + samples, (short) 0);
        made = (FULL_MILLIS + FADE_MILLIS) * perMilli * channels;
        remember(pcm, offset, samples);
    }

    private void start() {
        if (active) {
            return;
        }
        active = true;
        made = 0;
        phase = 0;
        lag = findLag() * channels;
        int from = past.length - lag;
        System.arraycopy(past, from, cycle, 0, lag);
        int overlap = lag / 4;
        for (int i = 0; i < overlap; i++) { // the cycle's end leads over to its beginning
            int at = lag - overlap + i;
            cycle[at] = (short) ((cycle[at] * (overlap - i) + past[from - overlap + i] * i) / overlap);
        }
        mismatch = past[past.length - channels] - past[from - channels];
    }

    private void generate(short[] pcm, int offset, int samples) {
        int full = FULL_MILLIS * perMilli * channels;
        int fade = FADE_MILLIS * perMilli * channels;
        for (int i = 0; i < samples; i++) {
            double gain = made < full ? 1 : Math.max(0, 1 - (double) (made - full) / fade);
            double value = cycle[phase];
            if (made < join && channels == 1) {
                value += mismatch * (join - made) / join; // no step where the repetition begins
            }
            pcm[offset + i] = (short) Math.max(-32_768, Math.min(32_767, value * gain));
            phase = phase + 1 == lag ? 0 : phase + 1;
            made++;
        }
    }

    private int findLag() {
        int best = maxLag;
        double bestLikeness = VOICED; // less than that is noise: take the longest lag, which buzzes least
        for (int candidate = minLag; candidate <= maxLag; candidate += stride) {
            double likeness = likeness(candidate);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = candidate;
            }
        }
        int centre = best;
        for (int candidate = Math.max(minLag, centre - stride + 1); candidate < Math.min(maxLag, centre + stride); candidate++) {
            double likeness = likeness(candidate);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = candidate;
            }
        }
        return best;
    }

    /** Returns the normalised correlation of the latest window with the past so many samples earlier. */
    private double likeness(int candidate) {
        int shift = candidate * channels;
        int step = stride * channels;
        long product = 0;
        long energy = 1;
        long shiftedEnergy = 1;
        for (int i = past.length - window * channels; i < past.length; i += step) {
            int now = past[i];
            int before = past[i - shift];
            product += now * before;
            energy += now * now;
            shiftedEnergy += before * before;
        }
        return product / Math.sqrt((double) energy * shiftedEnergy);
    }

    private void remember(short[] pcm, int offset, int samples) {
        if (samples >= past.length) {
            System.arraycopy(pcm, offset + samples - past.length, past, 0, past.length);
        } else {
            System.arraycopy(past, samples, past, 0, past.length - samples);
            System.arraycopy(pcm, offset, past, past.length - samples, samples);
        }
    }
}
