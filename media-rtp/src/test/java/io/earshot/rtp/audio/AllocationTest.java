package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
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
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
    private final RtpSession session = new RtpSession(RtpSessionConfig.forCall("us"), IdSource.seeded(1),
        NtpTime.startingAt(Instant.EPOCH, 0), 0);
    private final RtpSession far = new RtpSession(RtpSessionConfig.forCall("far"), IdSource.seeded(2),
        NtpTime.startingAt(Instant.EPOCH, 0), 0);
    private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
        List.of(new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec())));
    private final AudioSender sender =
        new AudioSender(far.sender(), new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec()), 20);
    private final InetSocketAddress source = new InetSocketAddress("192.0.2.1", 4000);
    private final byte[] datagram = new byte[600];
    private final short[] pcm = new short[160];
    private long now;
    private int accepted;

    /** Encode, send, receive, buffer, decode and read one packet; each 20th is lost, and RTCP runs. */
    private void packets(int count) {
        for (int i = 0; i < count; i++) {
            now += 20 * Ticker.MILLISECOND;
            pcm[i % 160] = (short) i;
            sender.write(pcm, 0, 160);
            int length = sender.next(datagram, 0, now);
            if (i % 20 != 0) {
                ReceiveVerdict verdict = session.receive(datagram, 0, length, source, now);
                if (verdict == ReceiveVerdict.ACCEPTED || verdict == ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
                    accepted++;
                    receiver.onPacket(session.packet(), now);
                }
            }
            receiver.read(now, pcm, 0);
            int report = now >= far.deadline() ? far.poll(datagram, 0, now) : 0;
            if (report > 0) {
                session.receive(datagram, 0, report, source, now);
            }
        }
    }

    @Test void theWayOfAPacketAllocatesNothing() {
        session.payloadTypes(PayloadTypes.none().with(0, 8000));
        session.negotiated(PEER, PEER);
        far.payloadTypes(PayloadTypes.none().with(0, 8000));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        packets(20_000);
        threads.getCurrentThreadAllocatedBytes();
        long idle = threads.getCurrentThreadAllocatedBytes();
        idle = threads.getCurrentThreadAllocatedBytes() - idle;
        accepted = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        packets(10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - idle;
        assertEquals(9_500, accepted);
        assertTrue(allocated < 10_000, allocated + " bytes for 10000 packets"); // below one byte each
        assertTrue(receiver.statistics().concealed() > 9_000, "losses were concealed on the way");
    }
}
