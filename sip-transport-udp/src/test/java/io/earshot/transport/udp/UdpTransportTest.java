package io.earshot.transport.udp;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import io.earshot.transport.common.Routes;
import io.earshot.testkit.ManualTicker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What real sockets do not do on demand: full buffers, ICMP errors, floods. */
class UdpTransportTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(Loopback.IPV4, 5070);

    private final ScriptedChannel channel = new ScriptedChannel();
    private final ScriptedLoop loop = new ScriptedLoop();
    private final Recorder recorder = new Recorder();
    private final UdpTransport transport = transport();

    private UdpTransport transport() {
        TransportConfig config = new TransportConfig(new InetSocketAddress(Loopback.IPV4, 5060), 0, 1_000);
        try {
            return new UdpTransport(channel, config, loop, recorder, new Routes(peer -> Optional.empty(), new ManualTicker()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsMessagesInOrderWhileTheSystemHasNoRoomAndThenSendsThem() {
        channel.full = true;
        send("one");
        send("two");
        assertEquals(OP_READ | OP_WRITE, loop.interest());
        channel.full = false;
        send("three"); // must not overtake
        assertEquals(List.of(), channel.sent);
        loop.ready(OP_WRITE);
        assertEquals(List.of("one", "two", "three"), channel.sent);
        assertEquals(OP_READ, loop.interest());
        send("four");
        assertEquals("four", channel.sent.get(3));
    }

    @Test
    void dropsAndReportsWhatItsQueueDoesNotHold() {
        channel.full = true;
        for (int i = 0; i < UdpTransport.SEND_QUEUE + 2; i++) {
            send("message " + i);
        }
        loop.runTasks();
        assertEquals(2, recorder.failures.size());
        assertEquals("the network takes no more UDP datagrams: 256 messages are waiting already", recorder.failures.get(0));
        assertEquals(new TransportCounters(0, 0, 0, 2, 2, 0), transport.counters());
    }

    @Test
    void takesAnIcmpErrorOnReceiveForWhatItIs() {
        channel.incoming.add(new PortUnreachableException());
        channel.incoming.add(new byte[] {'a'});
        loop.ready(OP_READ);
        assertEquals(List.of("a"), recorder.received);
        assertEquals(1, transport.counters().errors());
    }

    @Test
    void carriesOnAfterASocketErrorAtTheNextTurn() {
        channel.incoming.add(new SocketException("Network is down"));
        channel.incoming.add(new byte[] {'a'});
        loop.ready(OP_READ);
        assertEquals(List.of(), recorder.received);
        loop.ready(OP_READ);
        assertEquals(List.of("a"), recorder.received);
    }

    @Test
    void sendsAMessageAlthoughAnIcmpErrorOfAnEarlierOneSurfacesFirst() {
        channel.sendErrors.add(new PortUnreachableException());
        send("still sent");
        loop.runTasks();
        assertEquals(List.of("still sent"), channel.sent);
        assertEquals(List.of(), recorder.failures);
    }

    @Test
    void reportsASocketErrorOnSendWithPeerAndCause() {
        channel.sendErrors.add(new SocketException("Network is unreachable"));
        send("lost");
        assertEquals(List.of(), recorder.failures);
        loop.runTasks();
        assertEquals(List.of("sending by UDP to 127.0.0.1 port 5070 failed: Network is unreachable"), recorder.failures);
    }

    @Test
    void readsABoundedNumberOfDatagramsPerTurn() {
        for (int i = 0; i < 3 * UdpTransport.DATAGRAMS_PER_TURN; i++) {
            channel.incoming.add(new byte[] {'x'});
        }
        loop.ready(OP_READ);
        assertEquals(UdpTransport.DATAGRAMS_PER_TURN, recorder.received.size());
    }

    @Test
    void countsAndDropsDatagramsLongerThanTheLimit() {
        channel.incoming.add(new byte[1_001]);
        channel.incoming.add(new byte[1_000]);
        loop.ready(OP_READ);
        assertEquals(1, recorder.received.size());
        assertEquals(1, transport.counters().oversize());
    }

    @Test
    void refusesAMessageThatNoDatagramHolds() {
        transport.send(PEER, "", ByteBuffer.allocate(65_508));
        loop.runTasks();
        assertEquals(List.of("a message of 65508 bytes does not fit into a UDP datagram (65507 at most); use TCP"), recorder.failures);
    }

    @Test
    void stopsReadingWhenTheListenerClosesIt() {
        recorder.closeOnReceive = true;
        channel.incoming.add(new byte[] {'a'});
        channel.incoming.add(new byte[] {'b'});
        loop.ready(OP_READ);
        assertEquals(List.of("a"), recorder.received);
    }

    @Test
    void reportsASendAfterClose() {
        transport.close();
        send("too late");
        loop.runTasks();
        assertEquals(List.of("the UDP transport is closed"), recorder.failures);
        assertTrue(channel.sent.isEmpty());
    }

    private void send(String text) {
        transport.send(PEER, "", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private final class Recorder implements SipTransportListener {
        private final List<String> received = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private boolean closeOnReceive;

        @Override
        public void received(Flow flow, ByteBuffer data) {
            received.add(StandardCharsets.UTF_8.decode(data).toString());
            if (closeOnReceive) {
                transport.close();
            }
        }

        @Override
        public void sendFailed(InetSocketAddress peer, String reason) {
            failures.add(reason);
        }

        @Override
        public void closed(Flow flow, String reason) {
            throw new AssertionError("UDP has no connections");
        }
    }
}
