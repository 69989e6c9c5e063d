package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.api.CallQuality;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams that lose packets ask each other for them. */
@Tag("rfc4585")
@Tag("rfc5506")
class LossControlTest {
    @Test
    void whatIsLostIsAskedForAndRepeatedBothWays() throws Exception {
        MediaPair pair = new MediaPair(0.05);
        pair.run(30_000);
        for (MediaPair.End end : new MediaPair.End[] {pair.left, pair.right}) {
            CallQuality.Repair repair = end.quality().repair();
            assertTrue(repair.repaired() > 35 && repair.repaired() <= repair.requested(), repair + " of about 75 lost");
            assertTrue(repair.repeated() > 35, repair.toString());
            assertTrue(end.quality().lossPercent() < 3.5, end.quality().lossPercent() + " %");
        }
        assertEquals(880, pair.left.hears(), 15);
    }

    @Test
    void nothingIsAllocatedForIt() throws Exception {
        MediaPair quiet = new MediaPair(1e-12);
        MediaPair lossy = new MediaPair(0.05);
        quiet.run(20_000);
        lossy.run(20_000);
        long idle = allocated(quiet);
        long busy = allocated(lossy);
        assertTrue(lossy.left.quality().repair().repaired() > 20);
        assertTrue(busy < idle + 100_000, busy + " bytes in 20 s with losses, " + idle + " without"); // copies on the test's own wire
    }

    private static long allocated(MediaPair pair) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        pair.run(20_000);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void withoutAnAgreementNothingOfItHappens() throws Exception {
        MediaPair pair = new MediaPair();
        pair.run(5_000);
        assertEquals(CallQuality.Repair.NONE, pair.left.quality().repair());
    }
}
