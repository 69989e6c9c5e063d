package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.rtp.testing.MuLawCodec;
import io.earshot.rtp.testing.Packets;
import io.earshot.rtp.testing.PlayoutSimulation;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults on the network and of the machine, on virtual time: loss and jitter, injection, clocks, stalls. */
class ReceiveScenariosTest {
    private static final long MS = Ticker.MILLISECOND;
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.66", 4000);

    @ParameterizedTest
    @CsvSource({"5, 3, 0", "5, 3, 60", "20, 3, 30", "10, 6, 150"})
    void burstsOfLossCostWhatIsLostAndNotMore(int percent, int burst, int jitter) {
        PlayoutSimulation simulation = new PlayoutSimulation(3, JitterConfig.DEFAULT);
        simulation.loss = percent / 100.0;
        simulation.burst = burst;
        simulation.jitterMillis = jitter;
        simulation.run(300);
        double lost = 1 - percent / 100.0 - simulation.playedShare();
        assertEquals(0, lost, 0.025);
        assertTrue(simulation.meanAge(30, 300) <= 30 + jitter + 60, "age " + simulation.meanAge(30, 300));
    }

    /** The audio is back, and the delay within a packet of what it was, 2 s after a spike of half a second. */
    @Test void aDelaySpikeOfHalfASecondIsOverSoon() {
        PlayoutSimulation simulation = new PlayoutSimulation(4, JitterConfig.DEFAULT);
        simulation.jitterMillis = 10;
        simulation.extraDelay = at -> at >= 20 * Ticker.SECOND && at < 20_500 * MS ? 20_500 * MS - at : 0;
        simulation.run(60);
        assertTrue(simulation.meanAge(23, 30) <= simulation.meanAge(10, 20) + 21,
            simulation.meanAge(10, 20) + " before, " + simulation.meanAge(23, 30) + " after");
        assertTrue(simulation.meanAge(50, 60) <= simulation.meanAge(10, 20) + 5);
    }

    /** Hours of a sender whose clock is off by 100 ppm, 0.36 s in an hour: nothing adds up and nothing is lost. */
    @Test void aClockThatIsOffForHoursIsFollowed() {
        PlayoutSimulation simulation = new PlayoutSimulation(5, JitterConfig.DEFAULT);
        simulation.driftPpm = 100;
        simulation.jitterMillis = 15;
        simulation.run(3 * 3600);
        double first = simulation.meanAge(60, 600);
        double last = simulation.meanAge(3 * 3600 - 600, 3 * 3600);
        assertEquals(first, last, 12);
        assertTrue(simulation.playedShare() > 0.999, "played " + simulation.playedShare());
        var statistics = simulation.receiver.statistics();
        assertEquals(0, statistics.skipped());
        assertEquals(100, statistics.driftPpm(), 10);
        assertTrue(statistics.concealed() < 2000, "concealed " + statistics.concealed());
    }

    @Test void aFloodFromStrangersIsNeitherHeardNorInTheWay() {
        RtpSession session = new RtpSession(RtpSessionConfig.forCall("us"), IdSource.seeded(1), NtpTime.startingAt(Instant.EPOCH, 0), 0);
        session.payloadTypes(PayloadTypes.none().with(0, 8000));
        session.negotiated(PEER, PEER);
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
            List.of(new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec())));
        SplittableRandom random = new SplittableRandom(6);
        short[] loud = new short[160];
        java.util.Arrays.fill(loud, (short) 20_000);
        byte[] noise = new byte[160];
        byte[] silence = new byte[160];
        new MuLawCodec().encode(loud, 0, 160, noise, 0);
        new MuLawCodec().encode(new short[160], 0, 160, silence, 0);
        short[] heard = new short[160];
        int loudest = 0;
        for (int i = 0; i < 500; i++) {
            long now = i * 20 * MS;
            take(session, receiver, Packets.rtp(0, i, 160 * i, 7, silence), PEER, now);
            for (int k = 0; k < 100; k++) { // 5000 a second: our own SSRC, the peer's, and any
                int ssrc = k % 3 == 0 ? session.sender().ssrc() : k % 3 == 1 ? 7 : random.nextInt();
                take(session, receiver, Packets.rtp(0, i + k, 160 * (i + k), ssrc, noise), STRANGER, now);
            }
            receiver.read(now, heard, 0);
            for (short sample : heard) {
                loudest = Math.max(loudest, Math.abs(sample));
            }
        }
        assertTrue(loudest < 100, "heard " + loudest);
        assertEquals(0, receiver.statistics().concealed());
        assertEquals(PEER, session.remoteRtp().orElseThrow());
        assertEquals(50_000, session.count(ReceiveVerdict.REJECTED_SOURCE));
    }

    private static void take(RtpSession session, AudioReceiver receiver, byte[] bytes, InetSocketAddress source, long now) {
        ReceiveVerdict verdict = session.receive(bytes, 0, bytes.length, source, now);
        if (verdict == ReceiveVerdict.ACCEPTED || verdict == ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
            receiver.onPacket(session.packet(), now);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 1, 2", "2000, 5, 3", "20000, 10, 3"})
    void aStoppedProgramGoesOnWithoutABacklog(int millis, int mostConcealedTicks, int seconds) {
        PlayoutSimulation simulation = new PlayoutSimulation(7, JitterConfig.DEFAULT);
        simulation.jitterMillis = 5;
        simulation.stalled = at -> at >= 20 * Ticker.SECOND && at < 20 * Ticker.SECOND + millis * MS;
        simulation.run(60);
        int back = 20 + millis / 1000 + seconds;
        assertTrue(simulation.meanAge(back, back + 5) <= simulation.meanAge(10, 20) + 21, "age " + simulation.meanAge(back, back + 5));
        assertTrue(simulation.receiver.statistics().concealed() <= 20L * mostConcealedTicks,
            "concealed " + simulation.receiver.statistics().concealed());
    }
}
