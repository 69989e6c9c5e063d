package io.earshot.rtp.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.rtcp.RtcpScheduler.Due;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The timing of RFC 4585 §3.5. */
@Tag("rfc4585")
class FeedbackScheduleTest {
    private static final long APART = 2 * Ticker.SECOND;

    private static RtcpScheduler call(int members, long reports) {
        RtcpScheduler schedule = new RtcpScheduler(IdSource.seeded(5), 160_000, false, 100, 0);
        schedule.group(members, members, true, 0);
        schedule.feedback(true, reports, 0);
        return schedule;
    }

    /** Runs until the deadline at which something is due. */
    private static long next(RtcpScheduler schedule, boolean waiting, Due wanted) {
        for (int i = 0; i < 1000; i++) {
            long now = schedule.deadline();
            Due due = schedule.due(now, waiting);
            if (due != Due.NOTHING) {
                assertEquals(wanted, due);
                schedule.sent(100);
                return now;
            }
        }
        throw new AssertionError("nothing is ever due");
    }

    @Test void betweenTwoPartiesFeedbackGoesOutAtOnceAndCostsTheNextTurn() {
        RtcpScheduler schedule = call(2, 0);
        next(schedule, false, Due.REPORT);
        long regular = schedule.deadline();
        long now = regular - 10 * Ticker.MILLISECOND;
        assertEquals(now, schedule.early(now));
        assertEquals(Due.FEEDBACK, schedule.due(now, true));
        long after = schedule.deadline();
        assertTrue(after > regular, "the next turn is left out");
        assertEquals(after, schedule.early(now + 1), "more has to wait for the one behind it");
        assertEquals(after, schedule.deadline());
        long turn = next(schedule, true, Due.REPORT);
        assertEquals(turn + 1, schedule.early(turn + 1), "from then on early feedback is allowed again");
    }

    @Test void feedbackThatBecameNeedlessCostsNothing() {
        RtcpScheduler schedule = call(2, 0);
        next(schedule, false, Due.REPORT);
        long regular = schedule.deadline();
        schedule.early(regular - 2);
        assertEquals(Due.NOTHING, schedule.due(regular - 2, false));
        assertEquals(regular, schedule.deadline());
        assertEquals(regular - 1, schedule.early(regular - 1));
    }

    @Test void reportsWithoutFeedbackKeepApart() {
        RtcpScheduler schedule = call(2, APART);
        long last = next(schedule, false, Due.REPORT);
        double sum = 0;
        for (int i = 0; i < 200; i++) {
            long now = next(schedule, false, Due.REPORT);
            assertTrue(now - last >= APART / 2 && now - last <= APART * 3 / 2 + 300 * Ticker.MILLISECOND, (now - last) + " ns");
            sum += now - last;
            last = now;
        }
        assertEquals(APART, sum / 200, 0.25 * APART);
    }

    @Test void feedbackThatWaitedGoesInATurnThatHasNoReport() {
        RtcpScheduler schedule = call(2, APART);
        long report = next(schedule, false, Due.REPORT);
        long turn = next(schedule, true, Due.FEEDBACK);
        assertTrue(turn - report < 400 * Ticker.MILLISECOND, (turn - report) + " ns");
    }

    @Test void inLargerGroupsItIsPutOffSoThatOthersMayAskFirst() {
        int off = 0;
        for (int seed = 0; seed < 50; seed++) {
            RtcpScheduler schedule = new RtcpScheduler(IdSource.seeded(seed), 160_000, false, 100, 0);
            schedule.group(20, 20, true, 0);
            schedule.feedback(true, 0, 0);
            long start = next(schedule, false, Due.REPORT);
            long at = schedule.early(start);
            assertTrue(at >= start && at < schedule.deadline() + 1 && at - start < 2 * Ticker.SECOND);
            off += at > start ? 1 : 0;
        }
        assertTrue(off > 45, off + " of 50 were put off");
    }

    @Test void withoutFeedbackTheFiveSecondsAreBack() {
        RtcpScheduler schedule = call(2, 0);
        next(schedule, false, Due.REPORT);
        schedule.feedback(false, 0, 0);
        long one = next(schedule, true, Due.REPORT);
        long two = next(schedule, true, Due.REPORT);
        assertTrue(two - one > 2 * Ticker.SECOND, (two - one) + " ns");
    }

    @Test void anAcknowledgementIsWrittenAndReadWithItsGaps() {
        byte[] out = new byte[64];
        RtcpWriter writer = new RtcpWriter().begin(out, 0).nack(1, 2).missing(65_530, 0b1000_0000_0000_0001).missing(20, 0);
        RtcpCompound compound = new RtcpCompound(io.earshot.rtp.packet.RtpLimits.DEFAULT, true);
        assertEquals(RtcpVerdict.OK, compound.wrap(out, 0, writer.length()));
        assertTrue(compound.next());
        GenericNack nack = new GenericNack();
        assertTrue(nack.wrap(compound));
        assertEquals(2, nack.source());
        for (int number : new int[] {65_530, 65_531, 10, 20, -1, -1}) {
            assertEquals(number, nack.next());
        }
    }
}
