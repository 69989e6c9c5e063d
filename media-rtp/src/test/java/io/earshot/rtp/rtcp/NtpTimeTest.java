package io.earshot.rtp.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.time.Ticker;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
class NtpTimeTest {
    @Test void countsFrom1900() {
        NtpTime time = NtpTime.startingAt(Instant.EPOCH, 500 * Ticker.MILLISECOND);
        assertEquals(2_208_988_800L << 32, time.at(500 * Ticker.MILLISECOND));
        assertEquals(2_208_988_800L << 32 | 0x8000_0000L, time.at(Ticker.SECOND));
        assertEquals(2_208_988_799L << 32 | 0x8000_0000L, time.at(0));
    }

    @Test void convertsCompactUnits() {
        assertEquals(0x0003_8000, NtpTime.nanosToCompact(3_500 * Ticker.MILLISECOND));
        assertEquals(3_500 * Ticker.MILLISECOND, NtpTime.compactToNanos(0x0003_8000));
        assertEquals(0xFFFF_FFFFL, NtpTime.nanosToCompact(100_000 * Ticker.SECOND));
        assertEquals(0x4567_89AB, NtpTime.compact(0x0123_4567_89AB_CDEFL));
    }

    /** The example of RFC 3550 figure 2: A = b710:8000, LSR = b705:2000, DLSR = 5.250 s, so 6.125 s. */
    @Test void computesTheRoundTripOfTheRfcExample() {
        assertEquals(6_125 * Ticker.MILLISECOND, NtpTime.roundTrip(0xB710_8000, 0xB705_2000, 0x0005_4000));
    }

    @Test void refusesImpossibleRoundTrips() {
        assertEquals(-1, NtpTime.roundTrip(1000, 0, 5));
        assertEquals(-1, NtpTime.roundTrip(1000, 900, 100_000));
        assertEquals(-1, NtpTime.roundTrip(0x7000_0000, 5, 5));
        assertEquals(0, NtpTime.roundTrip(1000, 900, 120));
    }
}
