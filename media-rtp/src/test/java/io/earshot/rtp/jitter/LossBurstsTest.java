package io.earshot.rtp.jitter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3611")
class LossBurstsTest {
    private final LossBursts bursts = new LossBursts();

    private void packets(String received) {
        for (char packet : received.toCharArray()) {
            if (packet == '1') {
                bursts.received();
            } else {
                bursts.lost();
            }
        }
    }

    @Test void lossesFarApartAreNoBurst() {
        packets(("1".repeat(49) + "0").repeat(10));
        assertEquals(0, bursts.burstDensity());
        assertEquals(256 / 50, bursts.gapDensity());
        assertEquals(0, bursts.burstPackets());
        assertEquals(500, bursts.gapPackets());
    }

    @Test void lossesNearEachOtherAre() {
        // 100 received; a burst of 8 packets of which 4 are lost; 100 received; the same; 100 received.
        packets("1".repeat(100) + "01101110" + "1".repeat(0) + "0" + "1".repeat(100) + "01101110" + "0" + "1".repeat(100));
        assertEquals(9, bursts.burstPackets());
        assertEquals(256 * 4 / 9, bursts.burstDensity());
        assertEquals(0, bursts.gapDensity());
        assertEquals(100, bursts.gapPackets());
    }

    @Test void nothingYetIsNothing() {
        assertEquals(0, bursts.burstDensity() + bursts.gapDensity());
    }
}
