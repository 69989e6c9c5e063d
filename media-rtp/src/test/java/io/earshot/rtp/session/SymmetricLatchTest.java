package io.earshot.rtp.session;

import static io.earshot.rtp.session.SymmetricLatch.Decision.CANDIDATE;
import static io.earshot.rtp.session.SymmetricLatch.Decision.CURRENT;
import static io.earshot.rtp.session.SymmetricLatch.Decision.LATCHED;
import static io.earshot.rtp.session.SymmetricLatch.Decision.REJECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
@Tag("rfc4961")
class SymmetricLatchTest {
    private static final InetSocketAddress SIGNALLED = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress NAT = new InetSocketAddress("198.51.100.7", 61_000);
    private static final InetSocketAddress ATTACKER = new InetSocketAddress("203.0.113.66", 9);
    private final SymmetricLatch latch = new SymmetricLatch(LatchRules.DEFAULT);
    private int sequence = 100;

    private SymmetricLatch.Decision packet(InetSocketAddress source, boolean sameStream, long seconds) {
        return latch.onPacket(source, 7, sequence++, sameStream, seconds * Ticker.SECOND);
    }

    @Test void startsWithTheSignalledAddress() {
        assertTrue(latch.remote().isEmpty());
        latch.negotiated(SIGNALLED);
        assertEquals(SIGNALLED, latch.remote().orElseThrow());
        assertFalse(latch.isLatched());
        assertEquals(CURRENT, packet(SIGNALLED, false, 0));
        assertTrue(latch.isLatched());
    }

    @Test void followsTheFirstSourceThatSendsAStream() {
        latch.negotiated(SIGNALLED);
        assertEquals(CANDIDATE, packet(NAT, false, 0));
        assertEquals(LATCHED, packet(NAT, false, 0));
        assertEquals(CURRENT, packet(NAT, false, 0));
        assertEquals(NAT, latch.remote().orElseThrow());
    }

    @Test void packetsOfTwoSourcesMakeNoStream() {
        latch.negotiated(SIGNALLED);
        for (int i = 0; i < 10; i++) {
            assertEquals(CANDIDATE, packet(NAT, false, 0));
            assertEquals(CANDIDATE, packet(ATTACKER, false, 0));
        }
    }

    @Test void aThirdPartyIsRejectedOnceMediaFlows() {
        latch.negotiated(SIGNALLED);
        packet(SIGNALLED, true, 0);
        for (int i = 0; i < 1000; i++) {
            assertEquals(REJECTED, packet(ATTACKER, true, 1));
        }
        assertEquals(SIGNALLED, latch.remote().orElseThrow());
    }

    @Test void aThirdPartyWithAnotherStreamIsRejectedEvenInSilence() {
        latch.negotiated(SIGNALLED);
        packet(SIGNALLED, true, 0);
        assertEquals(REJECTED, packet(ATTACKER, false, 60));
    }

    @Test void theSameStreamMayMoveAfterSilence() {
        latch.negotiated(SIGNALLED);
        packet(SIGNALLED, true, 0);
        for (int i = 0; i < 4; i++) {
            assertEquals(CANDIDATE, packet(NAT, true, 3));
        }
        assertEquals(LATCHED, packet(NAT, true, 3));
        assertEquals(REJECTED, packet(ATTACKER, true, 3));
    }

    @Test void aPacketFromTheOldAddressStopsAMove() {
        latch.negotiated(SIGNALLED);
        packet(SIGNALLED, true, 0);
        for (int i = 0; i < 4; i++) {
            packet(NAT, true, 3);
        }
        packet(SIGNALLED, true, 3);
        assertEquals(REJECTED, packet(NAT, true, 3));
    }

    @Test void anotherNegotiatedAddressStartsOver() {
        latch.negotiated(SIGNALLED);
        packet(NAT, false, 0);
        packet(NAT, false, 0);
        latch.negotiated(SIGNALLED); // a re-INVITE that changes nothing must not cut the audio
        assertEquals(NAT, latch.remote().orElseThrow());
        InetSocketAddress moved = new InetSocketAddress("192.0.2.2", 5000);
        latch.negotiated(moved);
        assertEquals(moved, latch.remote().orElseThrow());
        assertFalse(latch.isLatched());
    }

    @Test void strictRulesTakeTheSignalledAddressOnly() {
        SymmetricLatch strict = new SymmetricLatch(LatchRules.STRICT);
        strict.negotiated(SIGNALLED);
        assertEquals(REJECTED, strict.onPacket(NAT, 1, 1, false, 0));
        assertEquals(CURRENT, strict.onPacket(SIGNALLED, 1, 1, false, 0));
    }
}
