package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc3264")
class SdpModelTest {
    private static final SessionDescription BARE = SessionDescription.of(Origin.first("-", "7", "192.0.2.1"), Connection.of("192.0.2.1"),
        List.of());

    @Test
    void reversingTwiceIsNothingAndJoiningTakesTheLess() {
        for (Direction a : Direction.values()) {
            assertEquals(a, a.reverse().reverse());
            assertEquals(a, a.and(Direction.SENDRECV));
            assertEquals(Direction.INACTIVE, a.and(Direction.INACTIVE));
            assertEquals(Optional.of(a), Direction.parse(a.toString()));
            for (Direction b : Direction.values()) {
                assertEquals(a.and(b), b.and(a));
                assertEquals(a.sends() && b.sends(), a.and(b).sends());
                assertEquals(a.receives() && b.receives(), a.and(b).receives());
            }
        }
        assertEquals(Direction.RECVONLY, Direction.SENDONLY.reverse());
        assertEquals(Optional.empty(), Direction.parse("send"));
    }

    @Test
    void linesGoWhereTheStandardWantsThem() {
        SessionDescription sdp = BARE.with(new Attribute("ice-lite")).withLine(new Line('b', "AS:64")).withLine(new Line('i', "info"))
            .withLine(new Line('s', "name")).with(Attribute.of("group", "BUNDLE 0"));
        assertEquals("v=0\r\no=- 7 1 IN IP4 192.0.2.1\r\ns=name\r\ni=info\r\nc=IN IP4 192.0.2.1\r\nb=AS:64\r\nt=0 0\r\na=ice-lite\r\n"
            + "a=group:BUNDLE 0\r\n", sdp.toString());
    }

    @Test
    void withersLeaveTheOriginalAlone() {
        MediaDescription media = MediaDescription.of("audio", 4000, "RTP/AVP", List.of("0"));
        SessionDescription sdp = BARE.withMedia(List.of(media));
        SessionDescription changed = sdp.withMedia(0, media.withPort(0).withDirection(Direction.SENDONLY).withDirection(Direction.INACTIVE)
            .withConnection(Connection.of("2001:db8::1")).with(new Attribute("x")).without("X")).withOrigin(sdp.origin().next());
        assertEquals("m=audio 4000 RTP/AVP 0\r\n", sdp.toString().substring(sdp.toString().indexOf("m=")));
        assertEquals("m=audio 0 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\na=inactive\r\n",
            changed.toString().substring(changed.toString().indexOf("m=")));
        assertEquals("2", changed.origin().version());
        assertEquals("1", sdp.origin().version());
    }

    @Test
    void versionsBeyondSixtyFourBitsCountOn() {
        assertEquals("18446744073709551616", new Origin("-", "1", "18446744073709551615", "IP4", "h").next().version());
    }

    @Test
    void nothingCanSmuggleALineIn() {
        assertThrows(IllegalArgumentException.class, () -> new Line('a', "x\r\nm=audio"));
        assertThrows(IllegalArgumentException.class, () -> Attribute.of("x", "y\nz"));
        assertThrows(IllegalArgumentException.class, () -> new Origin("a\r\nb", "1", "1", "IP4", "h"));
        assertThrows(IllegalArgumentException.class, () -> Connection.of("h\r\na=x"));
        assertThrows(IllegalArgumentException.class, () -> MediaDescription.of("audio", 1, "RTP/AVP", List.of("0\r\na=x")));
        assertThrows(IllegalArgumentException.class, () -> new MediaAddress("a b", 1));
        assertThrows(IllegalArgumentException.class, () -> new Line('=', "x"));
    }

    @Test
    void aDescriptionCannotBeBuiltBroken() {
        List<Line> good = BARE.lines();
        assertThrows(IllegalArgumentException.class, () -> new SessionDescription(List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new SessionDescription(good.subList(0, 1), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new SessionDescription(good.subList(1, 3), List.of()));
        assertThrows(IllegalArgumentException.class, () -> BARE.withLine(new Line('m', "audio 1 RTP/AVP 0")));
        MediaDescription media = MediaDescription.of("audio", 1, "RTP/AVP", List.of("0"));
        assertThrows(IllegalArgumentException.class, () -> media.withLines(List.of(new Line('m', "audio 1 RTP/AVP 0"))));
        assertThrows(IllegalArgumentException.class, () -> media.withPort(65536));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.255, 192.0.2.255", "2001:db8::1, 2001:db8:0:0:0:0:0:1", "::ffff:192.0.2.1, 192.0.2.1"})
    void literalsAreAddresses(String host, String expected) {
        assertEquals(Optional.of(expected), new MediaAddress(host, 1).literal().map(InetAddress::getHostAddress));
    }

    @ParameterizedTest
    @ValueSource(strings = {"media.example.com", "192.0.2", "192.0.2.256", "192.0.2.1.1", "1.2.3.x", "2001:db8::1::2", "fe80::1%eth0",
        "a:b", "1.2.3.\u0664", "192.0.2.", "localhost", "2130706433"})
    void namesAndNearLiteralsAreNotLookedUp(String host) {
        assertEquals(Optional.empty(), new MediaAddress(host, 1).literal());
    }

    @Test
    void capabilitiesRefuseContradictions() {
        assertThrows(IllegalArgumentException.class, () -> Codecs.with().build());
        assertThrows(IllegalArgumentException.class, () -> Codecs.with(Codecs.PCMU).codec(Codecs.OPUS, Codecs.PROVIDER, 0).build());
        assertThrows(IllegalArgumentException.class, () -> Codecs.with(Codecs.PCMU).ptime(40, 20).build());
        assertThrows(IllegalArgumentException.class, () -> Codecs.with(Codecs.PCMU).rtcpPort(0).build());
        AudioCapabilities good = Codecs.with(Codecs.PCMU).build();
        String message = assertThrows(IllegalArgumentException.class, () -> new AudioCapabilities(good.address(), 4001, good.formats(),
            Direction.SENDRECV, 0, 0, good.options(), List.of(MediaProfile.SAVP), 0)).getMessage();
        assertTrue(message.contains("SAVP"), message);
        assertThrows(IllegalArgumentException.class, () -> Codecs.with(Codecs.PCMU).redundancy(-1).build());
    }
}
