package io.earshot.transport.tunnel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.tunnel.TunnelVisit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway that anybody can reach has to bear. */
class GuardTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.10", 30_000);
    private static final byte[] HELLO = FrameWriter.write(new Frame.Hello(1, new byte[16], new byte[0], "alice"));

    private static InetAddress ip(String text) {
        return new InetSocketAddress(text, 0).getAddress();
    }

    // ---- who guesses

    @Test
    void aPhoneWithAWrongKeyShutsNobodyOutWhoSharesItsAddress() {
        Guesses guesses = new Guesses();
        for (long now = 0; now < 3_600 * Ticker.SECOND; now += 15 * Ticker.SECOND) {
            guesses.wrong(Ends.CLIENT, now);
            assertFalse(guesses.tooMany(Ends.CLIENT, now));
        }
    }

    @Test
    void whoGuessesHasTenAMinute() {
        Guesses guesses = new Guesses();
        int tried = 0;
        for (long now = 0; now < 600 * Ticker.SECOND; now += 100 * Ticker.MILLISECOND) {
            if (!guesses.tooMany(Ends.CLIENT, now)) {
                guesses.wrong(Ends.CLIENT, now);
                tried++;
            }
        }
        assertTrue(tried > 100 && tried <= 111, "tried " + tried);
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true", "2001:db8:1:2::1, 2001:db8:1:3::1, false", "192.0.2.1, 192.0.2.2, false"})
    void anAddressOfIpv6IsANetwork(String guesser, String other, boolean same) {
        Guesses guesses = new Guesses();
        for (int i = 0; i < Guesses.MOST; i++) {
            guesses.wrong(ip(guesser), 0);
        }
        assertEquals(same, guesses.tooMany(ip(other), 0));
    }

    @Test
    void whoGuessesFromManyAddressesTakesNoMemoryForEver() {
        Ends ends = new Ends(Ends.KEY, false);
        for (int i = 0; i < 30_000; i++) {
            ends.gateway.failed(ip("198.51." + i % 256 + "." + i / 256 % 256), "alice", i);
        }
        assertEquals(30_000, ends.gateway.counters().refusedLogins());
        assertTrue(ends.gateway.link(ip("203.0.113.1"), 0).isPresent());
    }

    // ---- who comes and says nothing

    @Test
    void onlySoManyStrangersComeFromOneAddress() {
        Ends ends = new Ends(Ends.KEY, false);
        List<GatewayLink> links = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            links.add(ends.gateway.link(Ends.CLIENT, ends.now).orElseThrow());
        }
        assertTrue(ends.gateway.link(Ends.CLIENT, ends.now).isEmpty());
        assertTrue(ends.gateway.link(ip("203.0.113.6"), ends.now).isPresent());
        links.get(0).onLost(ends.now);
        assertTrue(ends.gateway.link(Ends.CLIENT, ends.now).isPresent());
        ends.gateway.onTime(ends.now + 11 * Ticker.SECOND);
        assertTrue(links.get(1).isOver(), "who says nothing has 10 s");
    }

    @Test
    void whereStrangersTakeAllTheRoomTheOldestOfThemGoesForWhoComes() {
        Ends ends = new Ends(Ends.KEY, false);
        ends.client.start();
        ends.run(200);
        List<GatewayLink> links = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            links.add(ends.gateway.link(ip("198.51.100." + i % 250), ends.now).orElseThrow());
        }
        assertEquals(200, ends.gateway.counters().connections());
        assertTrue(links.get(0).isOver() && !links.get(299).isOver());
        Ends other = new Ends(Ends.KEY, false);
        other.gateway = ends.gateway;
        other.now = ends.now;
        other.client.start();
        other.run(200);
        assertTrue(other.client.isUp() && ends.client.isUp());
    }

    @Test
    void aStrangerGetsNoMemory() {
        Ends ends = new Ends(Ends.KEY, false);
        GatewayLink link = ends.gateway.link(Ends.CLIENT, ends.now).orElseThrow();
        link.onReceived(ByteBuffer.wrap(HELLO), ends.now);
        ByteBuffer long3 = ByteBuffer.allocate(2_000).put((byte) FrameReader.DATA).putShort((short) 60_000).position(0);
        link.onReceived(long3, ends.now);
        assertTrue(link.isOver());
        assertEquals(1, ends.gateway.counters().malformed());
    }

    // ---- where it sends to

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0, 0, 192.0.2.7, 5000, true", "0.0.0.0, 0, 0, 10.1.2.3, 5000, false", "0.0.0.0, 0, 0, 127.0.0.1, 5000, false",
        "0.0.0.0, 0, 0, 169.254.169.254, 8080, false", "0.0.0.0, 0, 0, 192.168.1.1, 5000, false",
        "0.0.0.0, 0, 0, 255.255.255.255, 5000, false", "0.0.0.0, 0, 0, 192.0.2.7, 53, false", "0.0.0.0, 0, 53, 192.0.2.7, 53, true",
        "10.0.0.0, 8, 0, 10.1.2.3, 5000, true", "8.0.0.0, 6, 0, 10.1.2.3, 5000, false", "8.0.0.0, 6, 0, 11.1.2.3, 5000, true",
        "127.0.0.1, 32, 0, 127.0.0.1, 5060, true", "192.168.1.0, 24, 0, 192.168.1.9, 5060, true",
        "'::', 0, 0, 2001:db8::1, 5000, true", "'::', 0, 0, '::1', 5000, false", "'::', 0, 0, fe80::1, 5000, false",
        "'::', 0, 0, fd00::1, 5000, false", "'::', 0, 0, 64:ff9b::7f00:1, 5000, false", "'::', 0, 0, 2002:7f00:1::1, 5000, false",
        "'::', 0, 0, 192.0.2.7, 5000, false", "fd00::, 8, 0, fd00::1, 5000, true", "'::1', 128, 0, '::1', 5000, true",
        "0.0.0.0, 0, 0, 224.0.0.1, 5000, false", "'::', 0, 0, ff02::1, 5000, false"})
    void aWideNetworkMeansNothingReserved(String network, int bits, int port, String peer, int to, boolean allowed) {
        Destinations destinations = new Destinations();
        destinations.add(ip(network), bits, port);
        assertEquals(allowed, destinations.allow(new InetSocketAddress(peer, to)));
    }

    @Test
    void soundGoesToAllPortsOfAServerButThoseOfItsServices() {
        Destinations destinations = new Destinations();
        destinations.add(ip("192.0.2.7"), 443);
        assertTrue(destinations.allowHost(new InetSocketAddress("192.0.2.7", 5_000)));
        assertTrue(destinations.allowHost(new InetSocketAddress("192.0.2.7", 443)), "that was written");
        assertFalse(destinations.allowHost(new InetSocketAddress("192.0.2.7", 161)));
        assertFalse(destinations.allow(new InetSocketAddress("192.0.2.7", 5_000)));
    }

    // ---- who is slow

    @Test
    void whoTakesNothingIsNotQueuedForWithoutEnd() {
        Ends ends = new Ends(Ends.KEY, false);
        ends.client.start();
        int sip = ends.client.openSignalling();
        int rtp = ends.client.openMedia();
        ends.run(300);
        assertTrue(ends.client.isUp());
        String packet = "x".repeat(1_000);
        for (int i = 0; i < 5_000; i++) { // within a moment: nobody transmits
            ends.fromWorld(ends.address(rtp).orElseThrow().getPort(), PEER, packet);
            ends.fromWorld(ends.address(sip).orElseThrow().getPort(), Ends.SERVER, packet);
        }
        assertTrue(ends.gateway.counters().late() > 4_800, ends.gateway.counters().toString());
        assertTrue(ends.gateway.counters().overflowed() > 4_700, ends.gateway.counters().toString());
        ends.run(1_000);
        assertTrue(ends.client.isUp());
        assertTrue(ends.arrived.size() < 600, "came " + ends.arrived.size());
    }

    @Test
    void whoAsksAndTakesNoAnswersIsLeft() {
        Ends ends = new Ends(Ends.KEY, false);
        ends.client.start();
        ends.run(200);
        byte[] ping = FrameWriter.write(new Frame.Ping(1));
        for (int i = 0; i < 10_000; i++) {
            ends.forgeToGateway(ping);
        }
        assertEquals(1, ends.gateway.counters().malformed());
    }

    // ---- who is no user any more

    @Test
    void whoIsNoUserAnyMoreIsPutOutAndOthersStay() {
        byte[] key = Ends.KEY.getBytes(StandardCharsets.UTF_8);
        Ends ends = new Ends(Ends.KEY, false);
        ends.client.start();
        ends.run(200);
        ends.gateway.users(Map.of("alice", key, "bob", key));
        ends.run(200);
        assertTrue(ends.client.isUp());
        ends.gateway.users(Map.of("bob", key));
        ends.run(200);
        assertFalse(ends.client.isUp());
        assertEquals(0, ends.gateway.counters().sessions());
        assertTrue(ends.seen.stream().anyMatch(ClientOutput.Denied.class::isInstance), ends.seen.toString());
    }

    // ---- many

    /** All come at once, as when the gateway was started anew; half of them come back once more. */
    @Test
    void aThousandClientsAreLetInAtOnceAndComeBack() {
        List<TunnelVisit> visits = new ArrayList<>();
        byte[] key = Ends.KEY.getBytes(StandardCharsets.UTF_8);
        Destinations to = new Destinations();
        int[] port = {10_000};
        List<Integer> bound = new ArrayList<>();
        GatewayCore gateway = new GatewayCore(new GatewayRules(Map.of("alice", key), to, new Destinations(), 30 * Ticker.SECOND,
            200 * Ticker.MILLISECOND, 1_000, 1_000, 40, 100_000, 2_000), IdSource.seeded(1), () -> 0, (wanted, count, receiver) -> {
                Outside.Socket[] all = new Outside.Socket[count];
                for (int i = 0; i < count; i++) {
                    all[i] = new Bound(new InetSocketAddress(Ends.GATEWAY, port[0]++), bound);
                }
                return all;
            }, new GatewayOwner() {
                @Override
                public void wake(GatewayLink link) {
                    throw new AssertionError("nothing comes");
                }

                @Override
                public void visited(TunnelVisit visit) {
                    visits.add(visit);
                }
            });
        List<ClientCore> clients = new ArrayList<>();
        List<GatewayLink> links = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ClientCore client = new ClientCore(new ClientSettings("alice", key, false, 200 * Ticker.MILLISECOND, 5 * Ticker.SECOND),
                IdSource.seeded(i));
            client.openSignalling();
            for (int call = 0; call < 4; call++) {
                client.openMedia();
            }
            client.start();
            clients.add(client);
            links.add(enter(client, gateway));
        }
        clients.forEach(client -> assertTrue(client.isUp()));
        assertEquals(1_000, gateway.counters().sessions());
        assertEquals(5_000, gateway.counters().channels());
        assertEquals(9_000, bound.size());
        for (int i = 0; i < 1_000; i += 2) {
            links.get(i).onLost(1);
            clients.get(i).onLost("reset", 1);
            clients.get(i).onTime(1);
            enter(clients.get(i), gateway);
        }
        assertEquals(500, gateway.counters().resumed());
        assertEquals(1_000, gateway.counters().sessions());
        assertEquals(9_000, bound.size());
        assertEquals(1_000 + 500 + 500, visits.size());
        ClientCore last = new ClientCore(new ClientSettings("alice", key, false, 1, 5 * Ticker.SECOND), IdSource.seeded(5_000));
        last.start();
        enter(last, gateway);
        assertFalse(last.isUp());
        assertEquals(1, gateway.counters().refusedLimits());
    }

    private record Bound(InetSocketAddress address, List<Integer> all) implements Outside.Socket {
        Bound {
            all.add(address.getPort());
        }

        @Override
        public void send(InetSocketAddress peer, ByteBuffer payload) {
            throw new AssertionError("nothing goes");
        }

        @Override
        public void close() {
            all.remove((Integer) address.getPort());
        }
    }

    private static GatewayLink enter(ClientCore client, GatewayCore gateway) {
        for (Optional<ClientOutput> next = client.poll(0); next.isPresent(); next = client.poll(0)) {
            assertTrue(next.get() instanceof ClientOutput.Connect || next.get() instanceof ClientOutput.Down, next.toString());
        }
        GatewayLink link = gateway.link(Ends.CLIENT, 0).orElseThrow();
        client.onConnected(0);
        for (int turn = 0; turn < 4; turn++) {
            for (ByteBuffer out = client.transmit(0); out.hasRemaining(); out = client.transmit(0)) {
                link.onReceived(out, 0);
            }
            for (ByteBuffer out = link.transmit(0); out.hasRemaining(); out = link.transmit(0)) {
                client.onReceived(out, 0);
                while (client.poll(0).isPresent()) {
                    assertTrue(turn < 4);
                }
            }
        }
        return link;
    }
}
