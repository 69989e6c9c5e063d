package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.jitter.PlayoutStatistics;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.rtp.testing.MuLawCodec;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One, ten and a hundred calls: nothing is allocated for a packet, with losses, jitter, time-stretching and RTCP. */
class AllocationTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 4000);
    private static final int DELAYS = 8;

    private final byte[] datagram = new byte[600];
    private final short[] pcm = new short[160];
    private long now;
    private int accepted;

    private static RtpSession session(String name, long seed) {
        RtpSession session = new RtpSession(RtpSessionConfig.forCall(name), IdSource.seeded(seed), NtpTime.startingAt(Instant.EPOCH, 0), 0);
        session.payloadTypes(PayloadTypes.none().with(0, 8000));
        session.negotiated(PEER, PEER);
        return session;
    }

    /** One end that speaks, a network, and one end that hears. */
    private final class Line {
        private final RtpSession here;
        private final RtpSession far;
        private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
            List.of(new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec())));
        private final AudioSender sender;
        private final byte[][] flying = new byte[DELAYS][200];
        private final int[] lengths = new int[DELAYS];

        Line(int number) {
            here = session("here" + number, 2L * number);
            far = session("far" + number, 2L * number + 1);
            sender = new AudioSender(far.sender(), new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec()), 20);
        }

        /** Each 20th packet is lost; for a while in each ten seconds packets come in heaps, so that the delay grows and shrinks. */
        void turn(int index) {
            for (int i = 0; i < 160; i++) {
                pcm[i] = (short) (6000 * Math.sin(2 * Math.PI * i / 40));
            }
            sender.write(pcm, 0, 160);
            int slot = index % DELAYS;
            lengths[slot] = sender.next(flying[slot], 0, now);
            boolean heaps = index % 500 < 100;
            if (!heaps || index % 4 == 3) {
                for (int i = heaps ? index - 3 : index; i <= index; i++) {
                    deliver(i);
                }
            }
            receiver.read(now, pcm, 0);
            int report = now >= far.deadline() ? far.poll(datagram, 0, now) : 0;
            if (report > 0) {
                here.receive(datagram, 0, report, SOURCE, now);
            }
        }

        private void deliver(int index) {
            if (index % 20 == 0) {
                return;
            }
            ReceiveVerdict verdict = here.receive(flying[index % DELAYS], 0, lengths[index % DELAYS], SOURCE, now);
            if (verdict == ReceiveVerdict.ACCEPTED || verdict == ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
                accepted++;
                receiver.onPacket(here.packet(), now);
            }
        }
    }

    private void packets(Line[] lines, int from, int to) {
        for (int i = from; i < to; i++) {
            now += 20 * Ticker.MILLISECOND;
            for (Line line : lines) {
                line.turn(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void theWayOfAPacketAllocatesNothing(int calls) {
        Line[] lines = new Line[calls];
        for (int i = 0; i < calls; i++) {
            lines[i] = new Line(i);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int turns = calls == 1 ? 10_000 : calls == 10 ? 2_000 : 1_000;
        packets(lines, 0, turns);
        threads.getCurrentThreadAllocatedBytes();
        long idle = threads.getCurrentThreadAllocatedBytes();
        idle = threads.getCurrentThreadAllocatedBytes() - idle;
        accepted = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        packets(lines, turns, 2 * turns);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - idle;
        assertEquals(0.95 * turns * calls, accepted, 5.0 * calls);
        assertTrue(allocated < (long) turns * calls, allocated + " bytes for " + turns * calls + " packets"); // below one byte each
        for (Line line : lines) {
            PlayoutStatistics played = line.receiver.statistics();
            assertTrue(played.concealed() > turns / 2, "losses were concealed on the way: " + played);
            assertTrue(played.shortened() > 50 && played.lengthened() > 50, "and time was stretched: " + played);
        }
    }
}
