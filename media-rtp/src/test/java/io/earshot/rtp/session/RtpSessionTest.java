package io.earshot.rtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.PlayoutStatistics;
import io.earshot.rtp.packet.RtpVerdict;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.rtcp.RtcpType;
import io.earshot.rtp.rtcp.RtcpVerdict;
import io.earshot.rtp.rtcp.RtcpWriter;
import io.earshot.rtp.testing.Packets;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
@Tag("rfc5761")
@Tag("rfc6263")
class RtpSessionTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress PEER_RTCP = new InetSocketAddress("192.0.2.1", 4001);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.66", 9);
    private static final PayloadTypes TYPES = PayloadTypes.none().with(0, 8000).with(101, 8000);
    private final RtpSession session = session(1, RtpSessionConfig.forCall("us@example"));
    private final byte[] out = new byte[600];

    private static RtpSession session(long seed, RtpSessionConfig config) {
        RtpSession session = new RtpSession(config, IdSource.seeded(seed), NtpTime.startingAt(Instant.EPOCH, 0), 0);
        session.payloadTypes(TYPES);
        session.negotiated(PEER, PEER_RTCP);
        return session;
    }

    private ReceiveVerdict receive(InetSocketAddress source, int ssrc, int sequence, long millis) {
        byte[] bytes = Packets.rtp(0, sequence, sequence * 160, ssrc, new byte[160]);
        return session.receive(bytes, 0, bytes.length, source, millis * Ticker.MILLISECOND);
    }

    private ReceiveVerdict rtcp(InetSocketAddress source, RtcpWriter writer, byte[] bytes, long now) {
        return session.receive(bytes, 0, writer.length(), source, now);
    }

    @Test void acceptsTheFirstPacketOfTheSignalledAddress() {
        assertEquals(-1, session.lastRtpReceived());
        assertEquals(ReceiveVerdict.ACCEPTED_NEW_SOURCE, receive(PEER, 7, 1, 10));
        assertEquals(ReceiveVerdict.ACCEPTED, receive(PEER, 7, 2, 30));
        assertEquals(30 * Ticker.MILLISECOND, session.lastRtpReceived());
        assertEquals(7, session.remoteSsrc());
        assertEquals(RtpEvent.NONE, session.pollEvent());
    }

    @Test void dropsDuplicatesAndStrangers() {
        receive(PEER, 7, 1, 0);
        assertEquals(ReceiveVerdict.DUPLICATE, receive(PEER, 7, 1, 1));
        assertEquals(ReceiveVerdict.REJECTED_SOURCE, receive(STRANGER, 7, 2, 2));
        assertEquals(ReceiveVerdict.REJECTED_SOURCE, receive(STRANGER, 8, 2, 60_000));
        assertEquals(2, session.count(ReceiveVerdict.REJECTED_SOURCE));
        assertEquals(PEER, session.remoteRtp().orElseThrow());
        assertEquals(ReceiveVerdict.ACCEPTED, receive(PEER, 7, 2, 60_001));
    }

    @Test void latchesBehindANatAndSendsRtcpThereToo() {
        assertEquals(ReceiveVerdict.PROBATION, receive(STRANGER, 7, 1, 0));
        assertEquals(ReceiveVerdict.ACCEPTED_NEW_SOURCE, receive(STRANGER, 7, 2, 20));
        assertEquals(RtpEvent.LATCHED, session.pollEvent());
        assertEquals(STRANGER, session.remoteRtp().orElseThrow());
        assertEquals(10, session.remoteRtcp().orElseThrow().getPort());
    }

    @Test void unknownPayloadTypesAreCountedButNeverLatch() {
        byte[] bytes = Packets.rtp(96, 1, 0, 7, new byte[4]);
        assertEquals(ReceiveVerdict.REJECTED_SOURCE, session.receive(bytes, 0, bytes.length, STRANGER, 0));
        assertEquals(ReceiveVerdict.UNKNOWN_PAYLOAD_TYPE, session.receive(bytes, 0, bytes.length, PEER, 0));
        assertEquals(ReceiveVerdict.ACCEPTED, receive(PEER, 7, 2, 20));
        assertEquals(0, session.receiver().lost());
    }

    @Test void anotherSsrcTakesOverAfterTwoPacketsInSequence() {
        receive(PEER, 7, 1, 0);
        assertEquals(ReceiveVerdict.PROBATION, receive(PEER, 8, 500, 20));
        assertEquals(ReceiveVerdict.ACCEPTED, receive(PEER, 7, 2, 20));
        assertEquals(ReceiveVerdict.PROBATION, receive(PEER, 8, 501, 40));
        assertEquals(ReceiveVerdict.ACCEPTED_NEW_SOURCE, receive(PEER, 8, 502, 60));
        assertEquals(RtpEvent.REMOTE_SSRC_CHANGED, session.pollEvent());
        assertEquals(RtpEvent.NONE, session.pollEvent());
        assertEquals(8, session.remoteSsrc());
        assertEquals(3, session.statistics(PlayoutStatistics.NONE).received());
    }

    @Test void aCollisionChangesOurSsrcOnceAndSaysGoodbye() {
        int ours = session.sender().ssrc();
        session.sender().packet(out, 0, 0, true, 0, 160, 0);
        assertEquals(ReceiveVerdict.REJECTED_SOURCE, receive(STRANGER, ours, 1, 1));
        assertEquals(ReceiveVerdict.COLLISION, receive(PEER, ours, 1, 1));
        assertEquals(RtpEvent.LOCAL_SSRC_CHANGED, session.pollEvent());
        int changed = session.sender().ssrc();
        assertNotEquals(ours, changed);
        assertEquals(Ticker.MILLISECOND, session.deadline());
        int length = session.poll(out, 0, Ticker.MILLISECOND);
        RtpSession other = session(2, RtpSessionConfig.forCall("x"));
        byte[] media = Packets.rtp(0, 1, 1, ours, new byte[1]);
        other.receive(media, 0, media.length, PEER, 0);
        assertEquals(ReceiveVerdict.RTCP, other.receive(out, 0, length, PEER_RTCP, 5));
        assertEquals(RtpEvent.REMOTE_BYE, other.pollEvent());
        assertEquals(ReceiveVerdict.ACCEPTED_NEW_SOURCE, receive(PEER, changed, 1, 2));
        assertEquals(changed, session.sender().ssrc());
    }

    @Test void aPeerThatReflectsWhatWeSendIsHeardAfterTheFirstPacket() {
        assertEquals(ReceiveVerdict.COLLISION, receive(PEER, session.sender().ssrc(), 1, 1));
        assertEquals(ReceiveVerdict.ACCEPTED_NEW_SOURCE, receive(PEER, session.sender().ssrc(), 2, 2));
        assertEquals(ReceiveVerdict.ACCEPTED, receive(PEER, session.sender().ssrc(), 3, 3));
        assertEquals(ReceiveVerdict.REJECTED_SOURCE, receive(STRANGER, session.sender().ssrc(), 4, 4));
    }

    @Test void reportsFlowBothWaysWithRoundTripAndLoss() {
        RtpSession far = session(9, RtpSessionConfig.forCall("far@example"));
        long delay = 40 * Ticker.MILLISECOND;
        byte[] frame = new byte[200];
        for (int i = 0; i < 1500; i++) {
            long now = i * 20 * Ticker.MILLISECOND;
            int length = session.sender().packet(frame, 0, 0, i == 0, 160L * i, 160, now);
            if (i % 10 != 9) {
                far.receive(frame, 0, length, PEER, now + delay);
            }
            length = far.sender().packet(frame, 0, 0, i == 0, 160L * i, 160, now);
            session.receive(frame, 0, length, PEER, now + delay);
            exchange(session, far, now, delay);
            exchange(far, session, now, delay);
        }
        assertEquals(80, session.roundTrip() / 1e6, 1);
        assertEquals("far@example", session.remoteCname().orElseThrow());
        RtpStatistics here = session.statistics(PlayoutStatistics.NONE);
        RtpStatistics there = far.statistics(PlayoutStatistics.NONE);
        assertEquals(10, here.remoteLossPercent(), 1);
        assertEquals(0, here.lossPercent(), 0);
        assertEquals(10, there.lossPercent(), 0.2);
        assertEquals(1500, here.sent());
        assertEquals(1500L * 160, here.receivedBytes());
        assertTrue(there.mos() < here.mos() - 0.5 && here.mos() > 4.2, there + " / " + here);
        assertEquals(there.mos(), here.remoteMos(), 0.3);
        assertTrue(session.count(RtcpType.SENDER_REPORT) >= 4 && session.count(RtcpType.SENDER_REPORT) <= 12);
    }

    private void exchange(RtpSession from, RtpSession to, long now, long delay) {
        if (now >= from.deadline()) {
            int length = from.poll(out, 0, now);
            if (length > 0) {
                assertEquals(ReceiveVerdict.RTCP, to.receive(out, 0, length, PEER_RTCP, now + delay));
            }
        }
    }

    @Test void rtcpOfStrangersIsRefused() {
        byte[] bytes = new byte[100];
        receive(PEER, 7, 1, 0);
        RtcpWriter bye = new RtcpWriter().begin(bytes, 0).receiverReport(7).bye(7);
        assertEquals(ReceiveVerdict.REJECTED_SOURCE, rtcp(STRANGER, bye, bytes, 1));
        assertEquals(RtpEvent.NONE, session.pollEvent());
        assertEquals(ReceiveVerdict.RTCP, rtcp(PEER_RTCP, bye, bytes, 1));
        assertEquals(RtpEvent.REMOTE_BYE, session.pollEvent());
        assertEquals(1, session.lastRtcpReceived());
    }

    @Test void leavesWithAGoodbyeOnlyIfItEverSpoke() {
        assertEquals(0, session.leave(out, 0, 0));
        session.sender().packet(out, 0, 0, true, 0, 160, 0);
        int length = session.leave(out, 0, 1);
        assertTrue(length > 0);
        assertEquals(200, out[1] & 0xFF);
        assertEquals(203, out[length - 7] & 0xFF);
    }

    @Test void keepsBindingsOpenWhileSilent() {
        assertEquals(0, session.pollKeepAlive(out, 0, 15 * Ticker.SECOND - 1));
        assertEquals(12, session.pollKeepAlive(out, 0, 15 * Ticker.SECOND));
        assertEquals(127, out[1] & 0x7F);
        assertEquals(0, session.pollKeepAlive(out, 0, 29 * Ticker.SECOND));
        session.sender().packet(out, 0, 0, true, 0, 160, 29 * Ticker.SECOND);
        assertEquals(0, session.pollKeepAlive(out, 0, 43 * Ticker.SECOND));
        assertEquals(12, session.pollKeepAlive(out, 0, 44 * Ticker.SECOND));
    }

    @Test void multiplexedRtcpGoesToTheAddressOfMedia() {
        RtpSession mux = new RtpSession(RtpSessionConfig.forCall("us").withRtcpMux(true), IdSource.seeded(1),
            NtpTime.startingAt(Instant.EPOCH, 0), 0);
        mux.payloadTypes(TYPES);
        mux.negotiated(PEER, PEER);
        byte[] bytes = new byte[100];
        int length = new RtcpWriter().begin(bytes, 0).receiverReport(7).length();
        assertEquals(ReceiveVerdict.RTCP, mux.receive(bytes, 0, length, PEER, 0));
        assertEquals(PEER, mux.remoteRtcp().orElseThrow());
    }

    @Test void countsWhatIsMalformedByItsCause() {
        byte[] shortOne = {(byte) 0x80, 0, 1};
        assertEquals(ReceiveVerdict.MALFORMED, session.receive(shortOne, 0, 3, PEER, 0));
        assertEquals(1, session.count(RtpVerdict.TOO_SHORT));
        byte[] report = Packets.hex("81c90001 00000001");
        assertEquals(ReceiveVerdict.MALFORMED, session.receive(report, 0, 8, PEER, 0));
        assertEquals(1, session.count(RtcpVerdict.BODY_OVERRUN));
        assertEquals(ReceiveVerdict.OTHER_PROTOCOL, session.receive(new byte[20], 0, 20, PEER, 0));
        assertEquals(2, session.statistics(PlayoutStatistics.NONE).malformed());
    }

    @Test void arbitraryDatagramsNeverThrowNorStopTheCall() {
        SplittableRandom random = new SplittableRandom(77);
        byte[] good = Packets.rtp(0, 1, 160, 7, new byte[20]);
        byte[] report = new byte[300];
        int reportLength = new RtcpWriter().begin(report, 0).senderReport(7, 1, 2, 3, 4)
            .reportBlock(session.sender().ssrc(), 1, 2, 3, 4, 5, 6)
            .cname(7, new byte[] {65, 66}).bye(7).length();
        InetSocketAddress[] sources = {PEER, PEER_RTCP, STRANGER};
        for (int i = 0; i < 200_000; i++) {
            boolean rtp = random.nextBoolean();
            byte[] bytes = rtp ? good.clone() : Arrays.copyOf(report, reportLength);
            for (int m = random.nextInt(4); m > 0; m--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(5) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            session.receive(bytes, 0, length, sources[random.nextInt(3)], i * Ticker.MILLISECOND);
            session.poll(out, 0, i * Ticker.MILLISECOND);
            session.pollKeepAlive(out, 0, i * Ticker.MILLISECOND);
            session.pollEvent();
        }
        assertTrue(session.count(ReceiveVerdict.MALFORMED) > 1000);
        assertEquals(0, session.count(ReceiveVerdict.COLLISION));
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            ReceiveVerdict verdict = receive(session.remoteRtp().orElseThrow(), 99, 1000 + i, 300_000 + 20 * i);
            accepted += verdict == ReceiveVerdict.ACCEPTED ? 1 : 0;
        }
        assertTrue(accepted >= 17);
        assertTrue(session.deadline() >= 200 * Ticker.SECOND, "a deadline was left behind");
    }
}
