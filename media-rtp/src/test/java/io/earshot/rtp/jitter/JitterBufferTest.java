package io.earshot.rtp.jitter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.testing.Packets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Transcripts: what playout gets, one letter per answer; a packet is its number counted from the first. */
class JitterBufferTest {
    private static final long MS = Ticker.MILLISECOND;
    private static final int FIRST_SEQUENCE = 65_530;
    private static final int FIRST_TIMESTAMP = -1600;
    private final JitterBuffer buffer = new JitterBuffer(JitterConfig.DEFAULT, 8000);
    private final Frame frame = new Frame();
    private final StringBuilder transcript = new StringBuilder();
    private long now;

    private InsertVerdict insert(int index) {
        return insert(FIRST_SEQUENCE + index, FIRST_TIMESTAMP + 160 * index, index);
    }

    private InsertVerdict insert(int sequence, int timestamp, int tag) {
        return buffer.insert(Packets.wrap(Packets.rtp(0, sequence & 0xFFFF, timestamp, 1, (byte) tag)), 160, now);
    }

    private Playout tick() {
        Playout playout = buffer.next(now, 160, false, frame);
        transcript.append(switch (playout) {
            case PACKET -> frame.payload()[0] & 0xFF;
            case SKIP -> "s" + (frame.payload()[0] & 0xFF);
            case LOST -> frame.hasFec() ? "Lf" + (frame.payload()[0] & 0xFF) : "L";
            case UNDERRUN -> "U";
            case GAP -> "-";
            case EMPTY -> "_";
        }).append(' ');
        return playout;
    }

    /** Each turn lasts 20 ms: one packet arrives unless its number is listed as missing, and playout is asked once. */
    private void run(int from, int to, Integer... missing) {
        for (int i = from; i < to; i++) {
            if (!Arrays.asList(missing).contains(i)) {
                insert(i);
            }
            tick();
            now += 20 * MS;
        }
    }

    private String transcript() {
        return transcript.toString().strip();
    }

    @Test void startsAfterTheInitialDelayAndPlaysInOrderAcrossTheWrap() {
        tick();
        run(0, 12);
        assertEquals("_ - - 0 1 2 3 4 5 6 7 8 9", transcript());
    }

    @Test void putsReorderedPacketsInOrder() {
        insert(1);
        insert(0);
        insert(2);
        now += 40 * MS;
        tick();
        tick();
        tick();
        assertEquals("0 1 2", transcript());
    }

    @Test void aLostPacketIsConcealedWithTheNextAtHandForFec() {
        run(0, 7, 3, 5, 6);
        assertEquals("- - 0 1 2 Lf4 4", transcript());
        run(7, 9);
        assertEquals("- - 0 1 2 Lf4 4 L Lf7", transcript());
        assertEquals(3, buffer.statistics().lost());
        assertEquals(160, frame.duration());
    }

    @Test void countsDuplicatesAndLateOnes() {
        run(0, 6, 2);
        assertEquals(InsertVerdict.DUPLICATE, insert(5));
        tick();
        assertEquals(InsertVerdict.LATE, insert(2));
        assertEquals(1, buffer.statistics().duplicates());
        assertEquals(1, buffer.statistics().late());
    }

    @Test void aLatePacketIsPlayedAndTheDelayGrows() {
        run(0, 8, 4, 5, 6, 7);
        assertEquals("- - 0 1 2 3 U U", transcript());
        insert(4);
        insert(5);
        tick();
        tick();
        assertEquals("- - 0 1 2 3 U U 4 5", transcript());
        assertEquals(0, buffer.statistics().lost());
    }

    @Test void whatWasConcealedAsLateIsNotConcealedAgainAsLost() {
        run(0, 9, 4, 5, 6, 7);
        run(9, 12);
        // 4 and 5 were concealed while late; 6 and 7 follow, then what came.
        assertEquals("- - 0 1 2 3 U U L Lf8 8 9", transcript());
        assertEquals(4, buffer.statistics().lost());
    }

    @Test void silenceSuppressionIsAGapNotALoss() {
        run(0, 4);
        int gap = 25; // half a second without packets
        for (int i = 0; i < gap; i++) {
            tick();
            now += 20 * MS;
        }
        for (int i = 4; i < 8; i++) {
            insert(FIRST_SEQUENCE + i, FIRST_TIMESTAMP + 160 * (i + gap), i);
            tick();
            now += 20 * MS;
        }
        String text = transcript();
        assertTrue(text.endsWith("_ _ _ - - 4 5"), text);
        assertEquals(0, buffer.statistics().lost());
    }

    @Test void aGapInsideTheBufferIsWaitedOut() {
        run(0, 2);
        for (int i = 2; i < 7; i++) {
            if (i == 4) { // after two packet times of silence
                insert(FIRST_SEQUENCE + 2, FIRST_TIMESTAMP + 160 * 4, 2);
            }
            tick();
            now += 20 * MS;
        }
        assertEquals("- - 0 1 - - 2", transcript());
    }

