package io.earshot.benchmarks.rtp;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpWriter;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One packet of 20 ms through the receive path: header check, address and source, statistics, jitter buffer, decoder, PCM. Run with
 * {@code -prof gc}: {@code gc.alloc.rate.norm} is to be 0 B/op.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RtpReceiveBenchmark {
    private static final int TICKS = 160;
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4000);

    private final RtpSession session =
        new RtpSession(RtpSessionConfig.forCall("bench"), IdSource.seeded(1), NtpTime.startingAt(Instant.EPOCH, 0), 0);
    private final InetSocketAddress source = new InetSocketAddress("127.0.0.1", 4000);
    private final byte[] datagram = new byte[RtpPacket.HEADER_BYTES + TICKS];
    private final short[] pcm = new short[TICKS];
    private final AudioReceiver receiver;
    private long count;

    /** Fills the packet with a tone, coded by the G.711 provider on the path. */
    public RtpReceiveBenchmark() {
        PayloadFormat pcmu = format("PCMU");
        session.payloadTypes(PayloadTypes.none().with(pcmu.payloadType(), pcmu.descriptor().rtpClockRate()));
        session.negotiated(PEER, PEER);
        receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(pcmu));
        for (int i = 0; i < TICKS; i++) {
            pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * i / 20));
        }
        pcmu.codec().encode(pcm, 0, TICKS, datagram, RtpPacket.HEADER_BYTES);
    }

    private static PayloadFormat format(String name) {
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor codec : provider.codecs()) {
                if (codec.name().equals(name)) {
                    AudioCodec opened = provider.open(codec, FormatParameters.NONE, FormatParameters.NONE);
                    return new PayloadFormat(codec.payloadType(), codec, opened);
                }
            }
        }
        throw new IllegalStateException("no provider for " + name + " on the class path");
    }

    /** Returns a sample, so that nothing is optimised away. */
    @Benchmark
    public int receiveAndPlay() {
        return oneTick(true);
    }

    /** The same with every tenth packet lost and concealed. */
    @Benchmark
    public int receiveAndPlayWithLoss() {
        return oneTick(count % 10 != 0);
    }

    private int oneTick(boolean arrives) {
        long now = count * 20 * Ticker.MILLISECOND;
        if (arrives) {
            RtpWriter.header(datagram, 0, 0, false, (int) count, (int) count * TICKS, 77);
            ReceiveVerdict verdict = session.receive(datagram, 0, datagram.length, source, now);
            if (verdict != ReceiveVerdict.ACCEPTED && verdict != ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
                throw new IllegalStateException("not accepted: " + verdict);
            }
            receiver.onPacket(session.packet(), now);
        }
        count++;
        receiver.read(now, pcm, 0);
        return pcm[(int) (count % TICKS)];
    }
}
