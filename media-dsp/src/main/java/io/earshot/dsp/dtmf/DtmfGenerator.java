package io.earshot.dsp.dtmf;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.earshot.dsp.Decibels;
import io.earshot.dsp.kernel.Oscillator;
import io.earshot.dsp.kernel.Samples;
import java.util.Arrays;

/**
 * Plays a queue of digits as pairs of sines with soft edges (ITU-T Q.23). Single-threaded; generating allocates nothing.
 *
 * <pre>{@code
 * generator.enqueue("123");
 * if (generator.isPlaying()) { generator.generate(frame, 0, 160); }
 * }</pre>
 */
public final class DtmfGenerator {
    private static final double FULL_SCALE = 32767;
    private static final int QUEUE = 256;
    private static final int RAMPS_PER_SECOND = 500;
    private static final int CHUNK = 480;

    private final DtmfLevels levels;
    private final double lowAmplitude;
    private final double highAmplitude;
    private final int toneSamples;
    private final int gapSamples;
    private final Oscillator low;
    private final Oscillator high;
    private final float[] sum = new float[CHUNK];
    private final char[] queue = new char[QUEUE];
    private int head;
    private int size;
    private int toneLeft;
    private int gapLeft;

    /**
     * Makes a generator.
     *
     * @param sampleRate 8000 to 192000
     */
    public DtmfGenerator(int sampleRate, DtmfLevels levels) {
        if (sampleRate < 8000 || sampleRate > 192_000) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        this.levels = requireNonNull(levels, "levels");
        lowAmplitude = FULL_SCALE * Decibels.toLinear(levels.lowDbfs());
        highAmplitude = FULL_SCALE * Decibels.toLinear(levels.highDbfs());
        toneSamples = (int) ((long) levels.toneMillis() * sampleRate / 1000);
        gapSamples = (int) ((long) levels.gapMillis() * sampleRate / 1000);
        low = new Oscillator(sampleRate, sampleRate / RAMPS_PER_SECOND);
        high = new Oscillator(sampleRate, sampleRate / RAMPS_PER_SECOND);
    }

    /** Returns the levels and lengths. */
    public DtmfLevels levels() {
        return levels;
    }

    /**
     * Plays more digits, {@code 0-9 * # A-D a-d}, after those that wait.
     *
     * @return how many were taken: fewer than given before the first character that is no digit, or when the queue (256) is full
     */
    public int enqueue(CharSequence digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (size == QUEUE || DtmfFrequencies.key(digits.charAt(i)) < 0) {
                return i;
            }
            queue[(head + size) % QUEUE] = digits.charAt(i);
            size++;
        }
        return digits.length();
    }

    /** Forgets the digits that wait; the one that sounds is played to its end. */
    public void clear() {
        size = 0;
    }

    /** Tells whether a digit or the gap after it is played, or digits wait. */
    public boolean isPlaying() {
        return size > 0 || toneLeft > 0 || gapLeft > 0;
    }

    /** Writes the next samples, silence after the last digit. */
    public void generate(short[] out, int offset, int samples) {
        checkFromIndexSize(offset, samples, out.length);
        int done = 0;
        while (done < samples) {
            if (toneLeft == 0 && gapLeft == 0) {
                if (size == 0) {
                    Arrays.fill(out, offset + done, offset + samples, (short) 0);
                    return;
                }
                begin();
            }
            int count = Math.min(Math.min(samples - done, CHUNK), toneLeft > 0 ? toneLeft : gapLeft);
            synthesise(out, offset + done, count);
            done += count;
        }
    }

    private void begin() {
        int key = DtmfFrequencies.key(queue[head]);
        head = (head + 1) % QUEUE;
        size--;
        toneLeft = toneSamples;
        gapLeft = gapSamples;
        low.tune(DtmfFrequencies.lowHz(key), lowAmplitude);
        high.tune(DtmfFrequencies.highHz(key), highAmplitude);
    }

    private void synthesise(short[] out, int offset, int count) {
        Arrays.fill(sum, 0, count, 0);
        low.addTo(sum, 0, count);
        high.addTo(sum, 0, count);
        for (int i = 0; i < count; i++) {
            out[offset + i] = Samples.saturate(sum[i]);
        }
        if (toneLeft > 0) {
            toneLeft -= count;
            if (toneLeft == 0) {
                low.fadeTo(0);
                high.fadeTo(0);
            }
        } else {
            gapLeft -= count;
        }
    }
}
