package io.earshot.api.proxy.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.proxy.ProxyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Datagrams through SOCKS: what is said to the proxy, what datagrams look like, and what becomes of those that make no sense. */
@Tag("rfc1928")
class SocksTest {
    private static final ProxyConfig PROXY = ProxyConfig.socks5("proxy.example.com", 1080);
    private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.9", 1080);

    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return HexFormat.of().formatHex(all);
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    @Test
    void anAssociationIsAskedForAndItsRelayTaken() {
        UdpAssociation talk = new UdpAssociation(PROXY);
        assertEquals("050100", hex(talk.begin()));
        assertEquals(ProxyHandshake.Verdict.REPLY, talk.received(hex("0500")));
        assertEquals("05030001000000000000", hex(talk.reply()));
        assertEquals(ProxyHandshake.Verdict.MORE, talk.received(hex("050000 01 cb00")));
        assertEquals(ProxyHandshake.Verdict.OPEN, talk.received(hex("7105 1388")));
        assertEquals(at("203.0.113.5", 5000), talk.relay(SERVER));
    }

    @Test
    void aRelayWithoutAnAddressIsAtTheProxy() {
        assertEquals(at("203.0.113.9", 5000), answered("050000 01 00000000 1388").relay(SERVER));
    }

    @Test
    void aRelayMayHaveAnIpv6AddressOrAName() {
        assertEquals(at("2001:db8::7", 5000), answered("050000 04 20010db8000000000000000000000007 1388").relay(SERVER));
        assertEquals(InetSocketAddress.createUnresolved("udp.x", 5000), answered("050000 03 05 7564702e78 1388").relay(SERVER));
    }

    private static UdpAssociation answered(String answer) {
        UdpAssociation talk = new UdpAssociation(PROXY);
        talk.begin();
        talk.received(hex("0500"));
        assertEquals(ProxyHandshake.Verdict.OPEN, talk.received(hex(answer)));
        return talk;
    }

    @Test
    @Tag("rfc1929")
    void aLoginIsGivenWhereItIsWanted() {
        UdpAssociation talk = new UdpAssociation(PROXY.withLogin("me", "secret"));
        assertEquals("05020002", hex(talk.begin()));
        assertEquals(ProxyHandshake.Verdict.REPLY, talk.received(hex("0502")));
        assertEquals("01026d65" + "06736563726574", hex(talk.reply()));
        assertEquals(ProxyHandshake.Verdict.REPLY, talk.received(hex("0100")));
        assertEquals("05030001000000000000", hex(talk.reply()));
    }

    @Test
    void aProxyThatCarriesNoUdpSaysSo() {
        UdpAssociation talk = new UdpAssociation(PROXY);
        talk.begin();
        talk.received(hex("0500"));
        assertEquals(ProxyHandshake.Verdict.FAILED, talk.received(hex("050700 01 00000000 0000")));
        assertEquals("the SOCKS proxy proxy.example.com: it carries no UDP", talk.reason());
    }

    @Test
    void anAssociationWithoutAPortIsNone() {
        UdpAssociation talk = new UdpAssociation(PROXY);
        talk.begin();
        talk.received(hex("0500"));
        assertEquals(ProxyHandshake.Verdict.FAILED, talk.received(hex("050000 01 00000000 0000")));
        assertEquals("the SOCKS proxy proxy.example.com: it names no port for UDP", talk.reason());
        assertThrows(IllegalArgumentException.class, () -> new UdpAssociation(ProxyConfig.http("proxy.example.com", 8080)));
    }

    // ---- datagrams

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void datagramsAreWrappedForEachKindOfAddress() {
        SocksDatagrams datagrams = new SocksDatagrams();
        assertEquals("000000 01 c0000201 13c4 6869".replace(" ", ""), hex(datagrams.wrap(at("192.0.2.1", 5060), text("hi")).orElseThrow()));
        assertEquals("000000 01 c0000201 13c4 686f".replace(" ", ""), hex(datagrams.wrap(at("192.0.2.1", 5060), text("ho")).orElseThrow()));
        assertEquals("000000 04 20010db8000000000000000000000001 13c4 6869".replace(" ", ""),
            hex(datagrams.wrap(at("2001:db8::1", 5060), text("hi")).orElseThrow()));
        assertEquals("000000 03 05 7369702e78 13c4 6869".replace(" ", ""),
            hex(datagrams.wrap(new InetSocketAddress(ProxiedNames.standIn("sip.x"), 5060), text("hi")).orElseThrow()));
    }

    @Test
    void datagramsAreUnwrappedWithTheirSource() {
        SocksDatagrams datagrams = new SocksDatagrams();
        for (int i = 0; i < 2; i++) {
            ByteBuffer in = hex("000000 01 c0000201 13c4 6869");
            assertTrue(datagrams.unwrap(in));
            assertEquals("6869", hex(in));
            assertEquals(at("192.0.2.1", 5060), datagrams.source());
        }
        ByteBuffer other = hex("000000 04 20010db8000000000000000000000001 13c5 00");
        assertTrue(datagrams.unwrap(other));
        assertEquals(at("2001:db8::1", 5061), datagrams.source());
        assertEquals(1, other.remaining());
        assertEquals(0, datagrams.dropped());
    }

