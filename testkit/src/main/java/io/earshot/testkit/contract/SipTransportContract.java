package io.earshot.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SipTransport} must do, tried with two of them over real sockets on this machine. Extend it once for each address
 * family.
 */
@SuppressWarnings("exports") // who uses it has JUnit, which this module requires of nobody else
public abstract class SipTransportContract {
    final TestIoLoop loop = new TestIoLoop();
    private final List<SipTransport> opened = new ArrayList<>();

    /** For the extending test. */
    protected SipTransportContract() {
    }

    /** Returns what is under test. */
    protected abstract SipTransportProvider provider();

    /** Returns an address of this machine that both ends can bind to: a loopback address. */
    protected abstract InetAddress bindAddress();

    /** Returns how to open a transport there: with the defaults, unless it needs certificates or the like. */
    protected TransportConfig config(InetSocketAddress bind) {
        return TransportConfig.bind(bind);
    }

    /** Returns the largest message that must get through, in bytes; 60000 unless the transport carries less. */
    protected int largestMessage() {
        return 60_000;
    }

    /** Closes what the test opened. */
    @AfterEach
    protected final void closeEverything() {
        opened.forEach(SipTransport::close);
        loop.close();
    }

    /** The provider can be found on the module path and on the class path. */
    @Test
    protected void isDeclaredInModuleInfoAndInMetaInf() {
        ServiceDeclaration.check(SipTransportProvider.class, provider().getClass());
    }

    /** RFC 3261 §25.1 wants the token; the registry of the SDK wants it in one spelling. */
    @Test
    protected void namesItsProtocolInUpperCase() throws IOException {
        String protocol = provider().protocol();
        assertEquals(protocol.toUpperCase(Locale.ROOT), protocol);
        assertEquals(protocol, open(new Recorder(), 0).protocol());
    }

    /** Port 0 finds a free port and says which. */
    @Test
    protected void tellsTheAddressItIsBoundTo() throws IOException {
        InetSocketAddress bound = open(new Recorder(), 0).localAddress();
        assertEquals(bindAddress(), bound.getAddress());
        assertTrue(bound.getPort() > 0, "port " + bound.getPort());
    }

    /** With a concrete address bound there is nothing to choose. */
    @Test
    protected void sendsFromTheAddressItIsBoundTo() throws IOException {
        SipTransport one = open(new Recorder(), 0);
        SipTransport other = open(new Recorder(), 0);
        assertEquals(one.localAddress(), one.localAddress(other.localAddress()));
    }

    /** Bound to every interface, the address towards a peer is a concrete one of the peer's family. */
    @Test
    protected void choosesAConcreteAddressTowardsAPeerWhenBoundToTheWildcard() throws IOException {
        SipTransport other = open(new Recorder(), 0);
        SipTransport everywhere = open(new Recorder(), new InetSocketAddress(0));
        InetSocketAddress chosen = everywhere.localAddress(other.localAddress());
        assertEquals(bindAddress(), chosen.getAddress());
        assertEquals(everywhere.localAddress().getPort(), chosen.getPort());
    }

    /** A message arrives as it was sent, and its flow leads back. */
    @Test
    protected void deliversAMessageAndItsAnswer() throws IOException {
        Recorder asked = new Recorder();
        Recorder answered = new Recorder();
        SipTransport client = open(answered, 0);
        SipTransport server = open(asked, 0);
        send(client, server.localAddress(), "question");
        loop.await("the question", () -> asked.text().equals("question"));
        Flow flow = asked.flows.get(0);
        assertEquals(provider().protocol(), flow.protocol());
        assertEquals(server.localAddress().getAddress(), flow.local().getAddress());
        server.send(flow, utf8("answer"));
        loop.await("the answer", () -> answered.text().equals("answer"));
    }

    /** Answers find the way to a client that is bound to the wildcard. */
    @Test
    protected void deliversToATransportBoundToTheWildcard() throws IOException {
        Recorder asked = new Recorder();
        Recorder answered = new Recorder();
        SipTransport everywhere = open(asked, new InetSocketAddress(0));
        SipTransport client = open(answered, 0);
        send(client, new InetSocketAddress(bindAddress(), everywhere.localAddress().getPort()), "question");
        loop.await("the question", () -> asked.text().equals("question"));
        assertEquals(bindAddress(), asked.flows.get(0).remote().getAddress());
        everywhere.send(asked.flows.get(0), utf8("answer"));
        loop.await("the answer", () -> answered.text().equals("answer"));
    }

    /** What an Ethernet frame just does not hold. */
    @Test
    protected void deliversAMessageOf1400Bytes() throws IOException {
        deliversBytes(1_400);
    }

    /** What only fragments, or a stream, can carry. */
    @Test
    protected void deliversTheLargestMessage() throws IOException {
        deliversBytes(largestMessage());
    }

