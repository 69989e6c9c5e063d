package io.earshot.rtp.rtcp;

import io.earshot.api.time.Ticker;
import java.time.Instant;

/**
 * NTP timestamps (RFC 3550 §4): seconds since 1900 in the upper, their fraction in the lower 32 bits. An instance turns the
 * monotonic time of the core into them: the wall clock is read once by whoever makes it, so a clock that is set during the call
 * cannot bend round-trip times. Immutable.
 */
public final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private final long startNanos;
    private final long startSeconds;

    private NtpTime(Instant wall, long now) {
        startSeconds = wall.getEpochSecond() + SECONDS_1900_TO_1970;
        startNanos = wall.getNano() - now;
    }

    /** Returns the mapping under which the tick {@code now} is the instant {@code wall}. */
    public static NtpTime startingAt(Instant wall, long now) {
        return new NtpTime(wall, now);
    }

    /** Returns the 64 bits for an instant of the core. */
    public long at(long now) {
        long nanos = startNanos + now;
        long seconds = startSeconds + Math.floorDiv(nanos, Ticker.SECOND);
        return seconds << 32 | (Math.floorMod(nanos, Ticker.SECOND) << 32) / Ticker.SECOND;
    }

    /** Returns the middle 32 bits, as LSR and DLSR use them: units of 1/65536 s. */
    public static int compact(long ntp) {
        return (int) (ntp >>> 16);
    }

    /** Converts units of 1/65536 s to nanoseconds. */
    public static long compactToNanos(long units) {
        return units * Ticker.SECOND >> 16;
    }

    /** Converts nanoseconds to units of 1/65536 s, at most what 32 bits hold. */
    public static long nanosToCompact(long nanos) {
        long seconds = nanos / Ticker.SECOND;
        return seconds >= 65_536 ? 0xFFFF_FFFFL : (seconds << 16) + (nanos % Ticker.SECOND << 16) / Ticker.SECOND;
    }

    /**
     * Returns the round-trip time of a report block (RFC 3550 §6.4.1: A - LSR - DLSR), in nanoseconds.
     *
     * @param arrival when the block came, compact
     * @param lastSenderReport its LSR, 0 if the peer had no report of ours yet
     * @param delay its DLSR
     * @return -1 when it cannot be told: no LSR, or a result below zero (by more than clocks' rounding) or above a minute
     */
    public static long roundTrip(int arrival, int lastSenderReport, long delay) {
        if (lastSenderReport == 0) {
            return -1;
        }
        int units = arrival - lastSenderReport - (int) delay;
        if (units < -65 || units > 60 << 16) {
            return -1;
        }
        return compactToNanos(Math.max(units, 0));
    }
}
