package io.earshot.sdk.internal.media.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.CallPath;
import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteOutput;
import io.earshot.rtp.secure.HandshakeChange;
import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.rtp.secure.KeyVerdict.Secured;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What passes between sockets and stream, in clear, under keys, and while a handshake lasts. */
@Tag("rfc7983")
@Tag("rfc3711")
class MediaPathTest {
    static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress NAT = new InetSocketAddress("198.51.100.7", 61_000);
    private static final int LENGTH = 172;
    private final EventLoop loop = new EventLoop("test", Ticker.system(), Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // nothing to free
        }
    });
    private final KeyExchangeProvider provider = ServiceLoader.load(KeyExchangeProvider.class).findFirst().orElseThrow();
    private final List<String> told = new ArrayList<>();
    final End near = new End();
    final End far = new End();

    @AfterEach
    void close() {
        loop.close();
    }

    /** One end: its path, what left its socket, and what reached its stream. */
    final class End implements MediaSocket, MediaPath.Listener, RouteListener {
        final List<byte[]> wire = new ArrayList<>();
        final List<InetSocketAddress> targets = new ArrayList<>();
        final List<byte[]> heard = new ArrayList<>();
        final MediaPath path = new MediaPath(loop, (source, datagram) -> heard.add(bytes(datagram)), this, this);
        final MediaSocket socket = path.over(this, this).rtp();

        @Override
        public InetSocketAddress localAddress() {
            return PEER;
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            targets.add(peer);
            return wire.add(bytes(datagram));
        }

        @Override
        public void close() {
            told.add("closed");
        }

        @Override
        public void changed(Optional<String> suite) {
            told.add(suite.orElse("clear"));
        }

        @Override
        public void failed(String reason) {
            told.add(reason);
        }

        @Override
        public void changed(CallPath way) {
            told.add(way.name() + " to " + way.peer());
        }

        @Override
        public void doubtful(RouteOutput.Doubt doubt) {
            told.add("doubtful " + doubt);
        }

        @Override
        public void lost(String reason) {
            told.add("lost: " + reason);
        }

        @Override
        public void late() {
            told.add("late");
        }

        @Override
        public void complete() {
            // the search of this test tells all at once
        }

        @Override
        public void trouble(String sentence) {
            told.add(sentence);
        }

        void receive(byte[] packet) {
            path.rtp().received(PEER, ByteBuffer.wrap(Arrays.copyOf(packet, 400)).limit(packet.length));
        }
    }

    private static byte[] bytes(ByteBuffer datagram) {
        byte[] out = new byte[datagram.remaining()];
        datagram.get(out);
        return out;
    }

    static byte[] packet(int sequence) {
        byte[] packet = new byte[LENGTH];
        Arrays.fill(packet, 12, LENGTH, (byte) 0x55);
        packet[0] = (byte) 0x80;
        packet[3] = (byte) sequence;
        packet[11] = 7;
        return packet;
    }

    void agree() {
        KeyPolicy policy = new KeyPolicy(KeyPolicy.Demand.REQUIRED, List.of(), true);
        KeyExchange offerer = provider.sdes(policy, IdSource.seeded(1));
        Secured answered = (Secured) provider.sdes(policy, IdSource.seeded(2)).answer("RTP/SAVP", offerer.offer(true), true);
        Secured accepted = (Secured) offerer.accept("RTP/SAVP", List.of(answered.answer().orElseThrow()));
        near.path.apply(new Protection.Keys(accepted.change()), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        far.path.apply(new Protection.Keys(answered.change()), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
    }

    @Test
    void packetsPassInClearUntilThereAreKeys() {
        near.socket.send(PEER, ByteBuffer.wrap(packet(1)));
        assertArrayEquals(packet(1), near.wire.get(0));
        near.receive(packet(2));
        assertArrayEquals(packet(2), near.heard.get(0));
        agree();
        assertEquals(List.of("AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_80"), told);
        byte[] mine = packet(3);
        near.socket.send(PEER, ByteBuffer.wrap(mine));
        assertArrayEquals(packet(3), mine, "the stream's own copy stays as it was");
        byte[] sealed = near.wire.get(1);
        assertEquals(LENGTH + 10, sealed.length);
        assertFalse(Arrays.equals(Arrays.copyOfRange(packet(3), 12, LENGTH), Arrays.copyOfRange(sealed, 12, LENGTH)));
        far.receive(sealed);
        assertArrayEquals(packet(3), far.heard.get(0));
    }

    @Test
    void underKeysNothingInClearForgedOrPlayedAgainIsHeard() {
        agree();
        near.socket.send(PEER, ByteBuffer.wrap(packet(1)));
        byte[] sealed = near.wire.get(0);
        byte[] forged = sealed.clone();
        forged[50] ^= 1;
        far.receive(packet(9));
        far.receive(forged);
        far.receive(new byte[] {0});
        far.receive(sealed);
        far.receive(sealed);
        far.receive(Arrays.copyOf(sealed, 20));
        assertEquals(1, far.heard.size());
        assertEquals(5, far.path.path().refused().unprotected());
        far.path.apply(new Protection.None(), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        far.receive(packet(10));
        assertArrayEquals(packet(10), far.heard.get(1));
        assertEquals("clear", told.get(2));
    }

    @Test
    void aFloodOfGarbageUnderKeysAndOfPacketsMovedBy65536IsCountedAndEndsNothing() {
        agree();
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 5000; i++) {
            byte[] garbage = packet(i);
            random.nextBytes(garbage);
            garbage[0] = (byte) 0x80;
            garbage[1] &= 0x3F;
            far.receive(garbage);
        }
        near.socket.send(PEER, ByteBuffer.wrap(packet(1)));
        far.receive(near.wire.get(0));
        assertArrayEquals(packet(1), far.heard.get(0), "the call goes on");
        for (int packets = 0; packets < 65_536; packets++) { // all numbers once: the first sealed packet is now 2^16 behind
            byte[] next = packet(0);
            next[2] = (byte) (packets + 2 >> 8);
            next[3] = (byte) (packets + 2);
            near.socket.send(PEER, ByteBuffer.wrap(next));
            if (packets % 1000 == 0 || packets == 65_535) {
                far.receive(near.wire.get(near.wire.size() - 1));
            }
        }
        int heard = far.heard.size();
        far.receive(near.wire.get(0));
        assertEquals(heard, far.heard.size());
        assertEquals(5001, far.path.path().refused().unprotected());
        assertEquals(List.of("AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_80"), told, "nobody was told of an end");
    }

    /** A finder of ways that does as the test says. */
    private static final RelayDialer NOWHERE = new RelayDialer(List.of(), TlsConfig.DEFAULT, ProxyConfig.NONE);

    private static final class Ways implements RouteFinder {
        final Queue<RouteOutput> outputs = new ArrayDeque<>();
        final List<byte[]> relayed = new ArrayList<>();
        final List<Integer> closedStreams = new ArrayList<>();
        Receipt receipt = Receipt.MEDIA;
        int restarts;
        boolean relays;

        @Override
        public boolean relayTo(InetSocketAddress peer, long now) {
            return relays;
        }

        @Override
        public void gather(Sockets sockets, long now) {
            outputs.add(new RouteOutput.Transmit(PEER, NAT, new byte[] {0, 1}));
            outputs.add(new RouteOutput.Gathered());
        }

        @Override
        public List<String> attributes() {
            return List.of("ice-ufrag:abcd");
        }

        @Override
        public Optional<InetSocketAddress> defaultAddress() {
            return Optional.of(NAT);
        }

        @Override
        public Optional<Boolean> remote(List<String> attributes, Sockets sockets, long now) {
            return attributes.isEmpty() ? Optional.empty() : Optional.of(false);
        }

        @Override
        public boolean answered(List<String> attributes, Sockets sockets, long now) {
            return !attributes.isEmpty();
        }

        @Override
        public Receipt received(InetSocketAddress local, InetSocketAddress source, byte[] buffer, int offset, int length, long now) {
            return receipt;
        }

        @Override
        public void restart(Sockets sockets, long now) {
            restarts++;
            outputs.add(new RouteOutput.Gathered());
        }

        @Override
        public long refused() {
            return 7;
        }

        @Override
        public void streamOpened(int stream, long now) {
            throw new AssertionError(stream);
        }

        @Override
        public void streamReceived(int stream, byte[] buffer, int offset, int length, long now) {
            throw new AssertionError(stream);
        }

        @Override
        public void streamClosed(int stream, long now) {
            closedStreams.add(stream);
        }

        @Override
        public boolean send(byte[] datagram, long now) {
            return relayed.add(datagram);
        }

        @Override
        public void resolved(String name, List<InetAddress> addresses, long now) {
            throw new AssertionError(name);
        }

        @Override
        public void onTime(long now) {
            outputs.add(new RouteOutput.Lost("silence"));
        }

        @Override
        public RouteOutput poll(long now) {
            return outputs.isEmpty() ? new RouteOutput.Wait(1000) : outputs.poll();
        }

        @Override
        public void close(long now) {
            outputs.clear();
        }
    }

    @Test
    void portsOfTheRouterAreToldToPeersWithoutIceAndAreNothingForOthersButOneWayMore() {
        InetSocketAddress rtp = new InetSocketAddress("203.0.113.9", 4000);
        InetSocketAddress rtcp = new InetSocketAddress("203.0.113.9", 7001);
        assertEquals(new LocalRoute(List.of(), Optional.of(rtp), Optional.of(rtcp)), near.path.mapped(Optional.of(rtp), Optional.of(rtcp)));
        assertEquals(new LocalRoute(List.of("ice-ufrag:abcd"), Optional.of(NAT)),
                near.path.seek(new RouteSearch(new Ways(), NOWHERE), PEER.getAddress(), HostSockets.NONE).join());
    }

    @Test
    void aRelayWithoutIceIsToldAsAnAddressAndNothingGoesAnyOtherWay() {
        Ways ways = new Ways();
        ways.relays = true;
        assertEquals(new LocalRoute(List.of(), Optional.of(NAT)),
                near.path.relay(new RouteSearch(ways, NOWHERE), PEER.getAddress()).join());
        near.targets.clear();
        near.socket.send(PEER, ByteBuffer.wrap(packet(1)));
        near.path.apply(new Protection.None(), new MediaPath.Remote(PEER, Optional.empty(), List.of("ice-ufrag:efgh")));
        near.socket.send(PEER, ByteBuffer.wrap(packet(2)));
        near.path.knock(new MediaPath.Remote(PEER, Optional.empty(), List.of()), 2);
        assertEquals(1, ways.relayed.size(), "before the answer there is nowhere to send to");
        assertTrue(near.targets.isEmpty(), "nothing leaves directly");
        ways.receipt = RouteFinder.Receipt.STRANGER;
        near.receive(packet(3));
        assertTrue(near.heard.isEmpty());
        assertEquals(CallPath.End.RELAYED, near.path.path().local());
    }

    @Test
    void whatIsSentTakesTheRouteAndStrangersAreNotHeard() {
        Ways ways = new Ways();
        LocalRoute route = near.path.seek(new RouteSearch(ways, NOWHERE), PEER.getAddress(), HostSockets.NONE).join();
        assertEquals(new LocalRoute(List.of("ice-ufrag:abcd"), Optional.of(NAT)), route);
        near.path.apply(new Protection.None(), new MediaPath.Remote(PEER, Optional.empty(), List.of("ice-ufrag:efgh")));
        near.socket.send(PEER, ByteBuffer.wrap(packet(1)));
        assertArrayEquals(packet(1), ways.relayed.get(0), "before there is a way of its own");
        InetSocketAddress found = new InetSocketAddress("203.0.113.5", 5000);
        ways.outputs.add(new RouteOutput.Selected(false, PEER, found, false, "host", "srflx"));
        ways.receipt = RouteFinder.Receipt.CONSUMED;
        near.receive(new byte[] {1, 1});
        near.socket.send(PEER, ByteBuffer.wrap(packet(2)));
        assertEquals(List.of(NAT, found), near.targets);
        ways.receipt = RouteFinder.Receipt.STRANGER;
        near.receive(packet(3));
        assertTrue(near.heard.isEmpty());
        assertEquals(new CallPath(CallPath.End.HOST, CallPath.End.SERVER_REFLEXIVE, "203.0.113.5:5000", new CallPath.Refused(1, 0, 7, 0,
                0)),
                near.path.path());
        ways.receipt = RouteFinder.Receipt.MEDIA;
        near.receive(packet(4));
        ways.outputs.add(new RouteOutput.Relayed(false, found, packet(5)));
        near.path.onTime(1000);
        assertEquals(2, near.heard.size());
        near.socket.send(PEER, ByteBuffer.wrap(packet(6)));
        assertEquals(2, ways.relayed.size(), "the way was lost");
        near.path.apply(new Protection.None(), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        near.socket.send(PEER, ByteBuffer.wrap(packet(7)));
        assertEquals(PEER, near.targets.get(2), "a peer that gave it up is sent to where it says");
        assertEquals("direct", near.path.path().name());
        assertEquals(7, near.path.path().refused().stun(), "what was refused before counts on");
        assertEquals(List.of("host-srflx to 203.0.113.5:5000", "lost: silence"), told);
    }

    @Test
    void aSearchBeginsAnewOnlyWithAPeerThatSearchesTooAndSaysWhenThatIsWanted() {
        Ways ways = new Ways();
        near.path.seek(new RouteSearch(ways, NOWHERE), PEER.getAddress(), HostSockets.NONE).join();
        near.path.restart(NAT.getAddress(), List.of()).join();
        assertEquals(0, ways.restarts);
        near.path.apply(new Protection.None(), new MediaPath.Remote(PEER, Optional.empty(), List.of("ice-ufrag:efgh")));
        ways.outputs.add(new RouteOutput.Doubtful(RouteOutput.Doubt.MOVED));
        near.path.onTime(1000);
        assertEquals(List.of("doubtful MOVED", "lost: silence"), told);
        assertEquals(List.of("ice-ufrag:abcd"), near.path.restart(NAT.getAddress(), List.of()).join().attributes());
        assertEquals(1, ways.restarts);
    }

    @Test
    void aRelayThatCannotBeConnectedToIsToldOfAndLeftOut() {
        Ways ways = new Ways();
        ways.outputs.add(new RouteOutput.Connect(3, NAT, true));
        ways.outputs.add(new RouteOutput.StreamTransmit(3, packet(1)));
        loop.start();
        CompletableFuture<LocalRoute> told = new CompletableFuture<>();
        loop.execute(() -> near.path.seek(new RouteSearch(ways, NOWHERE), PEER.getAddress(), HostSockets.NONE).thenAccept(told::complete));
        told.join();
        loop.submit(() -> true).join();
        assertEquals(List.of(3), loop.submit(() -> List.copyOf(ways.closedStreams)).join());
    }

    @Test
    void nothingPassesDuringAHandshakeWhoseDatagramsFollowThePeerBehindItsNat() {
        Told handshake = new Told();
        byte[] hello = {22, 1, 2};
        near.path.rtp().received(NAT, ByteBuffer.wrap(hello));
        HandshakeChange change = (current, wake, now) -> handshake;
        near.path.apply(new Protection.Handshake(change), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        assertArrayEquals(hello, handshake.received.get(0), "what came before the answer is not lost");
        assertFalse(near.socket.send(PEER, ByteBuffer.wrap(packet(1))));
        near.receive(packet(2));
        assertTrue(near.heard.isEmpty());
        near.path.onTime(1000);
        assertEquals(List.of(NAT), near.targets);
        near.receive(hello);
        near.path.rtp().received(NAT, ByteBuffer.wrap(hello));
        assertEquals(2, handshake.received.size(), "once the signalled address has spoken, nobody else is heard");
        handshake.outputs.add(new HandshakeOutput.Failed("the peer's certificate is another"));
        near.path.onTime(2000);
        assertEquals(List.of("the peer's certificate is another"), told);
        assertFalse(near.socket.send(PEER, ByteBuffer.wrap(packet(3))), "without keys nothing flows");
    }

    @Test
    void aStrangerWhoIsFasterThanThePeerDoesNotKeepItOut() {
        List<Told> begun = new ArrayList<>();
        HandshakeChange change = (current, wake, now) -> {
            begun.add(new Told());
            return begun.get(begun.size() - 1);
        };
        byte[] hello = {22, 1, 2};
        near.path.apply(new Protection.Handshake(change), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        near.path.rtp().received(NAT, ByteBuffer.wrap(hello));
        assertEquals(1, begun.get(0).received.size(), "it might be the peer, behind its NAT");
        near.receive(hello);
        assertEquals(2, begun.size());
        assertEquals(1, begun.get(1).received.size(), "the address that signalling names begins anew");
        near.path.rtp().received(NAT, ByteBuffer.wrap(hello));
        assertEquals(1, begun.get(1).received.size());
        assertEquals(1, near.path.path().refused().handshake());
        assertEquals(List.of(), told);
    }

    @Test
    void aHandshakeThatFailsWithAStrangerIsBegunAnewWithThePeerAndToldOfOnlyIfThatFailsToo() {
        List<Told> begun = new ArrayList<>();
        HandshakeChange change = (current, wake, now) -> {
            begun.add(new Told());
            return begun.get(begun.size() - 1);
        };
        byte[] hello = {22, 1, 2};
        near.path.apply(new Protection.Handshake(change), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        near.path.rtp().received(NAT, ByteBuffer.wrap(hello));
        begun.get(0).outputs.add(new HandshakeOutput.Failed("the peer's certificate is another"));
        near.path.onTime(1000);
        assertEquals(2, begun.size());
        assertEquals(List.of(), told);
        near.path.rtp().received(NAT, ByteBuffer.wrap(hello));
        assertEquals(0, begun.get(1).received.size(), "that one is not heard again");
        begun.get(1).outputs.add(new HandshakeOutput.Failed("the peer does not answer"));
        near.path.onTime(2000);
        assertEquals(List.of("the peer does not answer; before that, of " + NAT.getAddress().getHostAddress() + ":" + NAT.getPort()
                + ", of which SDP knows nothing: the peer's certificate is another"), told);
    }

    @Test
    void whatHandshakesRefusedIsCountedThoughTheyAreReplaced() {
        List<Told> begun = new ArrayList<>();
        HandshakeChange change = (current, wake, now) -> {
            begun.add(new Told());
            return begun.get(begun.size() - 1);
        };
        near.path.apply(new Protection.Handshake(change), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        begun.get(0).refused = 3;
        assertEquals(3, near.path.path().refused().handshake());
        near.path.apply(new Protection.Handshake(change), new MediaPath.Remote(PEER, Optional.empty(), List.of()));
        assertEquals(3, near.path.path().refused().handshake());
        begun.get(1).refused = 4;
        assertEquals(7, near.path.path().refused().handshake());
    }
}
