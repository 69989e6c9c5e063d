package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.CallQuality;
import io.earshot.api.time.Ticker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The quality test of aqtest. */
@Timeout(30)
class ClassicMeasurementTest {
    private static byte[] rtp(int sequence) {
        byte[] packet = new byte[172];
        packet[0] = (byte) 0x80;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        return packet;
    }

    @Test
    @Proves({"event-text/aqtest statistics", "event-text/aqtest arrival timing"})
    void packetsAreCountedAndTheirGapsTold() {
        ClassicMeasurement.Course course = new ClassicMeasurement.Course();
        long[] times = {0, 20, 40, 61, 91, 92, 112};
        int[] numbers = {65_534, 65_535, 0, 1, 3, 2, 5};
        for (int i = 0; i < times.length; i++) {
            course.take(rtp(numbers[i]), times[i] * Ticker.MILLISECOND);
        }
        course.take(new byte[5], 0);
        course.roundTrip(Duration.ofMillis(50));
        course.roundTrip(Duration.ZERO);
        course.roundTrip(Duration.ofMillis(56));
        CallQuality quality = new CallQuality(0, 7, 1, 12.5, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 4,
                CallQuality.NONE.heard(), CallQuality.NONE.far());
        assertEquals(List.of("aqstat display begin",
                "aqstats: avg delay: 53 msec, max delay: 56 msec, loss: 13%, cseqproblems: 14%, expected: 8, recv: 7, cseqerr: 1, err: 1",
                "recv in 0 msec: 1 packets", "recv in 20 msec: 4 packets", "recv in 30 msec: 1 packets"), course.report(quality));
    }

    @Test
    void aCallBetweenTwoOwnAccountsIsMeasured() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("audiosource=silence", "sendrtponmuted=true", "aqtest=1", "autoaccept=true",
                "disablesamecall=0", "username2=bob", "password2=bob-secret").started()) {
            WebphoneRig.await("the second account", () -> rig.alice.API_GetAccountRegState("", "", "bob", "", false, true) == 1);
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.until("Speaking (0 sec)");
            rig.until("Speaking (0 sec)");
            for (int number = 1; number <= 2; number++) { // either may tell first, and needs two packets for the time between them
                ClassicLine line = rig.alice.phone().parts().lines().find(number).orElseThrow();
                WebphoneRig.await("packets", () -> line.call().quality().packetsReceived() > 10);
            }
            assertTrue(rig.alice.API_Hangup(-2));
            rig.until("aqstat display begin");
            String told = rig.until("aqstats: avg delay: ");
            assertTrue(told.matches("EVENT,EVENT,aqstats: avg delay: \\d+ msec, max delay: \\d+ msec, loss: \\d+%, cseqproblems: 0%, "
                    + "expected: \\d+, recv: [1-9]\\d*, cseqerr: 0, err: 0"), told);
            assertTrue(rig.until("recv in").matches("EVENT,EVENT,recv in \\d+ msec: \\d+ packets"));
        }
    }
}