    private void deliversBytes(int size) throws IOException {
        byte[] message = new byte[size];
        new SplittableRandom(size).nextBytes(message);
        Recorder receiver = new Recorder();
        SipTransport server = open(receiver, 0);
        ByteBuffer sent = ByteBuffer.allocateDirect(size + 7).position(3).limit(size + 3);
        sent.put(message).position(3);
        open(new Recorder(), 0).send(server.localAddress(), "localhost", sent);
        for (int i = 0; i < sent.capacity(); i++) {
            sent.put(i < sent.limit() ? i : 0, (byte) 0); // the sender may reuse its buffer at once
        }
        loop.await(size + " bytes", () -> receiver.bytes.size() >= size);
        assertEquals(ByteBuffer.wrap(message), ByteBuffer.wrap(receiver.bytes.toByteArray()));
    }

    /** A reliable transport keeps the order; on one machine any transport loses nothing of so little. */
    @Test
    protected void deliversManyMessagesAndAReliableOneInOrder() throws IOException {
        Recorder receiver = new Recorder();
        SipTransport server = open(receiver, 0);
        SipTransport client = open(new Recorder(), 0);
        StringBuilder expected = new StringBuilder();
        for (int i = 100; i < 200; i++) {
            send(client, server.localAddress(), "<" + i + ">");
            expected.append('<').append(i).append('>');
        }
        loop.await("100 messages", () -> receiver.bytes.size() == 500);
        if (client.reliable()) {
            assertEquals(expected.toString(), receiver.text());
        } else {
            assertEquals(100, receiver.flows.size());
        }
    }

    /** Nobody is called back from within his own call, whatever goes wrong. */
    @Test
    protected void reportsAFailedSendLaterAndNotFromWithinSend() throws IOException {
        Recorder sender = new Recorder();
        SipTransport client = open(sender, 0);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nobody.invalid", 5060);
        client.send(unresolved, "nobody.invalid", utf8("lost"));
        assertEquals(List.of(), sender.failures);
        loop.await("the failure", () -> !sender.failures.isEmpty());
        assertTrue(sender.failures.get(0).contains("nobody.invalid"), sender.failures.get(0));
    }

    /** The message tells which port and what to do. */
    @Test
    protected void explainsThatAPortIsInUse() throws IOException {
        SipTransport first = open(new Recorder(), 0);
        IOException failure = assertThrows(IOException.class, () -> open(new Recorder(), first.localAddress()));
        assertEquals(provider().protocol() + " port " + first.localAddress().getPort() + " on " + bindAddress().getHostAddress()
            + " is in use by another program; choose another port or 0 for a free one", failure.getMessage());
    }

    /** A closed transport frees its port and takes no offence at being closed again. */
    @Test
    protected void canBeClosedTwiceAndFreesItsPort() throws IOException {
        SipTransport first = open(new Recorder(), 0);
        first.close();
        first.close();
        loop.turn(0);
        assertEquals(first.localAddress(), open(new Recorder(), first.localAddress()).localAddress());
    }

    /** A closed transport is silent: no messages, and no exception for those who still send. */
    @Test
    protected void deliversNothingOnceClosed() throws IOException {
        Recorder closed = new Recorder();
        Recorder alive = new Recorder();
        SipTransport gone = open(closed, 0);
        SipTransport peer = open(alive, 0);
        gone.close();
        send(peer, gone.localAddress(), "too late");
        send(gone, peer.localAddress(), "too late as well");
        send(peer, peer.localAddress(), "a sign");
        loop.await("the sign", () -> alive.text().equals("a sign"));
        assertEquals("", closed.text());
    }

    /** Listening sockets are not kept from the timers by a flood. */
    @Test
    protected void leavesTheLoopItsTurnsDuringAFlood() throws IOException {
        Recorder receiver = new Recorder();
        SipTransport server = open(receiver, 0);
        SipTransport client = open(new Recorder(), 0);
        boolean[] ran = new boolean[1];
        for (int i = 0; i < 200; i++) {
            send(client, server.localAddress(), "x");
        }
        receiver.onFirst = () -> loop.execute(() -> ran[0] = receiver.bytes.size() < 200 || client.reliable());
        loop.await("the flood", () -> receiver.bytes.size() == 200);
        loop.turn(0);
        assertTrue(ran[0], "a task had to wait for all of the flood");
        assertFalse(receiver.flows.isEmpty());
    }

    final SipTransport open(Recorder listener, int port) throws IOException {
        return open(listener, new InetSocketAddress(bindAddress(), port));
    }

    final SipTransport open(Recorder listener, InetSocketAddress bind) throws IOException {
        SipTransport transport = provider().open(config(bind), loop, listener);
        opened.add(transport);
        return transport;
    }

    static void send(SipTransport from, InetSocketAddress peer, String text) {
        from.send(peer, "localhost", utf8(text));
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
