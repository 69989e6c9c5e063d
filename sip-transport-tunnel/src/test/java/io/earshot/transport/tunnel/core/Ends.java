package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client and a gateway with a virtual clock and a line between them that can be slow, cut and listened to. */
final class Ends {
    static final String KEY = "0123456789abcdef";
    static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.10", 5060);
    static final InetAddress GATEWAY = new InetSocketAddress("198.51.100.1", 0).getAddress();
    static final InetAddress CLIENT = new InetSocketAddress("203.0.113.5", 0).getAddress();

    long now = 1_000 * Ticker.SECOND;
    /** How long bytes take each way. */
    long delay = 20 * Ticker.MILLISECOND;
    /** Nothing arrives any more, and nobody is told. */
    boolean silent;
    /** No connection can be made. */
    boolean unreachable;
    final List<ClientOutput> seen = new ArrayList<>();
    final List<String> arrived = new ArrayList<>();
    final List<String> sentOut = new ArrayList<>();
    final Map<Integer, Outside.Receiver> bound = new HashMap<>();
    final List<Tcp> tcp = new ArrayList<>();
    final StringBuilder streamed = new StringBuilder();
    final List<byte[]> wire = new ArrayList<>();
    final ClientCore client;
    GatewayCore gateway;
    final Destinations to = new Destinations();
    final Destinations mediaTo = new Destinations();
    private final Deque<InFlight> flying = new ArrayDeque<>();
    private Optional<GatewayLink> link = Optional.empty();
    private int nextPort = 40_000;
    private final IdSource ids = IdSource.seeded(7);
    private int connects;

    private record InFlight(long due, boolean toGateway, byte[] bytes, int connection) { }

    Ends(String key, boolean sealed) {
        client = new ClientCore(new ClientSettings("alice", key.getBytes(StandardCharsets.UTF_8), sealed, 200 * Ticker.MILLISECOND,
            5 * Ticker.SECOND), IdSource.seeded(3));
        to.add(SERVER.getAddress(), 5060);
        restart();
    }

    /** The gateway dies and another one takes its place; sockets are free again. */
    void restart() {
        bound.clear();
        nextPort = 40_000;
        link = Optional.empty();
        gateway = new GatewayCore(new GatewayRules(Map.of("alice", KEY.getBytes(StandardCharsets.UTF_8)), to, mediaTo,
            30 * Ticker.SECOND, 200 * Ticker.MILLISECOND, 100, 2, 4, 100_000, 50), ids, () -> now, new World(), link -> { });
    }

    /** A connection to a server. */
    static final class Tcp implements Outside.Stream {
        final Outside.StreamReceiver receiver;
        final StringBuilder taken = new StringBuilder();
        boolean full;
        boolean closed;

