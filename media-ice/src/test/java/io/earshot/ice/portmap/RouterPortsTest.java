package io.earshot.ice.portmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.route.MapperOutput;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a router made of a few lines, which speaks what a test wants, and restarts when it is told to. */
class RouterPortsTest {
    private static final InetAddress LOCAL = new InetSocketAddress("192.168.1.7", 1).getAddress();
    private static final InetSocketAddress GATEWAY = new InetSocketAddress("192.168.1.1", GatewayMapper.PORT);
    private static final String DESCRIPTION = "<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device><serviceList><service>"
        + "<serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><controlURL>/ctl</controlURL></service>"
        + "</serviceList></device></root>";

    private final RouterPorts ports = new RouterPorts(LOCAL, Optional.of(GATEWAY.getAddress()), IdSource.seeded(7));
    private final List<MapperOutput> told = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private long now;
    private long deadline;
    private boolean pcp;
    private boolean natPmp;
    private boolean upnp;
    private int refusal;
    private byte lastOfIp = 9;
    private boolean nearIp;
    private int control = 5000;

    private void drain() {
        for (MapperOutput next = ports.poll();; next = ports.poll()) {
            if (next instanceof MapperOutput.Wait wait) {
                deadline = wait.deadline();
                return;
            } else if (next instanceof MapperOutput.Transmit transmit) {
                datagram(transmit);
            } else if (next instanceof MapperOutput.Http http) {
                request(http);
            } else {
                told.add(next);
            }
        }
    }

    private byte[] ip() {
        return nearIp ? new byte[] {10, 0, 0, lastOfIp} : new byte[] {(byte) 203, 0, 113, lastOfIp};
    }

    private void datagram(MapperOutput.Transmit transmit) {
        byte[] data = transmit.data();
        if (transmit.to().equals(UpnpMapper.GROUP)) {
            asked.add("search");
            if (upnp) {
                ports.received(new InetSocketAddress("192.168.1.1", 1900), ("HTTP/1.1 200 OK\r\nLocation: http://192.168.1.1:" + control
                    + "/d\r\n\r\n").getBytes(StandardCharsets.US_ASCII), now);
            }
        } else if (data[0] == 2) {
            asked.add("pcp " + (ByteBuffer.wrap(data).getShort(40) & 0xFFFF) + ' ' + ByteBuffer.wrap(data).getInt(4));
            if (pcp) {
                ports.received(GATEWAY, ByteBuffer.allocate(60).put((byte) 2).put((byte) 0x81).put((byte) 0).put((byte) refusal)
                    .putInt(120).putInt(1000).put(new byte[12]).put(data, 24, 18).putShort((short) 7000).put(new byte[10])
                    .putShort((short) -1).put(ip()).array(), now);
            }
        } else if (data.length == 2) {
            asked.add("pmp");
            if (natPmp) {
                ports.received(GATEWAY, ByteBuffer.allocate(12).put((byte) 0).put((byte) 128).putShort((short) 0).putInt(9).put(ip())
                    .array(), now);
            }
        } else if (natPmp) {
            ports.received(GATEWAY, ByteBuffer.allocate(16).put((byte) 0).put((byte) 129).putShort((short) 0).putInt(9).put(data, 4, 2)
                .putShort((short) 6000).putInt(120).array(), now);
        }
    }

    private void request(MapperOutput.Http http) {
        String action = http.action().replaceAll(".*#|\"", "");
        asked.add(action.isEmpty() ? "describe" : action);
        boolean there = http.uri().getPort() == control && upnp;
        String body = action.isEmpty() ? DESCRIPTION : "<a><NewExternalIPAddress>203.0.113." + lastOfIp + "</NewExternalIPAddress></a>";
        ports.answered(http.request(), !there ? 0 : refusal == 0 ? 200 : 500, there ? body : "", now);
    }

    private void map(int port) {
        ports.map(port, now);
        drain();
    }

    private void until(long time) {
        for (int turns = 0; deadline <= time; turns++) {
            assertTrue(turns < 1000, "it asks for ever: " + deadline + " at " + now + " told " + told);
            now = Math.max(now, deadline);
            ports.onTime(now);
            drain();
        }
        now = time;
    }

    private static MapperOutput.Mapped mapped(int port, String ip, int external, String protocol) {
        return new MapperOutput.Mapped(port, new InetSocketAddress(ip, external), protocol);
    }

