package io.earshot.dsp;

import java.util.List;

/**
 * A stretch of time in which a set of sines sounds.
 *
 * @param frequencies in Hz, at most {@value #MAX_FREQUENCIES}; none is silence
 * @param levelDbfs level of each sine, at most 0
 * @param millis how long, or {@link #ENDLESS}
 */
public record ToneSegment(List<Double> frequencies, double levelDbfs, long millis) {
    /** A length without end. */
    public static final long ENDLESS = Long.MAX_VALUE;
    static final int MAX_FREQUENCIES = 4;

    /** Checks the ranges and copies the list. */
    public ToneSegment {
        frequencies = List.copyOf(frequencies);
        if (frequencies.size() > MAX_FREQUENCIES || frequencies.stream().anyMatch(hz -> !(hz > 0 && hz < 96_000))) {
            throw new IllegalArgumentException("frequencies " + frequencies);
        }
        if (!(levelDbfs <= 0) || millis <= 0) {
            throw new IllegalArgumentException("level " + levelDbfs + " dBFS, length " + millis + " ms");
        }
    }

    /** Returns a sine. */
    public static ToneSegment sine(double hz, double levelDbfs, long millis) {
        return new ToneSegment(List.of(hz), levelDbfs, millis);
    }

    /** Returns two sines of the same level at once, as DTMF and most call-progress tones are made. */
    public static ToneSegment dual(double firstHz, double secondHz, double levelDbfs, long millis) {
        return new ToneSegment(List.of(firstHz, secondHz), levelDbfs, millis);
    }

    /** Returns a pause. */
    public static ToneSegment silence(long millis) {
        return new ToneSegment(List.of(), 0, millis);
    }
}
