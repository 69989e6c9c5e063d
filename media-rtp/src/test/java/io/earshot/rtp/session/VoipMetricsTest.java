package io.earshot.rtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.LossBursts;
import io.earshot.rtp.jitter.PlayoutStatistics;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.rtcp.RtcpCompound;
import io.earshot.rtp.rtcp.RtcpType;
import io.earshot.rtp.rtcp.RtcpVerdict;
import io.earshot.rtp.rtcp.RtcpWriter;
import io.earshot.rtp.rtcp.VoipMetrics;
import io.earshot.rtp.packet.RtpLimits;
import io.earshot.rtp.testing.Packets;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3611")
class VoipMetricsTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress THERE = new InetSocketAddress("192.0.2.2", 5000);
    private final byte[] out = new byte[700];

    private static RtpSession session(long seed, InetSocketAddress peer) {
        RtpSession session = new RtpSession(RtpSessionConfig.forCall("c" + seed).withRtcpMux(true), IdSource.seeded(seed),
            NtpTime.startingAt(Instant.EPOCH, 0), 0);
        session.payloadTypes(PayloadTypes.none().with(0, 8000));
        session.negotiated(peer, peer);
        return session;
    }

    @Test void oneEndLearnsHowTheOtherHearsIt() {
        RtpSession near = session(1, THERE);
        RtpSession far = session(2, HERE);
        near.sender().clockRate(8000);
        LossBursts bursts = new LossBursts();
        byte[] packet = new byte[200];
        long late = 0;
        for (int i = 0; i < 1000; i++) {
            long now = i * 20L * Ticker.MILLISECOND;
            int length = near.sender().packet(packet, 0, 0, false, 160L * i, 160, now);
            if (i % 10 == 9) {
                bursts.lost();
            } else {
                bursts.received();
                far.receive(packet, 0, length, HERE, now);
                late += i % 100 == 0 ? 1 : 0;
            }
            far.voipMetrics(new PlayoutStatistics(18_000, 2000, late, 0, 0, 0, 0, 0, 0, 60, 50), bursts, 20);
            int report = far.poll(out, 0, now);
            if (report > 0) {
                assertEquals(ReceiveVerdict.RTCP, near.receive(out, 0, report, THERE, now));
            }
        }
        VoipMetrics metrics = near.peerMetrics();
        assertEquals(near.sender().ssrc(), metrics.source());
        assertEquals(0.1, metrics.lossRate() / 256.0, 0.01);
        assertEquals(0.01, metrics.discardRate() / 256.0, 0.01);
        assertEquals(0.1, metrics.burstDensity() / 256.0, 0.02); // each tenth missing: one long burst
        assertEquals(50, metrics.bufferMillis());
        assertEquals(90, metrics.endSystemMillis());
        assertTrue(metrics.mosLq() > 20 && metrics.mosLq() < 40, metrics.toString());
        assertTrue(metrics.mosCq() <= metrics.mosLq());
        assertTrue(near.count(RtcpType.EXTENDED_REPORT) > 2);
    }

    @Test void blocksOfOtherTypesAndSourcesArePassedOver() {
        RtcpWriter writer = new RtcpWriter().begin(out, 0).receiverReport(1).voipMetrics(1,
            new VoipMetrics(77, 1, 2, 3, 4, 5, 6, 7, 8, 93, 44, 43, 9, 10, 11));
        RtcpCompound compound = new RtcpCompound(RtpLimits.DEFAULT, false);
        assertEquals(RtcpVerdict.OK, compound.wrap(out, 0, writer.length()));
        assertTrue(compound.next() && compound.next());
        assertEquals(VoipMetrics.NONE, VoipMetrics.read(compound, 78, VoipMetrics.NONE));
        VoipMetrics read = VoipMetrics.read(compound, 77, VoipMetrics.NONE);
        assertEquals(new VoipMetrics(77, 1, 2, 3, 4, 5, 6, 7, 8, 93, 44, 43, 9, 10, 11), read);
    }

    @Test void survivesAnyExtendedReport() {
        SplittableRandom random = new SplittableRandom(8);
        RtcpCompound compound = new RtcpCompound(RtpLimits.DEFAULT, true);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[4 * (2 + random.nextInt(20))];
            random.nextBytes(bytes);
            System.arraycopy(Packets.hex("80CF"), 0, bytes, 0, 2);
            bytes[2] = 0;
            bytes[3] = (byte) (bytes.length / 4 - 1);
            bytes[8 % bytes.length] = random.nextBoolean() ? 7 : bytes[8 % bytes.length];
            if (compound.wrap(bytes, 0, bytes.length) == RtcpVerdict.OK && compound.next()) {
                VoipMetrics.read(compound, random.nextInt(), VoipMetrics.NONE);
            }
        }
    }

    @Test void applicationPacketsAreWellFormed() {
        RtcpWriter writer = new RtcpWriter().begin(out, 0).receiverReport(1).application(3, 1, "TEST", new byte[8]);
        RtcpCompound compound = new RtcpCompound(RtpLimits.DEFAULT, false);
        assertEquals(RtcpVerdict.OK, compound.wrap(out, 0, writer.length()));
        assertTrue(compound.next() && compound.next());
        assertEquals(RtcpType.APPLICATION, compound.type());
        assertEquals(3, compound.count());
        assertEquals(20, compound.bodyEnd() - compound.offset());
    }
}