    @Test
    void aNameIsASourceOnlyIfItWasSentTo() {
        SocksDatagrams datagrams = new SocksDatagrams();
        assertFalse(datagrams.unwrap(hex("000000 03 05 7369702e78 13c4 6869")));
        InetSocketAddress peer = new InetSocketAddress(ProxiedNames.standIn("sip.x"), 5060);
        datagrams.wrap(peer, text("hi"));
        assertTrue(datagrams.unwrap(hex("000000 03 05 7369702e78 13c4 6869")));
        assertEquals(peer, datagrams.source());
        assertEquals(1, datagrams.dropped());
    }

    @Test
    void fragmentsAndWhatMakesNoSenseIsDropped() {
        SocksDatagrams datagrams = new SocksDatagrams();
        assertTrue(datagrams.unwrap(hex("000000 01 c0000201 13c4 6869")));
        for (String bad : new String[] {"", "00", "000000", "000001 01 c0000201 13c4 6869", "000080 01 c0000201 13c4 6869",
            "000000 02 c0000201 13c4", "000000 01 c00002", "000000 01 c0000201 13", "000000 03 00 13c4 00", "000000 03 ff 41 13c4",
            "000000 01 c0000201 0000 00", "000000 03 03 410a42 13c4"}) {
            assertFalse(datagrams.unwrap(hex(bad)), bad);
        }
        assertEquals(12, datagrams.dropped());
        assertEquals(at("192.0.2.1", 5060), datagrams.source());
    }

    @Test
    void whatIsTooLongIsDroppedNotSent() {
        SocksDatagrams datagrams = new SocksDatagrams();
        assertEquals(Optional.empty(), datagrams.wrap(at("192.0.2.1", 5060), ByteBuffer.allocate(SocksDatagrams.MOST + 1)));
        assertTrue(datagrams.wrap(at("192.0.2.1", 5060), ByteBuffer.allocate(SocksDatagrams.MOST)).isPresent());
        assertEquals(Optional.empty(), datagrams.wrap(new InetSocketAddress(ProxiedNames.standIn("x".repeat(256)), 5060), text("hi")));
        assertEquals(2, datagrams.dropped());
    }

    /** Whatever comes is taken or dropped, and what is taken is what another one would have wrapped. */
    @Test
    void mutatedDatagramsAndAnswersThrowNothing() {
        Random random = new Random(20261121);
        byte[][] samples = {array("000000 01 c0000201 13c4 68690102"), array("000000 04 20010db8000000000000000000000001 13c4 6869"),
            array("000000 03 05 7369702e78 13c4 6869"), array("0500 050000 01 c0000201 13c4"),
            array("0502 0100 050000 03 05 7564702e78 1388"), array("0500 050000 04 20010db8000000000000000000000001 13c4")};
        SocksDatagrams datagrams = new SocksDatagrams();
        SocksDatagrams other = new SocksDatagrams();
        int taken = 0;
        int open = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = mutated(samples[i % samples.length], random);
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (datagrams.unwrap(in)) {
                taken++;
                ByteBuffer payload = in.duplicate();
                ByteBuffer again = other.wrap(datagrams.source(), payload).orElseThrow();
                assertEquals(in.remaining(), payload.limit() - in.position());
                assertTrue(again.remaining() >= in.remaining());
            }
            UdpAssociation talk = new UdpAssociation(PROXY.withLogin("me", "secret"));
            talk.begin();
            ByteBuffer answer = ByteBuffer.wrap(bytes);
            ProxyHandshake.Verdict verdict = talk.received(answer);
            while (verdict == ProxyHandshake.Verdict.REPLY && answer.hasRemaining()) {
                talk.reply();
                verdict = talk.received(answer);
            }
            if (verdict == ProxyHandshake.Verdict.OPEN) {
                open++;
                assertTrue(talk.relay(SERVER).getPort() > 0);
            } else if (verdict == ProxyHandshake.Verdict.FAILED) {
                assertFalse(talk.reason().isEmpty());
            }
        }
        assertTrue(taken > 1_000 && open > 1_000, taken + " taken, " + open + " open");
        assertTrue(datagrams.dropped() > 1_000);
    }

    private static byte[] array(String text) {
        return hex(text).array();
    }

    private static byte[] mutated(byte[] sample, Random random) {
        byte[] bytes = Arrays.copyOf(sample, random.nextInt(4) == 0 ? random.nextInt(sample.length + 8) : sample.length);
        for (int n = random.nextInt(3); n > 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void namesThatOnlyTheProxyKnowsHaveAnAddressThatNobodyHas() throws UnknownHostException {
        InetAddress standIn = ProxiedNames.standIn("sip.example.com");
        assertEquals(Optional.of("sip.example.com"), ProxiedNames.name(standIn));
        assertArrayEquals(standIn.getAddress(), ProxiedNames.standIn("SIP.example.com").getAddress());
        assertEquals("sip.example.com", ProxiedNames.target(new InetSocketAddress(standIn, 5060)));
        assertEquals(Optional.empty(), ProxiedNames.name(InetAddress.getByName("192.0.2.1")));
        assertEquals(Optional.empty(), ProxiedNames.name(InetAddress.getByAddress(standIn.getAddress())));
        assertEquals("2001:db8:0:0:0:0:0:1", ProxiedNames.target(at("2001:db8::1", 5060)));
    }
}
