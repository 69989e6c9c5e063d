package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.jitter.JitterStatistics;
import io.earshot.rtp.testing.PlayoutSimulation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network's fixed delay is 30 ms; ages are from speaking to decoding. */
class PlayoutSimulationTest {
    private static final long MS = Ticker.MILLISECOND;
    private final PlayoutSimulation simulation = new PlayoutSimulation(1, JitterConfig.DEFAULT);

    private void inOrderAndOnce() {
        int last = -1;
        for (PlayoutSimulation.Played played : simulation.played) {
            assertTrue(played.index() > last, "packet " + played.index() + " after " + last);
            last = played.index();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,10", "0,30", "0,75", "0,150", "2,50", "5,0", "5,100", "10,30", "20,0", "20,150"})
    void playsNearlyAllThatArrives(int lossPercent, int jitterMillis) {
        simulation.loss = lossPercent / 100.0;
        simulation.jitterMillis = jitterMillis;
        simulation.duplicates = 0.02;
        simulation.run(300);
        inOrderAndOnce();
        double arrived = 1 - lossPercent / 100.0;
        assertEquals(arrived, simulation.playedShare(), 0.01);
        long concealed = simulation.receiver.statistics().concealed();
        assertEquals(lossPercent / 100.0, (double) concealed / simulation.sentMillis, 0.012);
        double age = simulation.meanAge(30, 300);
        assertTrue(age <= 30 + jitterMillis + 50, "mean age " + age);
        JitterStatistics counts = simulation.receiver.jitterStatistics();
        assertTrue(counts.duplicates() + counts.late() > 100);
        assertEquals(0, counts.resynchronisations());
    }

    @ParameterizedTest
    @CsvSource({"200,0,false", "-200,0,false", "200,30,false", "-200,30,true", "200,0,true"})
    void clockDriftNeverAccumulates(int ppm, int jitterMillis, boolean dtx) {
        simulation.driftPpm = ppm;
        simulation.jitterMillis = jitterMillis;
        simulation.dtx = dtx;
        simulation.run(600);
        inOrderAndOnce();
        assertTrue(simulation.playedShare() > 0.995, "played " + simulation.playedShare());
        assertTrue(simulation.receiver.statistics().concealed() < 1000);
        for (int second = 10; second < 600; second += 10) {
            double age = simulation.meanAge(second, second + 10);
            assertTrue(age > 30 && age < 90 + jitterMillis, "age " + age + " at " + second);
            assertTrue(simulation.seconds.get(second).buffered() < 150 + jitterMillis);
        }
    }

    @ParameterizedTest
    @CsvSource({"10", "30", "60", "120"})
    void worksForEveryPacketTime(int ptime) {
        simulation.ptime = ptime;
        simulation.jitterMillis = 40;
        simulation.loss = 0.03;
        simulation.run(120);
        inOrderAndOnce();
        assertEquals(0.97, simulation.playedShare(), 0.02);
        assertTrue(simulation.meanAge(20, 120) < 30 + 40 + 2 * ptime + 50, "age " + simulation.meanAge(20, 120));
    }

    @Test void theTargetGrowsWithJitterAndShrinksWithinThirtySeconds() {
        SplittableRandom random = new SplittableRandom(4);
        simulation.extraDelay = at -> at >= 20 * Ticker.SECOND && at < 40 * Ticker.SECOND ? random.nextLong(150 * MS) : 0;
        simulation.run(80);
        assertTrue(simulation.seconds.get(19).target() <= 40 * MS);
        assertTrue(simulation.seconds.get(22).target() >= 120 * MS, "grown within 2 s");
        assertTrue(simulation.seconds.get(39).target() >= 140 * MS && simulation.seconds.get(39).target() <= 180 * MS);
        assertTrue(simulation.seconds.get(70).target() <= 40 * MS, "shrunk within 30 s");
        assertTrue(simulation.meanAge(15, 20) <= 70);
        assertTrue(simulation.meanAge(71, 80) <= 70, "age " + simulation.meanAge(71, 80));
        assertTrue(simulation.receiver.statistics().concealed() < 800);
    }

    @Test void audioIsBackRightAfterABlackout() {
        simulation.extraDelay = at -> at >= 20 * Ticker.SECOND && at < 21 * Ticker.SECOND ? -1 : 0;
        simulation.run(40);
        long back = simulation.played.stream().filter(p -> p.at() > 20_500 * MS).findFirst().orElseThrow().at();
        assertTrue(back - 21 * Ticker.SECOND <= 100 * MS, "back after " + (back - 21 * Ticker.SECOND) / MS);
        assertEquals(simulation.meanAge(10, 20), simulation.meanAge(22, 40), 25);
    }

    @Test void aStallOfHalfASecondLeavesNoLastingDelay() {
        simulation.extraDelay = at -> at >= 20 * Ticker.SECOND && at < 20_500 * MS ? 20_500 * MS - at : 0;
        simulation.run(40);
        assertTrue(simulation.meanAge(23, 40) <= simulation.meanAge(10, 20) + 1);
        assertTrue(simulation.playedShare() > 0.98);
    }

    @Test void aPausedPlayerCatchesUpWithinTwoSecondsAndConcealsNothing() {
        simulation.stalled = at -> at >= 20 * Ticker.SECOND && at < 20_200 * MS;
        simulation.run(40);
        double before = simulation.meanAge(10, 20);
        assertTrue(simulation.meanAge(22, 23) <= before + 20, "age " + simulation.meanAge(22, 23));
        assertTrue(simulation.meanAge(24, 40) <= before + 1);
        assertTrue(simulation.receiver.statistics().concealed() <= 20);
    }

    @Test void aLongSuspensionIsNotPlayedBack() {
        simulation.stalled = at -> at >= 20 * Ticker.SECOND && at < 40 * Ticker.SECOND;
        simulation.run(60);
        assertTrue(simulation.meanAge(41, 60) <= simulation.meanAge(10, 20) + 25, "age " + simulation.meanAge(41, 60));
    }

    @Test void timestampAndSequenceJumpsCostLittle() {
        simulation.run(20);
        simulation.jump(1_000_000, 0);
        simulation.run(20);
        simulation.jump(-3_000_000, 20_000);
        simulation.run(20);
        simulation.jump(0, 20_000);
        simulation.run(20);
        assertTrue(simulation.playedShare() > 0.99, "played " + simulation.playedShare());
        assertEquals(3, simulation.receiver.jitterStatistics().resynchronisations());
        assertTrue(simulation.meanAge(65, 80) < 80);
    }

    @Test void anotherSourceStartsAfresh() {
        simulation.run(10);
        simulation.changeSource();
        simulation.run(10);
        assertTrue(simulation.playedShare() > 0.98);
        assertEquals(0, simulation.receiver.jitterStatistics().suspects());
    }

    @Test void theSameSeedGivesTheSameRun() {
        PlayoutSimulation other = new PlayoutSimulation(1, JitterConfig.DEFAULT);
        for (PlayoutSimulation each : new PlayoutSimulation[] {simulation, other}) {
            each.loss = 0.1;
            each.jitterMillis = 80;
            each.run(60);
        }
        assertEquals(simulation.played, other.played);
        assertEquals(simulation.receiver.jitterStatistics(), other.receiver.jitterStatistics());
    }

    @Test void silenceSuppressionCostsNoConcealment() {
        simulation.dtx = true;
        simulation.jitterMillis = 20;
        simulation.run(120);
        assertTrue(simulation.playedShare() > 0.999);
        assertTrue(simulation.receiver.statistics().concealed() < 200, "concealed " + simulation.receiver.statistics().concealed());
    }
}
