package io.earshot.ice.portmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against routers made of a few lines. */
class PortMapTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.168.1.7", 4000);
    private static final InetSocketAddress ROUTER = new InetSocketAddress("192.168.1.1", GatewayMapper.PORT);

    private final List<PortMapOutput> told = new ArrayList<>();
    private long deadline;

    private GatewayMapper gateway() {
        GatewayMapper mapper = new GatewayMapper(ROUTER.getAddress(), LOCAL, Duration.ofHours(2), IdSource.seeded(1), 0);
        drain(mapper);
        return mapper;
    }

    private void drain(GatewayMapper mapper) {
        PortMapOutput output = mapper.poll();
        for (; !(output instanceof PortMapOutput.Wait); output = mapper.poll()) {
            told.add(output);
        }
        deadline = ((PortMapOutput.Wait) output).deadline();
    }

    private byte[] lastSent() {
        return told.stream().filter(PortMapOutput.Transmit.class::isInstance).map(PortMapOutput.Transmit.class::cast)
            .reduce((one, two) -> two).orElseThrow().data();
    }

    private PortMapOutput last() {
        return told.get(told.size() - 1);
    }

    private static byte[] pcpAnswer(byte[] request, int result, int lifetime, int port) {
        byte[] ip = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 203, 0, 113, 9};
        return ByteBuffer.allocate(60).put((byte) 2).put((byte) 0x81).put((byte) 0).put((byte) result).putInt(lifetime).putInt(1000)
            .put(new byte[12]).put(request, 24, 18).putShort((short) port).put(ip).array();
    }

    @Test
    @Tag("rfc6887")
    void pcpMapsRenewsAndUnmaps() {
        GatewayMapper mapper = gateway();
        assertEquals(60, lastSent().length);
        mapper.received(ROUTER, pcpAnswer(lastSent(), 0, 3600, 5555), 1);
        drain(mapper);
        assertEquals(new PortMapOutput.Mapped("PCP", new InetSocketAddress("203.0.113.9", 5555), Duration.ofHours(1)), last());
        assertEquals(1 + 1800 * Ticker.SECOND, deadline);
        mapper.timer(deadline);
        drain(mapper);
        assertEquals(5555, ByteBuffer.wrap(lastSent()).getShort(42) & 0xFFFF, "the same port is asked for again");
        mapper.received(ROUTER, pcpAnswer(lastSent(), 0, 3600, 5555), deadline);
        mapper.close();
        drain(mapper);
        assertEquals(0, ByteBuffer.wrap(lastSent()).getInt(4), "lifetime 0 takes it away");
    }

    @Test
    @Tag("rfc6887")
    void answersOfOthersOrWithoutOurNonceAreDropped() {
        GatewayMapper mapper = gateway();
        byte[] good = pcpAnswer(lastSent(), 0, 3600, 5555);
        assertFalse(mapper.received(new InetSocketAddress("192.168.1.66", GatewayMapper.PORT), good, 1));
        good[24] ^= 1;
        mapper.received(ROUTER, good, 1);
        int before = told.size();
        drain(mapper);
        assertEquals(before, told.size());
        assertEquals(1, mapper.rejected());
    }

    @Test
    @Tag("rfc6886")
    void anOlderRouterIsSpokenToInNatPmp() {
        GatewayMapper mapper = gateway();
        mapper.received(ROUTER, new byte[] {0, (byte) 0x81, 0, 1, 0, 0, 0, 5}, 1);
        drain(mapper);
        assertEquals(12, lastSent().length);
        mapper.received(ROUTER, new byte[] {0, (byte) 128, 0, 0, 0, 0, 0, 9, (byte) 203, 0, 113, 9}, 2);
        mapper.received(ROUTER, ByteBuffer.allocate(16).put((byte) 0).put((byte) 129).putShort((short) 0).putInt(9).putShort((short) 4000)
            .putShort((short) 6000).putInt(7200).array(), 3);
        drain(mapper);
        assertEquals(new PortMapOutput.Mapped("NAT-PMP", new InetSocketAddress("203.0.113.9", 6000), Duration.ofHours(2)), last());
    }

    @Test
    @Tag("rfc6887")
    void silenceAndRefusalsAreSentences() {
        GatewayMapper mapper = gateway();
        while (deadline != Ticker.NEVER) {
            mapper.timer(deadline);
            drain(mapper);
        }
        assertTrue(((PortMapOutput.Failed) last()).reason().contains("neither PCP nor NAT-PMP"));
        GatewayMapper refused = gateway();
        refused.received(ROUTER, pcpAnswer(lastSent(), 2, 30, 0), 1);
        drain(refused);
        assertEquals(new PortMapOutput.Failed("the router refused to map port 4000: PCP result 2"), last());
    }

    @Test
    @Tag("rfc6887")
    void mutatedAnswersNeverThrow() {
        SplittableRandom random = new SplittableRandom(6887);
        for (int i = 0; i < 100_000; i++) {
            GatewayMapper mapper = i % 10 == 0 ? gateway() : new GatewayMapper(ROUTER.getAddress(), LOCAL, Duration.ofHours(2),
                IdSource.seeded(i), 0);
            byte[] data = Arrays.copyOf(pcpAnswer(new byte[60], 0, 100, 9), random.nextInt(70));
            for (int flips = 0; flips < 4 && data.length > 0; flips++) {
                data[random.nextInt(Math.min(data.length, 8))] = (byte) random.nextInt(random.nextBoolean() ? 256 : 3);
            }
            mapper.received(ROUTER, data, 1);
            told.clear();
        }
        assertTrue(told.isEmpty());
    }

    private void drain(UpnpMapper mapper) {
        PortMapOutput output = mapper.poll();
        for (; !(output instanceof PortMapOutput.Wait); output = mapper.poll()) {
            told.add(output);
        }
        deadline = ((PortMapOutput.Wait) output).deadline();
    }

    private static byte[] found(String url) {
        return ("HTTP/1.1 200 OK\r\nLocation: " + url + "\r\nST: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static final String DESCRIPTION = "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device><serviceList>"
        + "<service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><controlURL>/ctl</controlURL></service>"
        + "</serviceList></device></root>";

    private void answer(UpnpMapper mapper, int status, String body) {
        mapper.answered(((PortMapOutput.Http) last()).id(), status, body, 1);
        drain(mapper);
    }

    private UpnpMapper described() {
        UpnpMapper mapper = new UpnpMapper(LOCAL, Duration.ofHours(1), 0);
        mapper.received(new InetSocketAddress("192.168.1.1", 1900), found("http://192.168.1.1:5000/desc.xml"), 1);
        drain(mapper);
        answer(mapper, 200, DESCRIPTION);
        answer(mapper, 200, "<a><NewExternalIPAddress>203.0.113.9</NewExternalIPAddress></a>");
        return mapper;
    }

    @Test
    void upnpMapsAndUnmaps() {
        UpnpMapper mapper = described();
        PortMapOutput.Http add = (PortMapOutput.Http) last();
        assertEquals("http://192.168.1.1:5000/ctl", add.uri().toString());
        assertTrue(add.action().contains("AddPortMapping") && add.body().contains("<NewInternalClient>192.168.1.7<"));
        answer(mapper, 200, "<ok/>");
        assertEquals(new PortMapOutput.Mapped("UPnP", new InetSocketAddress("203.0.113.9", 4000), Duration.ofHours(1)), last());
        mapper.close(2);
        drain(mapper);
        assertTrue(((PortMapOutput.Http) last()).action().contains("DeletePortMapping"));
    }

    @Test
    void upnpRoutersWithoutLeasesOrWithATakenPortAreMetHalfway() {
        UpnpMapper mapper = described();
        answer(mapper, 500, "<f><errorCode>725</errorCode></f>");
        assertTrue(((PortMapOutput.Http) last()).body().contains("<NewLeaseDuration>0<"));
        answer(mapper, 500, "<f><errorCode>718</errorCode></f>");
        assertTrue(((PortMapOutput.Http) last()).body().contains("<NewExternalPort>4002<"));
        answer(mapper, 200, "");
        assertEquals(4002, ((PortMapOutput.Mapped) last()).external().getPort());
    }

    @Test
    void upnpLeadsNowhereElse() throws UnknownHostException {
        InetAddress router = InetAddress.getByName("192.168.1.1");
        for (String bad : List.of("http://192.168.1.2/d", "https://192.168.1.1/d", "file:///etc/passwd", "http://evil.example/d",
                "http://user@192.168.1.1/d", "http://192.168.1.1.evil.example/", "not a url")) {
            assertTrue(UpnpMapper.safe(bad, router).isEmpty(), bad);
        }
        assertTrue(UpnpMapper.safe("http://203.0.113.1/d", InetAddress.getByName("203.0.113.1")).isEmpty(), "a public router");
        UpnpMapper mapper = new UpnpMapper(LOCAL, Duration.ofHours(1), 0);
        mapper.received(new InetSocketAddress("192.168.1.1", 1900), found("http://192.168.1.1/d"), 1);
        drain(mapper);
        answer(mapper, 200, DESCRIPTION.replace("/ctl", "http://127.0.0.1:22/"));
        assertTrue(last() instanceof PortMapOutput.Failed);
    }

    @Test
    void hostileXmlIsRefused() {
        for (String bad : List.of("", "<", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><root>&x;</root>",
                "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>", "<a>" + "<b>".repeat(10_000), "x".repeat(70_000))) {
            UpnpMapper mapper = new UpnpMapper(LOCAL, Duration.ofHours(1), 0);
            mapper.received(new InetSocketAddress("192.168.1.1", 1900), found("http://192.168.1.1/d"), 1);
            drain(mapper);
            mapper.answered(((PortMapOutput.Http) last()).id(), 200, bad, 2);
            drain(mapper);
            assertFalse(last() instanceof PortMapOutput.Mapped);
        }
    }

    @Test
    void aNetworkWithoutARouterIsGivenUp() {
        UpnpMapper mapper = new UpnpMapper(LOCAL, Duration.ofHours(1), 0);
        drain(mapper);
        while (deadline != Ticker.NEVER) {
            mapper.timer(deadline);
            drain(mapper);
        }
        assertEquals(new PortMapOutput.Failed("no UPnP router answers"), last());
    }
}
