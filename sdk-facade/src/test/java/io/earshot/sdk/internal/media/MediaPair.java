package io.earshot.sdk.internal.media;

import io.earshot.api.CallPath;
import io.earshot.api.CallQuality;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sdk.internal.media.path.RouteListener;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** A call in PCMU between two media engines on virtual time. Each can stand still; its datagrams wait for it, as in a socket. */
final class MediaPair {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final long TURN = 20 * Ticker.MILLISECOND;

    final End left;
    final End right;
    private long now;
    private final double loss;
    private final SplittableRandom random = new SplittableRandom(11);
    private final EventLoop loop = new EventLoop("pair", () -> now, Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long time) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // nothing to free
        }
    });

    MediaPair() throws IOException {
        this(0);
    }

    /** A pair that agrees on repairing losses, over wires that lose that share of all datagrams; 0 for neither. */
    MediaPair(double loss) throws IOException {
        this.loss = loss;
        left = new End(40_000, 440, 1);
        right = new End(41_000, 880, 2);
        MediaNegotiation.Offered offered = left.negotiation.offer();
        MediaNegotiation.Accepted accepted = (MediaNegotiation.Accepted) right.negotiation.answer(offered.offer());
        MediaNegotiation.Agreed agreed = (MediaNegotiation.Agreed) offered.next().complete(accepted.answer());
        right.apply(accepted.audio());
        left.apply(agreed.audio());
    }

    private record Datagram(InetSocketAddress from, MediaReceiver to, byte[] bytes) { }

    /** One end: says a tone, and hears the other's. */
    final class End {
        final MediaEngine engine = new MediaEngine();
        final Queue<Datagram> waiting = new ArrayDeque<>();
        private final CallPort port = new CallPort();
        private final TestPort ear = TestPort.ear(8000);
        private final MediaStream stream;
        private final MediaNegotiation negotiation;
        private MediaStream receiving;
        private long lastTimestamp;
        /** RTP packets sent, and the most of them in one moment. */
        int sent;
        int reports;
        int mostAtOnce;
        private int atOnce;
        private long lastSent;

        End(int firstPort, double hz, long seed) throws IOException {
            MediaReceiver receiver = (source, data) -> receiving.received(source, data, now);
            MediaPath path = new MediaPath(loop, receiver, new MediaPath.Listener() {
                @Override
                public void changed(Optional<String> suite) {
                    // always in clear
                }

                @Override
                public void failed(String reason) {
                    throw new AssertionError(reason);
                }
            }, RouteListener.NOBODY);
            PortAllocator.Pair raw = new PortAllocator(new Wire(this), HOST, firstPort, firstPort + 1).open(null,
                receiver, receiver);
            MediaPath.Sockets over = path.over(raw.rtp(), raw.rtcp());
            PortAllocator.Pair sockets = new PortAllocator.Pair(over.rtp(), over.rtcp());
            stream = new MediaStream(engine, sockets, Optional.of(path),
                IdSource.seeded(seed), NtpTime.startingAt(Instant.EPOCH, 0), RtpSettings.DEFAULT,
                new CallKeys(null), 0);
            receiving = stream;
            engine.add(stream);
            TestPort voice = TestPort.sine(8000, hz);
            engine.bridge().add(port);
            engine.bridge().add(voice);
            engine.bridge().add(ear);
            engine.bridge().connect(voice, port, 0);
            engine.bridge().connect(port, ear, 0);
            AudioCapabilities.Builder out = AudioCapabilities.builder(new MediaAddress("127.0.0.1", firstPort)).rtcpPort(firstPort + 1)
                .option(AudioCapabilities.Option.RTCP_NACK, loss > 0).option(AudioCapabilities.Option.RTCP_REDUCED_SIZE, loss > 0)
                .offerFeedback(loss > 0);
            AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
            CodecDescriptor codec = provider.codecs().stream().filter(one -> one.name().equals("PCMU")).findFirst().orElseThrow();
            negotiation = MediaNegotiation.start(out.codec(codec, provider).build(), IdSource.seeded(seed));
        }

        private void apply(NegotiatedAudio audio) {
            stream.apply(audio, new InetSocketAddress(HOST, audio.remote().port()),
                new InetSocketAddress(HOST, audio.remoteRtcp().orElseThrow().port()), false, now);
            port.attach(stream);
        }

        CallPort port() {
            return port;
        }

        /** Takes what was counted so far for the past. */
        void forget() {
            sent = 0;
            reports = 0;
            mostAtOnce = 0;
        }

        private void count(byte[] datagram) {
            if ((datagram[1] & 0x7F) != 0) {
                reports++;
                return;
            }
            lastTimestamp = ByteBuffer.wrap(datagram).getInt(4) & 0xFFFF_FFFFL;
            atOnce = now == lastSent ? atOnce + 1 : 1;
            lastSent = now;
            mostAtOnce = Math.max(mostAtOnce, atOnce);
            sent++;
        }

        CallQuality quality() {
            return stream.quality(CallPath.NONE);
        }

        double hears() {
            short[] heard = ear.recent(4000);
            double hz = ToneAnalyzer.dominantHz(heard, 0, heard.length, 8000);
            return hz < 20 || ToneAnalyzer.levelDbfs(heard, 0, heard.length, 8000, hz) < -50 ? 0 : hz;
        }

        /** Catches up with what it may catch up with, and looks into its sockets in between, as a loop does. */
        private void turn() {
            long next;
            do {
                for (Datagram each = waiting.poll(); each != null; each = waiting.poll()) {
                    each.to.received(each.from, ByteBuffer.wrap(each.bytes));
                }
                next = engine.onTurn(now);
            } while (next <= now);
        }
    }

    long now() {
        return now;
    }

    /** Both run for so many milliseconds. */
    void run(int millis) {
        run(millis, at -> false, at -> false);
    }

    /** Runs for so many milliseconds; an end stands still while its predicate says so. */
    void run(int millis, LongPredicate leftStalls, LongPredicate rightStalls) {
        for (long end = now + millis * Ticker.MILLISECOND; now < end; ) {
            now += TURN;
            if (!leftStalls.test(now)) {
                left.turn();
            }
            if (!rightStalls.test(now)) {
                right.turn();
            }
        }
    }

    /** Returns the timestamp that the right end sent last, as far as 31 bits. */
    long rightTimestamp() {
        return right.lastTimestamp;
    }

    /** Sockets of one end. */
    private final class Wire implements MediaTransportProvider {
        private final End owner;

        Wire(End owner) {
            this.owner = owner;
        }

        @Override
        public String name() {
            return "wire";
        }

        @Override
        public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) {
            return new MediaSocket() {
                @Override
                public InetSocketAddress localAddress() {
                    return bind;
                }

                @Override
                public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
                    byte[] copy = new byte[datagram.remaining()];
                    datagram.get(copy);
                    End other = owner == left ? right : left;
                    owner.count(copy);
                    if (random.nextDouble() < loss) {
                        return true;
                    }
                    other.waiting.add(new Datagram(bind, (source, data) -> other.receiving.received(source, data, now), copy));
                    return true;
                }

                @Override
                public void close() {
                    // nothing to free
                }
            };
        }
    }
}
