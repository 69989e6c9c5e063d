package io.earshot.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link MediaTransportProvider} must do, tried with two sockets on this machine. Extend it once for each address family. */
@SuppressWarnings("exports") // who uses it has JUnit, which this module requires of nobody else
public abstract class MediaTransportContract {
    private final TestIoLoop loop = new TestIoLoop();
    private final List<MediaSocket> opened = new ArrayList<>();

    /** For the extending test. */
    protected MediaTransportContract() {
    }

    /** Returns what is under test. */
    protected abstract MediaTransportProvider provider();

    /** Returns an address of this machine that both ends can bind to: a loopback address. */
    protected abstract InetAddress bindAddress();

    /** Closes what the test opened. */
    @AfterEach
    protected final void closeEverything() {
        opened.forEach(MediaSocket::close);
        loop.close();
    }

    /** Each datagram arrives whole, with its source. */
    @Test
    protected void deliversADatagramAndItsSource() throws IOException {
        List<InetSocketAddress> sources = new ArrayList<>();
        List<ByteBuffer> datagrams = new ArrayList<>();
        MediaSocket receiver = open(0, (source, datagram) -> {
            sources.add(source);
            datagrams.add(ByteBuffer.allocate(datagram.remaining()).put(datagram).flip());
        });
        MediaSocket sender = open(0, (source, datagram) -> { });
        byte[] packet = new byte[1_200];
        new SplittableRandom(1).nextBytes(packet);
        assertTrue(sender.send(receiver.localAddress(), ByteBuffer.wrap(packet, 28, 172)));
        loop.await("the packet", () -> !datagrams.isEmpty());
        assertEquals(ByteBuffer.wrap(packet, 28, 172), datagrams.get(0));
        assertEquals(sender.localAddress(), sources.get(0));
    }

    /** SRTP decrypts in place: the buffer given to a receiver can be written. */
    @Test
    protected void letsTheReceiverWriteIntoTheDatagram() throws IOException {
        List<Boolean> writable = new ArrayList<>();
        MediaSocket receiver = open(0, (source, datagram) -> {
            datagram.put(datagram.position(), (byte) 42);
            writable.add(!datagram.isReadOnly());
        });
        open(0, (source, datagram) -> { }).send(receiver.localAddress(), ByteBuffer.wrap(new byte[12]));
        loop.await("the packet", () -> writable.contains(true));
    }

    /** A peer that is not there costs nothing but its packets. */
    @Test
    protected void survivesAPeerThatIsGone() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        MediaSocket receiver = open(0, (source, datagram) -> sizes.add(datagram.remaining()));
        MediaSocket gone = open(0, (source, datagram) -> { });
        InetSocketAddress nowhere = gone.localAddress();
        gone.close();
        MediaSocket sender = open(0, (source, datagram) -> { });
        for (int i = 0; i < 5; i++) {
            sender.send(nowhere, ByteBuffer.wrap(new byte[20]));
            loop.turn(0);
        }
        sender.send(receiver.localAddress(), ByteBuffer.wrap(new byte[21]));
        loop.await("the packet after the lost ones", () -> sizes.contains(21));
    }

    /** RTP and RTCP are opened as a pair: who takes a taken port must learn it. */
    @Test
    protected void refusesAPortThatIsInUse() throws IOException {
        InetSocketAddress taken = open(0, (source, datagram) -> { }).localAddress();
        IOException failure = assertThrows(IOException.class, () -> open(taken.getPort(), (source, datagram) -> { }));
        assertTrue(failure.getMessage().contains(Integer.toString(taken.getPort())), failure.getMessage());
    }

    /** A closed socket frees its port and takes no offence at being closed again. */
    @Test
    protected void canBeClosedTwiceAndFreesItsPort() throws IOException {
        MediaSocket first = open(0, (source, datagram) -> { });
        InetSocketAddress bound = first.localAddress();
        first.close();
        first.close();
        loop.turn(0);
        assertEquals(bound, open(bound.getPort(), (source, datagram) -> { }).localAddress());
    }

    private MediaSocket open(int port, MediaReceiver receiver) throws IOException {
        MediaSocket socket = provider().open(new InetSocketAddress(bindAddress(), port), 0, loop, receiver);
        opened.add(socket);
        return socket;
    }
}
