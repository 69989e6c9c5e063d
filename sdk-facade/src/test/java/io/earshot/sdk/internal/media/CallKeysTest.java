package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.sip.sdp.NegotiatedAudio.TelephoneEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys that come as telephone events. */
@Tag("rfc4733")
class CallKeysTest {
    private static final TelephoneEvent BOTH = new TelephoneEvent(110, 98, 48_000, "0-15", Map.of(101, 8000));
    private final List<String> heard = new ArrayList<>();
    private final CallKeys keys = new CallKeys(null);

    CallKeysTest() {
        keys.onKey((key, duration, method) -> heard.add(key + " " + duration.toMillis() + " " + method));
    }

    private void agree(TelephoneEvent event) {
        keys.negotiated(null, Optional.of(event), false, 48_000, 48_000);
    }

    /** Takes a packet of an event, and tells whether it was one. */
    private boolean take(int type, int timestamp, int event, boolean end, int ticks) {
        byte[] bytes = ByteBuffer.allocate(16).put((byte) 0x80).put((byte) type).putShort((short) 1).putInt(timestamp).putInt(7)
                .put((byte) event).put((byte) (end ? 0x8A : 0x0A)).putShort((short) ticks).array();
        RtpPacket packet = new RtpPacket();
        packet.wrap(bytes, 0, bytes.length);
        return keys.take(packet, Ticker.SECOND);
    }

    @Test
    void eventsAreReadUnderEachClockRateThatWasAgreedOn() {
        agree(BOTH);
        assertTrue(take(101, 1000, 5, true, 800));
        assertTrue(take(98, 60_000, 6, true, 4800));
        assertFalse(take(96, 90_000, 7, true, 800), "sound");
        assertEquals(List.of("5 100 RTP", "6 100 RTP"), heard);
    }

    @Test
    void anEventThatWasToldIsNotToldAgainAfterARenewedAgreement() {
        agree(BOTH);
        assertTrue(take(101, 1000, 5, true, 800));
        agree(new TelephoneEvent(126, 101, 8000, ""));
        assertTrue(take(101, 1000, 5, true, 800));
        assertFalse(take(98, 60_000, 6, true, 4800), "no longer agreed on");
        assertEquals(List.of("5 100 RTP"), heard);
    }
}
