package io.earshot.benchmarks.rtp;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.codec.g711.G711Provider;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.AudioSender;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpWriter;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How many two-way G.711 calls the media path of one thread carries: for each call and tick of 20 ms one packet is received, judged,
 * buffered, decoded and read, and one is encoded and written. Speech, 2 % loss, 10 ms of jitter; no sockets and no mixing. The longest of
 * 1000 ticks is to stay within its 20 ms, which only an otherwise idle machine shows; the CPU time for a call is right on a busy one, too.
 */
public final class CallCapacity {
    private static final CodecDescriptor PCMU = new G711Provider().codecs().get(0);
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4000);
    private static final Ticker CLOCK = Ticker.system();
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int TICKS = 1000;
    private static final long TICK = 20 * Ticker.MILLISECOND;

    private final short[] speech = new short[160 * 500];
    private final byte[][] packets = new byte[500][];

    private CallCapacity() {
        new SyntheticSpeech(8000, 1).read(speech, 0, speech.length);
        AudioCodec codec = codec();
        for (int i = 0; i < packets.length; i++) {
            packets[i] = new byte[160];
            codec.encode(speech, 160 * i, 160, packets[i], 0);
        }
    }

    private static AudioCodec codec() {
        return new G711Provider().open(PCMU, FormatParameters.NONE, FormatParameters.NONE);
    }

    private static final class Line {
        private final RtpSession session;
        private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(new PayloadFormat(0, PCMU, codec())));
        private final AudioSender sender;
        private final byte[] in = new byte[RtpPacket.HEADER_BYTES + 160];
        private final byte[] out = new byte[RtpPacket.HEADER_BYTES + 160];
        private final short[] pcm = new short[160];

        Line(int number) {
            session = new RtpSession(RtpSessionConfig.forCall("call" + number), IdSource.seeded(number),
                NtpTime.startingAt(Instant.EPOCH, 0), 0);
            session.payloadTypes(PayloadTypes.none().with(0, 8000));
            session.negotiated(PEER, PEER);
            sender = new AudioSender(session.sender(), new PayloadFormat(0, PCMU, codec()), 20);
        }
    }

    /** Prints a table; numbers of calls as arguments replace the usual ones. */
    public static void main(String[] arguments) {
        CallCapacity bench = new CallCapacity();
        int[] counts = arguments.length == 0 ? new int[] {1, 10, 100, 500, 1000, 2000, 4000}
            : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        bench.run(200, 3 * TICKS);
        System.out.println("calls | us of CPU per call and tick | calls of which 20 ms are full | mean tick ms | 99.9 % tick ms");
        for (int calls : counts) {
            long before = CPU.getCurrentThreadCpuTime();
            long[] ticks = bench.run(calls, TICKS);
            double micros = (CPU.getCurrentThreadCpuTime() - before) / 1e3 / TICKS / calls;
            Arrays.sort(ticks);
            double mean = Arrays.stream(ticks).average().orElse(0) / 1e6;
            System.out.printf(Locale.ROOT, "%5d | %.2f | %.0f | %.3f | %.3f%n", calls, micros, 20_000 / micros, mean,
                ticks[TICKS * 999 / 1000] / 1e6);
        }
    }

    private long[] run(int calls, int count) {
        Line[] lines = new Line[calls];
        for (int i = 0; i < calls; i++) {
            lines[i] = new Line(i);
        }
        long[] ticks = new long[count];
        for (int tick = 0; tick < count; tick++) {
            long start = CLOCK.now();
            for (int i = 0; i < calls; i++) {
                turn(lines[i], tick, i);
            }
            ticks[tick] = CLOCK.now() - start;
        }
        return ticks;
    }

    private void turn(Line line, int tick, int number) {
        long now = tick * TICK;
        int index = (tick + 7 * number) % packets.length;
        if ((tick * 31 + number * 17) % 50 != 0) {
            RtpWriter.header(line.in, 0, 0, false, tick & 0xFFFF, 160 * tick, 77);
            System.arraycopy(packets[index], 0, line.in, RtpPacket.HEADER_BYTES, 160);
            long arrival = now + (tick * 7L + number) % 10 * Ticker.MILLISECOND;
            ReceiveVerdict verdict = line.session.receive(line.in, 0, line.in.length, PEER, arrival);
            if (verdict == ReceiveVerdict.ACCEPTED || verdict == ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
                line.receiver.onPacket(line.session.packet(), arrival);
            }
        }
        line.receiver.read(now, line.pcm, 0);
        line.sender.write(speech, 160 * index, 160);
        line.sender.next(line.out, 0, now);
    }
}
