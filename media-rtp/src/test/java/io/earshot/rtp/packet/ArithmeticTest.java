package io.earshot.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
class ArithmeticTest {
    @Test void sequenceNumbersWrap() {
        assertEquals(0, SequenceNumber.next(65_535));
        assertEquals(3, SequenceNumber.difference(1, 65_534));
        assertEquals(-3, SequenceNumber.difference(65_534, 1));
        assertTrue(SequenceNumber.isAfter(0, 65_535));
        assertFalse(SequenceNumber.isAfter(5, 5));
        assertEquals(0x1_0002, SequenceNumber.extend(2, 0xFFF0));
        assertEquals(0x2_FFF0, SequenceNumber.extend(0xFFF0, 0x3_0002));
    }

    @Test void timestampsWrap() {
        assertEquals(160, RtpTimestamp.difference(100, -60));
        assertTrue(RtpTimestamp.isAfter(Integer.MIN_VALUE, Integer.MAX_VALUE));
        assertEquals(0x1_0000_0005L, RtpTimestamp.extend(5, 0xFFFF_FFF0L));
        assertEquals(0xFFFF_FFF0L, RtpTimestamp.extend(-16, 0x1_0000_0005L));
    }

    @Test void anExtendedNumberIsFoundFromItsLowBitsNearby() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            long near = random.nextLong(1L << 40);
            long sequence = near + random.nextInt(-32_768, 32_768);
            long timestamp = near + random.nextInt();
            assertEquals(sequence, SequenceNumber.extend((int) sequence & 0xFFFF, near));
            assertEquals(timestamp, RtpTimestamp.extend((int) timestamp, near));
        }
    }

    @Test void ticksAndNanosecondsConvertWithoutOverflow() {
        assertEquals(20 * Ticker.MILLISECOND, RtpTimestamp.toNanos(160, 8000));
        assertEquals(-20 * Ticker.MILLISECOND, RtpTimestamp.toNanos(-960, 48_000));
        long year = 365L * 24 * 3600;
        assertEquals(year * Ticker.SECOND, RtpTimestamp.toNanos(year * 48_000, 48_000));
        assertEquals(year * 48_000, RtpTimestamp.toTicks(year * Ticker.SECOND, 48_000));
    }
}