        Tcp(Outside.StreamReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public boolean send(ByteBuffer part) {
            taken.append(StandardCharsets.UTF_8.decode(part.duplicate()));
            return !full;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final class World implements Outside {
        @Override
        public Stream connect(InetSocketAddress peer, StreamReceiver receiver) {
            tcp.add(new Tcp(receiver));
            return tcp.get(tcp.size() - 1);
        }

        @Override
        public Socket[] bind(int wanted, int count, Receiver receiver) throws IOException {
            int first = wanted != 0 && !bound.containsKey(wanted) ? wanted : nextPort;
            nextPort += first == nextPort ? 2 : 0;
            Socket[] sockets = new Socket[count];
            for (int i = 0; i < count; i++) {
                sockets[i] = new Port(first + i);
                int index = i;
                bound.put(first + i, (ignored, peer, payload) -> receiver.received(index, peer, payload));
            }
            return sockets;
        }
    }

    private final class Port implements Outside.Socket {
        private final int port;

        Port(int port) {
            this.port = port;
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(GATEWAY, port);
        }

        @Override
        public void send(InetSocketAddress peer, ByteBuffer payload) {
            sentOut.add(port + ">" + peer.getAddress().getHostAddress() + ":" + peer.getPort() + " "
                + StandardCharsets.UTF_8.decode(payload.duplicate()));
        }

        @Override
        public void close() {
            bound.remove(port);
        }
    }

    void fromWorld(int port, InetSocketAddress peer, String text) {
        bound.get(port).received(0, peer, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    boolean send(int channel, InetSocketAddress peer, String text) {
        return client.send(channel, peer, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), now);
    }

    /** Lets time go by in steps of 5 ms. */
    void run(long milliseconds) {
        for (long t = 0; t < milliseconds; t += 5) {
            now += 5 * Ticker.MILLISECOND;
            turn();
        }
    }

    private void turn() {
        while (!flying.isEmpty() && flying.peek().due <= now) {
            InFlight piece = flying.remove();
            if (piece.connection != connects || silent) {
                continue;
            }
            if (piece.toGateway) {
                link.ifPresent(to -> to.onReceived(ByteBuffer.wrap(piece.bytes), now));
            } else {
                client.onReceived(ByteBuffer.wrap(piece.bytes), now);
                drain();
            }
        }
        client.onTime(now);
        gateway.onTime(now);
        drain();
        transmit();
    }

    private void transmit() {
        for (ByteBuffer out = client.transmit(now); out.hasRemaining(); out = client.transmit(now)) {
            fly(out, true);
        }
        if (link.isPresent()) {
            GatewayLink own = link.get();
            for (ByteBuffer out = own.transmit(now); out.hasRemaining(); out = own.transmit(now)) {
                fly(out, false);
            }
        }
    }

    private void fly(ByteBuffer out, boolean toGateway) {
        byte[] bytes = new byte[out.remaining()];
        out.get(bytes);
        wire.add(bytes);
        flying.add(new InFlight(now + delay, toGateway, bytes, connects));
    }

    private void drain() {
        for (Optional<ClientOutput> next = client.poll(now); next.isPresent(); next = client.poll(now)) {
            ClientOutput output = next.get();
            if (output instanceof ClientOutput.Connect) {
                connect();
            } else if (output instanceof ClientOutput.Disconnect) {
                cut();
            } else if (output instanceof ClientOutput.Received received) {
                arrived.add(received.channel() + "<" + received.peer().getPort() + " "
                    + StandardCharsets.UTF_8.decode(received.payload()));
            } else if (output instanceof ClientOutput.Part part) {
                streamed.append(StandardCharsets.UTF_8.decode(part.part()));
            } else {
                seen.add(output);
            }
        }
    }

    private void connect() {
        connects++;
        cut();
        if (unreachable) {
            client.onLost("refused", now);
            return;
        }
        link = gateway.link(CLIENT, now);
        if (link.isPresent()) {
            client.onConnected(now);
        } else {
            client.onLost("closed", now);
        }
    }

    private void cut() {
        link.ifPresent(gone -> gone.onLost(now));
        link = Optional.empty();
    }

    /** The connection breaks, and both ends know. */
    void breakLine() {
        cut();
        client.onLost("reset", now);
    }

    /** The client's machine sends this instead of what the client says. */
    void forgeToGateway(byte[] bytes) {
        link.ifPresent(to -> to.onReceived(ByteBuffer.wrap(bytes), now));
    }

    /** The gateway's machine sends this. */
    void forgeToClient(byte[] bytes) {
        client.onReceived(ByteBuffer.wrap(bytes), now);
        drain();
    }

    int connects() {
        return connects;
    }

    /** Returns where a channel is, by what the client was told last. */
    Optional<InetSocketAddress> address(int channel) {
        Optional<InetSocketAddress> last = Optional.empty();
        for (ClientOutput output : seen) {
            if (output instanceof ClientOutput.Opened opened && opened.channel() == channel) {
                last = Optional.of(opened.address());
            }
        }
        return last;
    }
}
