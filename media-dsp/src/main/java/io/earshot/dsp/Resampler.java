package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Samples;
import java.util.Arrays;

/**
 * Changes the sample rate of a stream: a linear-phase polyphase FIR filter, exact for any pair of rates from 8 to 192 kHz whose ratio
 * reduces to numbers up to {@value #MAX_TERM}, among them every pair of 8, 11.025, 12, 16, 22.05, 24, 32, 44.1 and 48 kHz. Ripple below
 * 0.2 dB up to 0.9 of the lower Nyquist frequency; images and aliases at least 60 dB down (see {@link Quality}).
 *
 * <p>After an input of {@code n} samples in total, {@code ceil(n * to / from)} samples have come out; so frames of 10 ms go in and frames
 * of exactly 10 ms come out, for all of these pairs. Single-threaded; processing allocates nothing.
 *
 * <pre>{@code
 * Resampler resampler = new Resampler(8000, 48000);
 * int written = resampler.process(frame, 0, 160, out, 0); // 960
 * }</pre>
 */
public final class Resampler {
    private static final int MAX_TERM = 640;
    private static final int MIN_RATE = 8000;
    private static final int MAX_RATE = 192_000;
    /** Input samples taken at once; longer input is processed in pieces. */
    private static final int CHUNK = 960;

    private final PolyphaseFilter filter;
    /** The last {@code taps - 1} samples of the past, then up to {@link #CHUNK} new ones. */
    private final float[] window;
    /** Where the next output sample starts to read, relative to the start of the window at the next input sample. */
    private int next;
    private int phase;

    /** What to give up for what: all delays are symmetrical around the lower of the two rates. */
    public enum Quality {
        /** Nothing from above the lower Nyquist frequency gets through: for files and music; 5.6 ms delay if the lower rate is 8 kHz. */
        FULL_BAND(1.0),
        /**
         * Half the delay and half the work: aliases may fall into the top tenth of the band, where speech has nothing; 2.8 ms delay if
         * the lower rate is 8 kHz.
         */
        LOW_DELAY(1.1);

        private final double stop;

        Quality(double stop) {
            this.stop = stop;
        }
    }

    /** Makes a resampler of {@link Quality#FULL_BAND}, rates in samples per second. */
    public Resampler(int fromRate, int toRate) {
        this(fromRate, toRate, Quality.FULL_BAND);
    }

    /**
     * Makes a resampler; designing its filter takes a millisecond or so, {@link #another()} does not.
     *
     * @param fromRate samples per second of the input
     * @param toRate samples per second of the output
     * @throws IllegalArgumentException when the pair of rates is not supported
     */
    public Resampler(int fromRate, int toRate, Quality quality) {
        this(checked(fromRate, toRate, quality));
    }

    private Resampler(PolyphaseFilter filter) {
        this.filter = filter;
        window = new float[filter.taps - 1 + CHUNK];
    }

    private static PolyphaseFilter checked(int fromRate, int toRate, Quality quality) {
        if (Math.min(fromRate, toRate) < MIN_RATE || Math.max(fromRate, toRate) > MAX_RATE) {
            throw new IllegalArgumentException("cannot resample from " + fromRate + " to " + toRate + " Hz: 8000 to 192000 only");
        }
        int divisor = PolyphaseFilter.gcd(fromRate, toRate);
        if (Math.max(fromRate, toRate) / divisor > MAX_TERM) {
            throw new IllegalArgumentException("cannot resample from " + fromRate + " to " + toRate + " Hz: the ratio is too odd");
        }
        return new PolyphaseFilter(fromRate, toRate, quality.stop);
    }

    /** Returns a resampler of the same rates and quality for another stream, sharing the coefficients. Callable from any thread. */
    public Resampler another() {
        return new Resampler(filter);
    }

    /** Returns the most samples that {@link #process} writes for so many. */
    public int maxOutput(int samples) {
        return (int) (((long) samples * filter.up + filter.down - 1) / filter.down);
    }

    /** Returns the delay of the filter in microseconds: how much later a sample comes out than it went in. */
    public long delayMicros() {
        return Math.round(filter.delaySeconds() * 1e6);
    }

    /**
     * Takes all of the input and writes what it makes.
     *
     * @param out must have room for {@link #maxOutput}; not the array of the input
     * @return the samples written
     */
    public int process(short[] in, int inOffset, int length, short[] out, int outOffset) {
        checkFromIndexSize(inOffset, length, in.length);
        if (filter.up == filter.down) {
            System.arraycopy(in, inOffset, out, outOffset, length);
            return length;
        }
        int written = 0;
        for (int done = 0; done < length; ) {
            int count = Math.min(CHUNK, length - done);
            written += chunk(in, inOffset + done, count, out, outOffset + written);
            done += count;
        }
        return written;
    }

    /** Forgets the past, as at the start of a new stream. */
    public void reset() {
        Arrays.fill(window, 0);
        next = 0;
        phase = 0;
    }

    private int chunk(short[] in, int inOffset, int count, short[] out, int outOffset) {
        int past = filter.taps - 1;
        for (int i = 0; i < count; i++) {
            window[past + i] = in[inOffset + i];
        }
        int step = filter.down / filter.up;
        int phaseStep = filter.down % filter.up;
        int at = outOffset;
        while (next < count) {
            out[at++] = Samples.saturate(dot(phase * filter.taps, next));
            next += step;
            phase += phaseStep;
            if (phase >= filter.up) {
                phase -= filter.up;
                next++;
            }
        }
        next -= count;
        System.arraycopy(window, count, window, 0, past);
        return at - outOffset;
    }

    /** Four sums in parallel: a single one would wait for each addition. */
    private float dot(int coefficient, int from) {
        float[] c = filter.coefficients;
        float[] x = window;
        float a = 0;
        float b = 0;
        float d = 0;
        float e = 0;
        int k = 0;
        for (; k < filter.taps - 3; k += 4) {
            a += c[coefficient + k] * x[from + k];
            b += c[coefficient + k + 1] * x[from + k + 1];
            d += c[coefficient + k + 2] * x[from + k + 2];
            e += c[coefficient + k + 3] * x[from + k + 3];
        }
        for (; k < filter.taps; k++) {
            a += c[coefficient + k] * x[from + k];
        }
        return a + b + (d + e);
    }
}