    @Test void sequenceNumbersOfOtherPayloadsAreNoLosses() {
        run(0, 2);
        buffer.pass(FIRST_SEQUENCE + 2 & 0xFFFF);
        insert(FIRST_SEQUENCE + 3, FIRST_TIMESTAMP + 160 * 2, 3);
        for (int i = 0; i < 3; i++) {
            tick();
        }
        assertEquals("- - 0 1 3", transcript());
        assertEquals(0, buffer.statistics().lost());
    }

    @Test void aStrayPacketIsIgnoredButAJumpIsFollowed() {
        run(0, 5);
        assertEquals(InsertVerdict.SUSPECT, insert(FIRST_SEQUENCE + 5, FIRST_TIMESTAMP + 8000 * 60, 99));
        run(5, 8);
        assertEquals(InsertVerdict.SUSPECT, insert(20_000, 8000 * 60, 100));
        now += 20 * MS;
        assertEquals(InsertVerdict.RESYNCHRONISED, insert(20_001, 8000 * 60 + 160, 101));
        now += 40 * MS;
        tick();
        assertTrue(transcript().endsWith(" 101"), transcript());
        assertEquals(1, buffer.statistics().resynchronisations());
    }

    @Test void aSequenceJumpAloneIsFollowedToo() {
        run(0, 5);
        assertEquals(InsertVerdict.SUSPECT, insert(30_000, FIRST_TIMESTAMP + 160 * 5, 1));
        now += 20 * MS;
        assertEquals(InsertVerdict.RESYNCHRONISED, insert(30_001, FIRST_TIMESTAMP + 160 * 6, 2));
    }

    @Test void afterALongBlackoutTheGapInNumbersIsNoJump() {
        run(0, 5);
        now += 60 * Ticker.SECOND;
        assertEquals(InsertVerdict.STORED_AFTER_OVERFLOW, insert(5 + 3000)); // what was unplayed is given up
        now += 40 * MS;
        tick();
        assertTrue(transcript().endsWith(" " + (3005 & 0xFF)), transcript());
    }

    @Test void aBacklogIsCutDown() {
        run(0, 5);
        for (int i = 5; i < 100; i++) {
            insert(i); // two seconds at once
        }
        now += 1900 * MS;
        assertEquals(Playout.PACKET, tick());
        assertTrue(buffer.buffered() <= 140 * MS, "still " + buffer.buffered() / MS + " ms");
        assertTrue(buffer.statistics().skipped() > 80);
    }

    @Test void moreThanThePoolHoldsPushesOutTheOldest() {
        for (int i = 0; i < 200; i++) {
            insert(i);
            now += MS;
        }
        assertEquals(200 - 128, buffer.statistics().overflows());
    }

    @Test void resetForgetsTheStream() {
        run(0, 5);
        buffer.reset(16_000);
        assertEquals(0, buffer.buffered());
        assertEquals(Playout.EMPTY, tick());
        assertEquals(16_000, buffer.clockRate());
    }

    @Test void refusesOversizePayloadsAndNonsense() {
        JitterBuffer small = new JitterBuffer(new JitterConfig(0, MS, 0, 4, 4, true, true, 10, 20), 8000);
        assertEquals(InsertVerdict.TOO_LONG, small.insert(Packets.wrap(Packets.rtp(0, 1, 1, 1, new byte[21])), 160, 0));
        assertEquals(InsertVerdict.STORED, small.insert(Packets.wrap(Packets.rtp(0, 1, 1, 1, new byte[20])), 160, 0));
        assertEquals(Playout.PACKET, small.next(MS, 160, false, frame));
        assertEquals(20, frame.length());
        assertThrows(IllegalArgumentException.class, () -> small.next(0, 0, false, frame));
        assertThrows(IllegalArgumentException.class, () -> new JitterConfig(0, MS, 0, 5, 5, true, true, 10, 20));
    }

    @Test void anySequenceOfPacketsIsSurvivedAndPlayedAtMostOnce() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 300; round++) {
            int sequence = random.nextInt(65_536);
            int timestamp = random.nextInt();
            for (int i = 0; i < 500; i++) {
                now += random.nextLong(40 * MS);
                int kind = random.nextInt(30);
                sequence += kind == 0 ? random.nextInt(-300, 300) : kind == 1 ? random.nextInt() : 1;
                timestamp += kind == 2 ? random.nextInt() : kind == 3 ? 8000 : 160;
                int duration = 1 + random.nextInt(960);
                buffer.insert(Packets.wrap(Packets.rtp(0, sequence & 0xFFFF, timestamp, 1, new byte[random.nextInt(40)])), duration, now);
                if (random.nextInt(9) == 0) {
                    buffer.pass(sequence + random.nextInt(5) & 0xFFFF);
                }
                buffer.next(now, 1 + random.nextInt(200), random.nextBoolean(), frame);
                assertTrue(frame.duration() > 0);
                assertTrue(buffer.buffered() >= 0);
            }
        }
        JitterStatistics statistics = buffer.statistics();
        assertTrue(statistics.played() + statistics.skipped() + statistics.late() + statistics.duplicates() <= statistics.inserted());
        assertTrue(statistics.resynchronisations() > 100);
    }
}
