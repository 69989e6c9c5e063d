package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.sip.transaction.SuccessRetransmission.Due;
import java.util.StringJoiner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
class SuccessRetransmissionTest {
    private static final long T1 = Timers.DEFAULT.t1();

    @Test
    void doublesUpToT2AndGivesUpOnceAfter64T1() {
        SuccessRetransmission timer = new SuccessRetransmission(Timers.DEFAULT, 0);
        StringJoiner transcript = new StringJoiner(" ");
        while (timer.deadline() != NEVER) {
            long now = timer.deadline();
            transcript.add(now / T1 + (timer.onTime(now) == Due.RETRANSMIT ? ">" : "!"));
        }
        assertEquals("1> 3> 7> 15> 23> 31> 39> 47> 55> 63> 64!", transcript.toString());
        assertEquals(Due.NOTHING, timer.onTime(1_000 * T1));
    }

    @Test
    void nothingIsDueAfterTheAck() {
        SuccessRetransmission timer = new SuccessRetransmission(Timers.DEFAULT, 0);
        assertEquals(Due.NOTHING, timer.onTime(T1 - 1));
        assertEquals(Due.RETRANSMIT, timer.onTime(T1));
        timer.onAck();
        assertEquals(NEVER, timer.deadline());
        assertEquals(Due.NOTHING, timer.onTime(100 * T1));
    }

    @Test
    void aStallIsFollowedByOneRetransmissionOnly() {
        SuccessRetransmission timer = new SuccessRetransmission(Timers.DEFAULT, 0);
        assertEquals(Due.RETRANSMIT, timer.onTime(30 * T1));
        assertEquals(32 * T1, timer.deadline());
        assertEquals(Due.NOTHING, timer.onTime(30 * T1));
    }
}
