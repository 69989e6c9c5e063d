package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaFeed.Form;
import io.earshot.api.audio.MediaFeed.Header;
import io.earshot.api.audio.MediaFeed.Side;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.files.IfExists;
import io.earshot.files.RecordingOptions;
import io.earshot.files.RecordingWriter;
import io.earshot.files.SoundFile;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a turn of the media loop allocates: calls in pairs, of which one end is in a conference with parties at other rates and fed to a
 * program, the other hears a file with a gain and is recorded on both sides. All but the sockets, on virtual time.
 */
class MediaAllocationTest {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final int PAIRS = 10;
    private static final int WARM_UP = 2_000;
    private static final int TURNS = 1_000;

    @TempDir
    private Path folder;

    private final MediaEngine engine = new MediaEngine();
    private final List<Wire> wires = new ArrayList<>();
    private final Map<InetSocketAddress, Wire> bound = new HashMap<>();
    private final ArrayDeque<Runnable> disk = new ArrayDeque<>();
    private long now;
    private int fed;

    /** A socket that keeps one datagram for each turn, in memory that is there from the start. */
    private final class Wire implements MediaSocket {
        private final InetSocketAddress address;
        private final MediaReceiver receiver;
        private final byte[] inbox = new byte[1500];
        private final ByteBuffer view = ByteBuffer.wrap(inbox);
        private InetSocketAddress from;
        private int waiting;

        Wire(InetSocketAddress address, MediaReceiver receiver) {
            this.address = address;
            this.receiver = receiver;
        }

        @Override
        public InetSocketAddress localAddress() {
            return address;
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            Wire to = bound.get(peer);
            to.waiting = datagram.remaining();
            datagram.get(to.inbox, 0, to.waiting);
            to.from = address;
            return true;
        }

        void deliver() {
            if (waiting > 0) {
                view.clear().limit(waiting);
                waiting = 0;
                receiver.received(from, view);
            }
        }

        @Override
        public void close() {
            bound.remove(address);
        }
    }

    private final class Wires implements MediaTransportProvider {
        @Override
        public String name() {
            return "wires";
        }

