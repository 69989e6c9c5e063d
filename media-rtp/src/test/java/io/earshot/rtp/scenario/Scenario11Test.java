package io.earshot.rtp.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.packet.RtpLimits;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.rtcp.ReportBlock;
import io.earshot.rtp.rtcp.RtcpCompound;
import io.earshot.rtp.rtcp.RtcpType;
import io.earshot.rtp.rtcp.RtcpVerdict;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.rtp.testing.PlayoutSimulation;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenario 11: loss of 0 to 20 %, random and in bursts, jitter of 0 to 150 ms, a spike of 500 ms. How intelligible speech stays is measured
 * in {@code SpeechQualityTest}.
 */
class Scenario11Test {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final long MS = Ticker.MILLISECOND;
    private static final int PACKET = 20;
    private static final int NETWORK = 30;

    /** What comes on top of the network's fastest way: filling a packet, waiting for the others, and for the player's tick. */
    private static double added(PlayoutSimulation simulation, int from, int to) {
        return PACKET + simulation.meanAge(from, to) - NETWORK;
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "30, 100", "60, 120", "100, 160", "150, 210"})
    void soundIsDelayedNoMoreThanTheJitterAsks(int jitter, int most) {
        PlayoutSimulation simulation = new PlayoutSimulation(11, JitterConfig.DEFAULT);
        simulation.jitterMillis = jitter;
        simulation.run(60);
        double delay = added(simulation, 10, 60);
        told("scenario 11, jitter %d ms: %.0f ms from mouth to ear besides the network", jitter, delay);
        assertTrue(delay <= most, "delay " + delay);
        assertTrue(simulation.playedShare() > 0.97, "played " + simulation.playedShare());
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "10, 1", "20, 1", "5, 3", "10, 3", "20, 3"})
    void lossCostsWhatIsLost(int percent, int burst) {
        PlayoutSimulation simulation = new PlayoutSimulation(12, JitterConfig.DEFAULT);
        simulation.loss = percent / 100.0;
        simulation.burst = burst;
        simulation.jitterMillis = 10;
        simulation.run(300);
        double missing = 100 * (1 - simulation.playedShare());
        told("scenario 11, loss %d %% in bursts of %d: %.1f %% not played, %.0f ms from mouth to ear", percent, burst, missing,
            added(simulation, 10, 300));
        assertEquals(percent, missing, 2.5);
        assertTrue(added(simulation, 10, 300) <= 60, "delay " + added(simulation, 10, 300));
    }

    /** The jitter grows to 100 ms for 20 s: after 2 s next to nothing is late, and 30 s after it the delay is what it was. */
    @Test void theBufferGrowsWithinTwoSecondsAndShrinksWithinThirty() {
        PlayoutSimulation simulation = new PlayoutSimulation(13, JitterConfig.DEFAULT);
        simulation.run(20);
        simulation.jitterMillis = 100;
        simulation.run(20);
        simulation.jitterMillis = 0;
        simulation.run(50);
        long grown = simulation.seconds.get(22).concealed();
        long late = simulation.seconds.get(39).concealed() - grown;
        double before = simulation.meanAge(10, 20);
        double after = simulation.meanAge(70, 90);
        told("scenario 11, jitter of 100 ms for 20 s: %d ms concealed in the first 2 s, %d ms in the next 17; delay %.0f ms "
            + "before, %.0f ms from 30 s after", grown, late, before, after);
        assertTrue(late <= 17_000 * 0.03, "late " + late);
        assertTrue(after <= before + 5, before + " before, " + after + " after");
    }

    @Test void aSpikeOfHalfASecondIsOverInTwo() {
        PlayoutSimulation simulation = new PlayoutSimulation(14, JitterConfig.DEFAULT);
        simulation.extraDelay = at -> at >= 20 * Ticker.SECOND && at < 20_500 * MS ? 20_500 * MS - at : 0;
        simulation.run(60);
        double before = simulation.meanAge(10, 20);
        double after = simulation.meanAge(23, 30);
        told("scenario 11, spike of 500 ms: delay %.0f ms before, %.0f ms from 2 s after", before, after);
        assertTrue(after <= before + 21, before + " before, " + after + " after");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void reportsAreRightWithinAPercent(int percent) {
        InetSocketAddress here = new InetSocketAddress("192.0.2.1", 4000);
        InetSocketAddress there = new InetSocketAddress("192.0.2.2", 4000);
        RtpSession near = session(1, there);
        RtpSession far = session(2, here);
        SplittableRandom random = new SplittableRandom(percent);
        byte[] packet = new byte[200];
        byte[] report = new byte[600];
        int[] lostUntil = new int[30_000];
        int lost = 0;
        int first = -1;
        double jitter = 0;
        double transit = Double.NaN;
        int reports = 0;
        long lastHighest = -1;
        for (int i = 0; i < lostUntil.length; i++) {
            long now = i * 20 * MS;
            int length = near.sender().packet(packet, 0, 0, false, 160L * i, 160, now);
            int sequence = (packet[2] & 0xFF) << 8 | packet[3] & 0xFF;
            first = first < 0 ? sequence : first;
            if (i > 10 && random.nextInt(100) < percent) { // a source is believed after its first packets
                lost++;
            } else {
                long delay = random.nextLong(15 * MS);
                far.receive(packet, 0, length, here, now + delay);
                jitter += Double.isNaN(transit) ? 0 : (Math.abs(delay - transit) - jitter) / 16;
                transit = delay;
            }
            lostUntil[i] = lost;
            length = now >= far.deadline() ? far.poll(report, 0, now + 15 * MS) : 0;
            RtcpCompound compound = new RtcpCompound(RtpLimits.DEFAULT, false);
            if (length > 0 && compound.wrap(report, 0, length) == RtcpVerdict.OK && compound.next()
                    && compound.type() == RtcpType.RECEIVER_REPORT && compound.count() > 0) {
                ReportBlock block = new ReportBlock().wrap(compound, 0);
                long highest = block.highestSequence() - first;
                assertEquals(lostUntil[(int) highest], block.cumulativeLost(), 1);
                if (lastHighest >= 0) {
                    double truth = (double) (lostUntil[(int) highest] - lostUntil[(int) lastHighest]) / (highest - lastHighest);
                    assertEquals(truth, block.fractionLost() / 256.0, 0.01);
                    assertEquals(jitter / MS, block.jitter() / 8.0, 0.2);
                    reports++;
                }
                lastHighest = highest;
            }
        }
        told("scenario 11, loss %d %%: %d reports right within 1 %%", percent, reports);
        assertTrue(reports > 50, reports + " reports");
    }

    private static RtpSession session(long seed, InetSocketAddress peer) {
        RtpSession session = new RtpSession(RtpSessionConfig.forCall("c" + seed).withRtcpMux(true), IdSource.seeded(seed),
            NtpTime.startingAt(Instant.EPOCH, 0), 0);
        session.payloadTypes(PayloadTypes.none().with(0, 8000));
        session.negotiated(peer, peer);
        return session;
    }
}
