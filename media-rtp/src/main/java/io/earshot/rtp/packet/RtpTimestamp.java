package io.earshot.rtp.packet;

import io.earshot.api.time.Ticker;

/** Arithmetic modulo 2^32 on RTP timestamps, and between their ticks and nanoseconds. */
public final class RtpTimestamp {
    private RtpTimestamp() {
    }

    /** Returns how many ticks {@code a} is ahead of {@code b}; right while the two are less than half the circle apart. */
    public static int difference(int a, int b) {
        return a - b;
    }

    /** Tells whether {@code a} comes after {@code b}. */
    public static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    /** Returns the timestamp with these low 32 bits that is nearest to an extended one of which is known. */
    public static long extend(int timestamp, long near) {
        return near + (timestamp - (int) near);
    }

    /** Converts ticks to nanoseconds, rounding towards zero, without overflow for any call that lasts less than a century. */
    public static long toNanos(long ticks, int clockRate) {
        return ticks / clockRate * Ticker.SECOND + ticks % clockRate * Ticker.SECOND / clockRate;
    }

    /** Converts nanoseconds to ticks, rounding towards zero, without overflow. */
    public static long toTicks(long nanos, int clockRate) {
        return nanos / Ticker.SECOND * clockRate + nanos % Ticker.SECOND * clockRate / Ticker.SECOND;
    }
}
