package io.earshot.sdk.internal.media.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeVerdict.Agreed;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two ends that do not share the port of RTP: RTCP has a DTLS association and keys of its own (RFC 5764 §4.1, §5.1.2). */
@Tag("rfc5764")
@Timeout(60)
class RtcpAssociationTest {
    private static final InetSocketAddress RTP = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress RTCP = new InetSocketAddress("192.0.2.1", 4001);
    private static final int DTLS = 22;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final EventLoop loop = new EventLoop("test", Ticker.system(), workers, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // nothing to free
        }
    }).start();
    private final End near = new End();
    private final End far = new End();
    /** Reports as they went over the wire, so as to send one elsewhere. */
    private final BlockingQueue<byte[]> sealed = new LinkedBlockingQueue<>();
    private boolean rtcpIsDeaf;

    @AfterEach
    void close() throws Exception {
        loop.submit(() -> {
            near.path.close();
            far.path.close();
            return true;
        }).get();
        loop.close();
        workers.shutdownNow();
    }

    private final class End implements MediaPath.Listener {
        final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        final MediaPath path = new MediaPath(loop, (source, datagram) -> heard.add(bytes(datagram)), this, RouteListener.NOBODY);
        final MediaPath.Sockets sockets = path.over(new Wire(this, RTP), new Wire(this, RTCP));

        @Override
        public void changed(Optional<String> suite) {
            told.add(suite.orElse("clear"));
        }

        @Override
        public void failed(String reason) {
            told.add(reason);
        }
    }

    private final class Wire implements MediaSocket {
        private final End from;
        private final InetSocketAddress port;

        Wire(End from, InetSocketAddress port) {
            this.from = from;
            this.port = port;
        }

        @Override
        public InetSocketAddress localAddress() {
            return port;
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            byte[] packet = bytes(datagram);
            if (port == RTCP && packet[0] != DTLS && packet[0] < 0) {
                sealed.add(packet);
            }
            if (!rtcpIsDeaf || port == RTP) {
                loop.execute(() -> deliver(from == near ? far : near, port, packet));
            }
            return true;
        }

        @Override
        public void close() {
            // nothing to free
        }
    }

    private static void deliver(End to, InetSocketAddress port, byte[] packet) {
        MediaReceiver receiver = port == RTP ? to.path.rtp() : to.path.rtcp();
        receiver.received(port, ByteBuffer.wrap(Arrays.copyOf(packet, packet.length + 64)).limit(packet.length));
    }

    private static byte[] bytes(ByteBuffer datagram) {
        byte[] out = new byte[datagram.remaining()];
        datagram.get(out);
        return out;
    }

    /** Has both agree by offer and answer. */
    private void agree() throws Exception {
        KeyExchangeProvider provider = ServiceLoader.load(KeyExchangeProvider.class).findFirst().orElseThrow();
        HandshakeExchange offerer = exchange(provider, 1);
        HandshakeExchange answerer = exchange(provider, 2);
        Agreed answered = (Agreed) answerer.answer(List.of(), offerer.offer());
        Agreed accepted = (Agreed) offerer.accept(List.of(), answered.answer());
        MediaPath.Remote remote = new MediaPath.Remote(RTP, Optional.of(RTCP), List.of());
        loop.submit(() -> {
            near.path.apply(new Protection.Handshake(accepted.change()), remote);
            far.path.apply(new Protection.Handshake(answered.change()), remote);
            return true;
        }).get();
        assertEquals("AEAD_AES_128_GCM", near.told.take());
        assertEquals("AEAD_AES_128_GCM", far.told.take());
    }

    private HandshakeExchange exchange(KeyExchangeProvider provider, long seed) {
        return provider.dtls(new KeyPolicy(KeyPolicy.Demand.REQUIRED, List.of(), true),
            provider.identity(IdSource.seeded(seed), Instant.EPOCH), IdSource.seeded(seed + 10), workers);
    }

    private static byte[] report() {
        byte[] report = new byte[28];
        report[0] = (byte) 0x80;
        report[1] = (byte) 200;
        report[3] = 6;
        report[7] = 9;
        return report;
    }

    private boolean report(End from) throws Exception {
        return loop.submit(() -> from.sockets.rtcp().send(RTCP, ByteBuffer.wrap(report()))).get();
    }

    /** The other association may be there a moment later. */
    private void reportUntilHeard(End from, End to) throws Exception {
        byte[] heard = null;
        while (heard == null) {
            report(from);
            heard = to.heard.poll(10, TimeUnit.MILLISECONDS);
        }
        assertArrayEquals(report(), heard);
    }

    @Test
    void reportsOfAPortOfTheirOwnAreUnderKeysOfTheirOwn() throws Exception {
        agree();
        reportUntilHeard(near, far);
        reportUntilHeard(far, near);
        sealed.clear();
        assertTrue(report(near));
        byte[] packet = sealed.take();
        assertFalse(Arrays.equals(Arrays.copyOfRange(report(), 8, 28), Arrays.copyOfRange(packet, 8, 28)), "it is encrypted");
        long before = loop.submit(() -> far.path.path().refused().unprotected()).get();
        loop.submit(() -> {
            deliver(far, RTP, packet);
            return true;
        }).get();
        assertEquals(before + 1, loop.submit(() -> far.path.path().refused().unprotected()).get(), "the keys of RTP do not open it");
    }

    @Test
    void whereTheHandshakeOfReportsComesToNothingSoundGoesOnAndNoReportLeavesInClear() throws Exception {
        rtcpIsDeaf = true;
        agree();
        assertFalse(report(near));
        byte[] sound = new byte[172];
        sound[0] = (byte) 0x80;
        assertTrue(loop.submit(() -> near.sockets.rtp().send(RTP, ByteBuffer.wrap(sound))).get());
        assertArrayEquals(sound, far.heard.take());
        assertTrue(sealed.isEmpty());
    }
}
