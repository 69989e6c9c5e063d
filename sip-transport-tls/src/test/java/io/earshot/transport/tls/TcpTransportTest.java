package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.ManualTicker;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that refuse, stall, vanish, or come in crowds: against plain sockets, with the timers' time in the test's hand. */
class TcpTransportTest {
    private final ManualTicker ticker = new ManualTicker();
    private final TestIoLoop loop = new TestIoLoop(ticker);
    private final Told told = new Told();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        loop.close();
    }

    private SipTransport open(StreamConfig config) throws IOException {
        SipTransport transport = new TcpTransportProvider().open(TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0))
            .withStream(config), loop, told);
        opened.add(transport);
        return transport;
    }

    private Socket connect(SipTransport to) throws IOException {
        Socket socket = new Socket();
        opened.add(socket);
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        socket.connect(to.localAddress());
        return socket;
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private ServerSocket listener(int backlog) throws IOException {
        ServerSocket server = new ServerSocket(0, backlog, Loopback.IPV4);
        opened.add(server);
        return server;
    }

    private static String peer(ServerSocket server) {
        return "TCP with 127.0.0.1 port " + server.getLocalPort() + ": ";
    }

    @Test
    void aRefusedConnectionFailsOnceForAllThatWaitsForIt() throws IOException {
        ServerSocket server = listener(1);
        server.close();
        SipTransport transport = open(StreamConfig.DEFAULT);
        InetSocketAddress nobody = new InetSocketAddress(Loopback.IPV4, server.getLocalPort());
        transport.send(nobody, "", utf8("one"));
        transport.send(nobody, "", utf8("two"));
        loop.await("the failure", () -> !told.failures.isEmpty());
        loop.turn(0);
        assertTrue(told.failures.contains(peer(server) + "the connection was refused: nothing listens there, or a firewall rejects it"),
            told.failures.toString());
        assertEquals(List.of(), told.closes);
        assertEquals(2, transport.counters().sendFailed());
    }

    @Test
    void whoWantsOneConnectionOnlyLetsNobodyInAndHasItAllTheSame() throws IOException {
        ServerSocket server = listener(1);
        SipTransport transport = open(StreamConfig.DEFAULT.withMaxConnections(1));
        assertThrows(ConnectException.class, () -> connect(transport));
        InetSocketAddress there = new InetSocketAddress(Loopback.IPV4, server.getLocalPort());
        transport.send(there, "", utf8("hello"));
        loop.turn(0);
        Socket taken = server.accept();
        opened.add(taken);
        byte[] got = new byte[5];
        loop.turn(0);
        taken.setSoTimeout(20_000);
        for (int read = 0; read < got.length; ) {
            read += taken.getInputStream().read(got, read, got.length - read);
        }
        assertEquals("hello", new String(got, StandardCharsets.UTF_8));
    }

    @Test
    void aPeerThatNeverAnswersFailsInTime() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT);
        ServerSocket server = listener(1);
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < 2; i++) { // fills the backlog, so that the next SYN is not answered
            Socket socket = new Socket(Loopback.IPV4, server.getLocalPort());
            crowd.add(socket);
            opened.add(socket);
        }
        transport.send(new InetSocketAddress(Loopback.IPV4, server.getLocalPort()), "", utf8("hello"));
        loop.turn(0);
        ticker.advance(Duration.ofSeconds(9));
        loop.turn(0);
        assertEquals(List.of(), told.failures);
        ticker.advance(Duration.ofSeconds(1));
        loop.turn(0);
        loop.turn(0);
        assertEquals(List.of(peer(server) + "no answer to the attempt to connect within 10 s"), told.failures);
    }

    @Test
    void aResetIsToldOnceForAFlowThatWasInUse() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT);
        Socket socket = connect(transport);
        socket.getOutputStream().write("INV".getBytes(StandardCharsets.UTF_8));
        loop.await("the beginning of a message", () -> told.text().equals("INV"));
        socket.setSoLinger(true, 0);
        socket.close();
        loop.await("the end", () -> !told.closes.isEmpty());
        loop.turn(0);
        assertEquals(List.of("TCP with 127.0.0.1 port " + told.flows.get(0).remote().getPort() + ": the peer reset the connection"),
            told.closes);
        assertEquals(1, transport.counters().errors());
    }

    @Test
    void aPeerThatReadsNothingIsDroppedWhenTooMuchWaits() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT);
        Socket socket = connect(transport);
        socket.getOutputStream().write('x');
        loop.await("the flow", () -> !told.flows.isEmpty());
        byte[] message = new byte[50_000];
        int sent = 0;
        while (told.closes.isEmpty() && sent < 1_000) {
            transport.send(told.flows.get(0), ByteBuffer.wrap(message));
            sent++;
            loop.turn(0);
        }
        assertTrue(sent > 20, "dropped after " + sent + " messages"); // a megabyte at least
        assertEquals(1, told.closes.size());
        assertTrue(told.failures.get(0).endsWith("more than 1000000 bytes wait for the peer, which does not take them"),
            told.failures.get(0));
        assertEquals(1, transport.counters().sendQueueFull());
    }

    @Test
    void aPeerThatReadsNothingIsDroppedAfterAWhile() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT.withMaxQueued(100_000_000));
        Socket socket = connect(transport);
        socket.getOutputStream().write('x');
        loop.await("the flow", () -> !told.flows.isEmpty());
        byte[] message = new byte[20_000_000];
        transport.send(told.flows.get(0), ByteBuffer.wrap(message));
        for (int i = 0; i < 20; i++) {
            loop.turn(0);
        }
        ticker.advance(Duration.ofSeconds(29));
        loop.turn(0);
        assertEquals(List.of(), told.closes);
        ticker.advance(Duration.ofSeconds(1));
        loop.await("the end", () -> !told.closes.isEmpty());
        assertTrue(told.closes.get(0).endsWith("the peer has taken no data for 30 s"), told.closes.get(0));
    }

    @Test
    void whatASlowReaderTakesInPiecesArrivesWhole() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT.withMaxQueued(10_000_000));
        Socket socket = connect(transport);
        socket.getOutputStream().write('x');
        loop.await("the flow", () -> !told.flows.isEmpty());
        byte[] message = new byte[8_000_000];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (i * 31 >> 7);
        }
        transport.send(told.flows.get(0), ByteBuffer.wrap(message));
        ByteBuffer got = ByteBuffer.allocate(message.length);
        while (got.hasRemaining()) {
            loop.turn(0);
            byte[] piece = socket.getInputStream().readNBytes(Math.min(socket.getInputStream().available(), got.remaining()));
            got.put(piece);
        }
        assertEquals(ByteBuffer.wrap(message), got.flip());
        assertEquals(List.of(), told.closes);
    }

    @Test
    void aConnectionThatSaysNothingIsDroppedWithoutAWord() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT);
        Socket socket = connect(transport);
        Socket talking = connect(transport);
        talking.getOutputStream().write('x');
        loop.await("the one that talks", () -> !told.flows.isEmpty());
        ticker.advance(Duration.ofSeconds(32));
        loop.turn(0);
        loop.turn(0);
        assertEquals(-1, socket.getInputStream().read());
        transport.send(told.flows.get(0), utf8("y"));
        assertEquals('y', talking.getInputStream().read());
        assertEquals(List.of(), told.closes);
    }

    @Test
    void anIdleConnectionIsClosedAndTheOwnerTold() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT.withIdleTimeout(Duration.ofMinutes(1).toNanos()));
        Socket socket = connect(transport);
        socket.getOutputStream().write('x');
        loop.await("the flow", () -> !told.flows.isEmpty());
        ticker.advance(Duration.ofMinutes(1));
        loop.turn(0);
        assertEquals(List.of(), told.closes);
        ticker.advance(Duration.ofMinutes(1));
        loop.await("the end", () -> !told.closes.isEmpty());
        assertTrue(told.closes.get(0).endsWith("it was idle for 60 s"), told.closes.get(0));
        assertEquals(-1, socket.getInputStream().read());
    }

    @Test
    void moreConnectionsThanAllowedAreRefusedBothWays() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT.withMaxConnections(2));
        Socket one = connect(transport);
        Socket two = connect(transport);
        one.getOutputStream().write('1');
        two.getOutputStream().write('2');
        loop.await("both", () -> told.flows.size() == 2);
        Socket three = connect(transport);
        loop.await("the third", () -> transport.counters().errors() == 1);
        assertEquals(-1, three.getInputStream().read());
        ServerSocket server = listener(5);
        transport.send(new InetSocketAddress(Loopback.IPV4, server.getLocalPort()), "", utf8("out"));
        loop.await("the failure", () -> !told.failures.isEmpty());
        assertEquals("there are 2 TCP connections already, which is the limit", told.failures.get(0));
        one.close();
        loop.await("room", () -> told.closes.size() == 1);
        loop.turn(0);
        Socket four = connect(transport);
        four.getOutputStream().write('4');
        loop.await("the next", () -> told.flows.size() == 3);
    }

    @Test
    void aCrowdThatConnectsAndGoesLeavesNothingBehind() throws IOException {
        SipTransport transport = open(StreamConfig.DEFAULT);
        for (int i = 0; i < 300; i++) {
            Socket socket = connect(transport);
            socket.getOutputStream().write('x');
            if (i % 2 == 0) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
            loop.turn(0);
        }
        loop.await("the ends", () -> told.closes.size() == told.flows.size()
            && !told.flows.isEmpty() && transport.toString().contains("[0 "));
        Socket last = connect(transport);
        last.getOutputStream().write('z');
        loop.await("the next", () -> told.text().endsWith("z"));
    }

    @Test
    void theListenerMayCloseTheTransportFromWithin() throws IOException {
        Told[] quiet = {new Told()};
        SipTransport[] transport = new SipTransport[1];
        transport[0] = new TcpTransportProvider().open(TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0)), loop,
            new SipTransportListener() {
                @Override
                public void received(Flow flow, ByteBuffer data) {
                    quiet[0].received(flow, data);
                    transport[0].close();
                }

                @Override
                public void sendFailed(InetSocketAddress peer, String reason) {
                    quiet[0].sendFailed(peer, reason);
                }

                @Override
                public void closed(Flow flow, String reason) {
                    quiet[0].closed(flow, reason);
                }
            });
        Socket socket = connect(transport[0]);
        socket.getOutputStream().write('x');
        loop.await("the message", () -> quiet[0].flows.size() == 1);
        loop.turn(0);
        assertEquals(-1, socket.getInputStream().read());
        assertEquals(List.of(), quiet[0].closes);
    }
}