    @Test
    @Tag("rfc6887")
    void aRouterThatSpeaksPcpIsAskedForNothingElseAndTellsTheSameOnlyOnce() {
        pcp = true;
        map(4000);
        assertEquals(List.of(mapped(4000, "203.0.113.9", 7000, "PCP")), told);
        until(300 * Ticker.SECOND);
        assertEquals(1, told.size());
        assertEquals(List.of("pcp 4000 120"), asked.stream().distinct().toList());
        assertTrue(asked.size() >= 5, "renewed each minute: " + asked);
        ports.unmap(4000, now);
        drain();
        assertEquals("pcp 4000 0", asked.get(asked.size() - 1));
        assertEquals(Ticker.NEVER, deadline);
    }

    @Test
    @Tag("rfc6886")
    void whatWorksForOnePortIsAskedFirstForTheNext() {
        natPmp = true;
        map(4000);
        until(8 * Ticker.SECOND);
        assertEquals(List.of(mapped(4000, "203.0.113.9", 6000, "NAT-PMP")), told);
        asked.clear();
        map(4002);
        assertEquals(mapped(4002, "203.0.113.9", 6000, "NAT-PMP"), told.get(1));
        assertEquals(List.of("pmp"), asked);
    }

    @Test
    void upnpBeginsAThirdOfASecondLaterAndItsRouterIsRemembered() {
        upnp = true;
        map(4000);
        assertTrue(told.isEmpty());
        until(300 * Ticker.MILLISECOND);
        assertEquals(List.of(mapped(4000, "203.0.113.9", 4000, "UPnP")), told);
        asked.clear();
        map(4002);
        assertEquals(List.of("GetExternalIPAddress", "AddPortMapping"), asked);
        ports.close(now);
        drain();
        assertEquals(List.of("DeletePortMapping", "DeletePortMapping"), asked.subList(2, 4));
    }

    @Test
    void aUpnpRouterThatHasMovedOnItsMachineIsLookedForAgain() {
        upnp = true;
        map(4000);
        until(Ticker.SECOND);
        control = 5001;
        map(4002);
        until(2 * Ticker.SECOND);
        assertEquals(mapped(4002, "203.0.113.9", 4002, "UPnP"), told.get(told.size() - 1));
    }

    @Test
    void anAddressThatIsAnotherOneAfterARestartIsNewsOnceItIsLookedAt() {
        pcp = true;
        map(4000);
        lastOfIp = 10;
        ports.check(now);
        drain();
        assertEquals(List.of(mapped(4000, "203.0.113.9", 7000, "PCP"), mapped(4000, "203.0.113.10", 7000, "PCP")), told);
    }

    @Test
    void aNetworkWithoutSuchARouterIsLeftAloneForFiveMinutes() {
        map(4000);
        until(20 * Ticker.SECOND);
        assertEquals(1, told.size());
        asked.clear();
        map(4002);
        assertEquals(new MapperOutput.Unmapped(4002, ((MapperOutput.Unmapped) told.get(0)).reason()), told.get(1));
        assertTrue(asked.isEmpty(), "no call waits for it");
        pcp = true;
        until(400 * Ticker.SECOND);
        assertEquals(mapped(4000, "203.0.113.9", 7000, "PCP"), told.get(told.size() - 1));
    }

    @Test
    void aRouterThatGoesAwayIsAskedAgainSoon() {
        pcp = true;
        map(4000);
        pcp = false;
        until(150 * Ticker.SECOND);
        assertTrue(((MapperOutput.Unmapped) told.get(1)).reason().contains("did not renew"), told.toString());
        pcp = true;
        until(180 * Ticker.SECOND);
        assertEquals(mapped(4000, "203.0.113.9", 7000, "PCP"), told.get(told.size() - 1));
    }

    @Test
    void aRefusalIsToldRatherThanThatNobodyElseAnswers() {
        pcp = true;
        refusal = 2;
        map(4000);
        until(20 * Ticker.SECOND);
        assertEquals(List.of(new MapperOutput.Unmapped(4000, "the router refused to map port 4000: PCP result 2")), told);
    }

    @Test
    void aRouterBehindAnotherOneHelpsNobody() {
        pcp = true;
        nearIp = true;
        map(4000);
        assertEquals(List.of(new MapperOutput.Unmapped(4000, "the router is itself behind another one: it is seen at 10.0.0.9")), told);
        assertEquals("pcp 4000 0", asked.get(asked.size() - 1), "what was had is given back");
    }

    @Test
    void thereIsAnEndToWhatIsAskedFor() {
        pcp = true;
        for (int port = 10_000; port < 10_000 + RouterPorts.MOST; port++) {
            map(port);
        }
        map(9000);
        assertEquals(new MapperOutput.Unmapped(9000, "the router was asked for too many ports"), told.get(RouterPorts.MOST));
    }
}