        @Override
        public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) {
            Wire wire = new Wire(bind, receiver);
            bound.put(bind, wire);
            wires.add(wire);
            return wire;
        }
    }

    /** One end of a call. */
    private final class End {
        final CallPort port = new CallPort();
        final MediaStream stream;
        final MediaNegotiation negotiation;
        private MediaStream receiving;

        End(int number) throws IOException {
            int first = 20_000 + 2 * number;
            PortAllocator.Pair sockets = new PortAllocator(new Wires(), HOST, first, first + 1).open(null,
                (source, data) -> receiving.received(source, data, now), (source, data) -> receiving.received(source, data, now));
            stream = new MediaStream(engine, sockets, IdSource.seeded(number), NtpTime.startingAt(Instant.EPOCH, 0), RtpSettings.DEFAULT,
                new CallKeys(null), 0);
            receiving = stream;
            engine.add(stream);
            engine.bridge().add(port);
            AudioCapabilities.Builder out = AudioCapabilities.builder(new MediaAddress("127.0.0.1", first)).rtcpPort(first + 1);
            AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
            CodecDescriptor codec = provider.codecs().stream().filter(one -> one.name().equals("PCMU")).findFirst().orElseThrow();
            negotiation = MediaNegotiation.start(out.codec(codec, provider).build(), IdSource.seeded(number));
        }

        void apply(NegotiatedAudio audio) {
            stream.apply(audio, new InetSocketAddress(HOST, audio.remote().port()),
                new InetSocketAddress(HOST, audio.remoteRtcp().orElseThrow().port()), false, now);
            port.attach(stream);
        }
    }

    private void pair(int number, MixGroup conference) throws IOException {
        End near = new End(2 * number);
        End far = new End(2 * number + 1);
        MediaNegotiation.Offered offered = near.negotiation.offer();
        MediaNegotiation.Accepted accepted = (MediaNegotiation.Accepted) far.negotiation.answer(offered.offer());
        MediaNegotiation.Agreed agreed = (MediaNegotiation.Agreed) offered.next().complete(accepted.answer());
        far.apply(accepted.audio());
        near.apply(agreed.audio());
        Bridge bridge = engine.bridge();
        bridge.seat(conference, near.port).orElseThrow().gains(number % 2 == 0 ? 1 : 0.5, 1);
        feeds(near);
        short[] music = new short[8_000];
        for (int i = 0; i < music.length; i++) {
            music[i] = (short) (6_000 * Math.sin(2 * Math.PI * (300 + number) * i / 8_000));
        }
        BridgePort file = new FilePort.Player(SoundFile.of(music, 8_000), true);
        bridge.add(file);
        bridge.connect(file, far.port, -3);
        record(number, far);
    }

    /** A program sees packets, and sound at another rate. */
    private void feeds(End end) {
        Feed.Outlet outlet = new Feed.Outlet() {
            @Override
            public void send(Side side, ByteBuffer packet) {
                fed++;
            }

            @Override
            public void close() {
                // nothing to free
            }
        };
        end.port.taps().add(new Feed(new MediaFeed(Form.RTP, Header.LINE_BYTE, 1, "", false), Side.INCOMING, end.port, outlet));
        Feed sound = new Feed(new MediaFeed(Form.PCM_16000, Header.LINE_AND_VOICE_BYTES, 1, "", false), Side.INCOMING, end.port, outlet);
        engine.bridge().add(sound);
        engine.bridge().connect(end.port, sound, 0);
    }

    private void record(int number, End end) {
        Bridge bridge = engine.bridge();
        RecordingWriter writer = RecordingWriter.start(folder.resolve(number + ".wav"),
            new RecordingOptions(8_000, 2, IfExists.FAIL, 4_000, 0), disk::add);
        RecordingSides sides = new RecordingSides(writer, 8_000, 2, RecordingConfig.DEFAULT.sync());
        Optional<BridgePort> right = sides.right();
        bridge.add(sides.left());
        bridge.add(right.orElseThrow());
        bridge.connect(end.port, sides.left(), 0);
        bridge.add(end.port.monitor());
        bridge.connect(end.port.monitor(), right.orElseThrow(), 0);
    }

    /** One turn, and what it allocates; the disk's side of recordings is a worker's, and left out. */
    private long turn(ThreadMXBean threads) {
        now += 20 * Ticker.MILLISECOND;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < wires.size(); i++) {
            wires.get(i).deliver();
        }
        engine.onTurn(now);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        for (Runnable task = disk.poll(); task != null; task = disk.poll()) {
            task.run();
        }
        return allocated;
    }

    @Test
    void aTurnAllocatesNothing() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MixGroup conference = engine.bridge().group(new MixGroup.Listener() {
            @Override
            public void left(MixGroup.Seat seat) {
                // nobody leaves
            }

            @Override
            public void speakers(List<MixGroup.Seat> speaking, Optional<MixGroup.Seat> loudest) {
                // who speaks is told when it changes
            }
        });
        for (int i = 0; i < PAIRS; i++) {
            pair(i, conference);
        }
        for (int rate : new int[] {16_000, 48_000}) {
            TestPort party = TestPort.sine(rate, 1_000);
            engine.bridge().add(party);
            engine.bridge().seat(conference, party);
        }
        for (int i = 0; i < WARM_UP; i++) {
            turn(threads);
        }
        fed = 0;
        int clean = 0;
        long total = 0;
        for (int i = 0; i < TURNS; i++) {
            long allocated = turn(threads);
            clean += allocated == 0 ? 1 : 0;
            total += allocated;
        }
        double each = (double) total / TURNS / (2 * PAIRS);
        told("%d of %d turns of %d calls with conference, files, recordings and feeds allocate nothing; %.2f bytes for a call "
            + "and turn, RTCP included", clean, TURNS, 2 * PAIRS, each);
        assertEquals(2 * PAIRS * TURNS, fed, PAIRS, "both feeds of each pair took part");
        // A few are the JVM's own, when it compiles a method or leaves compiled code for once.
        assertTrue(clean > 0.99 * TURNS, clean + " of " + TURNS + " turns allocate nothing");
        assertTrue(each < 0.5, each + " bytes for a call and turn");
    }
}
