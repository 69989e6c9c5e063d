package io.earshot.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.rtp.testing.Packets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
@Tag("rfc8285")
class HeaderExtensionsTest {
    private static String elements(String profileAndLength, String data) {
        RtpPacket packet = Packets.wrap(Packets.hex("9000 0001 00000002 00000003" + profileAndLength + data + "77"));
        HeaderExtensions extensions = new HeaderExtensions().wrap(packet);
        StringBuilder out = new StringBuilder();
        while (extensions.next()) {
            out.append(extensions.id()).append(':');
            for (int i = 0; i < extensions.length(); i++) {
                out.append(String.format("%02x", packet.buffer()[extensions.offset() + i]));
            }
            out.append(' ');
        }
        return out.toString();
    }

    @Test void readsTheOneByteForm() {
        assertEquals("1:aa 2:bbcc ", elements("bede0002", "10aa 0000 21bbcc 00"));
    }

    @Test void readsTheTwoByteForm() {
        assertEquals("1: 200:aabb ", elements("10070002", "0100 00 c802aabb 00"));
    }

    @Test void stopsAtTheReservedIdentifier() {
        assertEquals("1:aa ", elements("bede0001", "10aa f0 10"));
    }

    @Test void yieldsTheElementsBeforeOneThatOverruns() {
        assertEquals("1:aa ", elements("bede0001", "10aa 25 00"));
        assertEquals("1:aa ", elements("10000001", "0101aa 02"));
        assertEquals("", elements("10000001", "01040000"));
    }

    @Test void otherProfilesHaveNoElements() {
        assertEquals("", elements("12340001", "10aa10aa"));
    }
}
