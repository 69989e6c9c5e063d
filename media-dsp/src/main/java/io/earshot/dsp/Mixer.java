package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

import java.util.Arrays;

/**
 * Sums the frames of any number of sources, and gives each party the sum without its own voice: N additions and N subtractions for N
 * parties. Sums have 32 bits, enough for 65,536 sources of full scale. A sum of several sources bends smoothly above −3 dB instead of
 * clipping; one source alone passes bit for bit. Single-threaded; mixing allocates nothing.
 *
 * <pre>{@code
 * mixer.begin(160);
 * mixer.add(alice, 0);
 * mixer.add(bob, 0);
 * mixer.add(music, 0);
 * mixer.mixWithout(alice, 0, toAlice, 0); // bob + music
 * mixer.mix(recorder, 0);                 // all
 * }</pre>
 */
public final class Mixer {
    /** Sums up to here, −3 dB of full scale, are left alone. */
    private static final int KNEE = 23198;
    private static final int ABOVE_KNEE = Short.MAX_VALUE - KNEE;

    private final int[] sum;
    private int samples;
    private int sources;

    /** Makes a mixer of frames of at most so many samples. */
    public Mixer(int maxSamples) {
        sum = new int[maxSamples];
    }

    /** Starts a new frame of so many samples. */
    public void begin(int samples) {
        checkFromIndexSize(0, samples, sum.length);
        this.samples = samples;
        sources = 0;
        Arrays.fill(sum, 0, samples, 0);
    }

    /** Returns how many sources the frame has so far. */
    public int sources() {
        return sources;
    }

    /** Adds the frame of a source. */
    public void add(short[] pcm, int offset) {
        checkFromIndexSize(offset, samples, pcm.length);
        for (int i = 0; i < samples; i++) {
            sum[i] += pcm[offset + i];
        }
        sources++;
    }

    /** Writes the sum of all sources; silence when there are none. */
    public void mix(short[] out, int offset) {
        checkFromIndexSize(offset, samples, out.length);
        if (sources <= 1) {
            for (int i = 0; i < samples; i++) {
                out[offset + i] = (short) sum[i];
            }
            return;
        }
        for (int i = 0; i < samples; i++) {
            out[offset + i] = limit(sum[i]);
        }
    }

    /**
     * Writes the sum of all sources but one.
     *
     * @param own the frame that {@link #add} got from that source, unchanged; {@code out} may be the same range
     */
    public void mixWithout(short[] own, int ownOffset, short[] out, int offset) {
        checkFromIndexSize(ownOffset, samples, own.length);
        checkFromIndexSize(offset, samples, out.length);
        if (sources <= 2) {
            for (int i = 0; i < samples; i++) {
                out[offset + i] = (short) (sum[i] - own[ownOffset + i]);
            }
            return;
        }
        for (int i = 0; i < samples; i++) {
            out[offset + i] = limit(sum[i] - own[ownOffset + i]);
        }
    }

    /** Follows the input up to the knee, then with ever less slope towards full scale, which it never passes. */
    static short limit(int value) {
        int magnitude = Math.abs(value);
        if (magnitude <= KNEE) {
            return (short) value;
        }
        long excess = magnitude - KNEE;
        int limited = KNEE + (int) (ABOVE_KNEE * excess / (ABOVE_KNEE + excess));
        return (short) (value < 0 ? -limited : limited);
    }
}
