package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.testing.PlayoutSimulation;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** We stand still, or the sender does, as on a machine that is overloaded: neither is jitter of the network. */
class StallsTest {
    private static final long MS = Ticker.MILLISECOND;
    private static final long FIRST = 20;
    private static final long LAST = 30;

    private static PlayoutSimulation simulation(boolean readsFirst) {
        PlayoutSimulation simulation = new PlayoutSimulation(7, JitterConfig.DEFAULT);
        simulation.jitterMillis = 5;
        simulation.readsFirst = readsFirst;
        return simulation;
    }

    /** For so long in each of ten seconds. */
    private static LongPredicate eachSecond(int millis) {
        return at -> at >= FIRST * Ticker.SECOND && at < LAST * Ticker.SECOND && at % Ticker.SECOND < millis * MS;
    }

    private static double most(PlayoutSimulation simulation, java.util.function.ToDoubleFunction<PlayoutSimulation.Second> what, int from) {
        return simulation.seconds.stream().skip(from).mapToDouble(what).max().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"100, false", "100, true", "300, false", "300, true", "500, false", "500, true", "2000, false", "2000, true"})
    void aPlayerThatStoodStillOnceIsBackWithinASecondOrTwo(int millis, boolean readsFirst) {
        PlayoutSimulation simulation = simulation(readsFirst);
        simulation.stalled = at -> at >= FIRST * Ticker.SECOND && at < FIRST * Ticker.SECOND + millis * MS;
        simulation.run(40);
        int back = (int) FIRST + 2 + millis / 1000;
        assertTrue(most(simulation, second -> second.target() / 1e6, 0) <= 40, "the network is not blamed");
        assertTrue(most(simulation, PlayoutSimulation.Second::buffered, back) <= 40);
        assertTrue(simulation.receiver.statistics().concealed() <= 20);
        assertTrue(simulation.receiver.jitterStatistics().resynchronisations() <= 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300, 500})
    void aPlayerThatStandsStillAgainAndAgainDelaysNothingForIt(int millis) {
        PlayoutSimulation simulation = simulation(true);
        simulation.stalled = eachSecond(millis);
        simulation.run(40);
        assertTrue(most(simulation, second -> second.target() / 1e6, 0) <= 40, "the network is not blamed");
        assertTrue(most(simulation, PlayoutSimulation.Second::buffered, (int) LAST + 2) <= 40);
        assertTrue(simulation.receiver.statistics().concealed() <= 10 * 20);
    }

    /** What could not be played in time is told as discarded; nothing was lost. */
    @Test void whatWasLeftOutIsCounted() {
        PlayoutSimulation simulation = simulation(false);
        simulation.stalled = at -> at >= FIRST * Ticker.SECOND && at < FIRST * Ticker.SECOND + 500 * MS;
        simulation.run(40);
        assertEquals(25, simulation.receiver.statistics().discarded(), 2);
        assertEquals(0, simulation.receiver.jitterStatistics().lost());
    }

    /** Its timestamps lag behind ever more: beyond the greatest delay allowed, everything would be late for ten seconds. */
    @ParameterizedTest
    @ValueSource(ints = {100, 300, 500})
    void aSenderThatStandsStillAgainAndAgainIsHeardAllTheSame(int millis) {
        PlayoutSimulation simulation = simulation(false);
        simulation.mute = eachSecond(millis);
        simulation.run(60);
        assertEquals(1, simulation.playedShare(), 0.005);
        assertTrue(most(simulation, PlayoutSimulation.Second::buffered, 0) <= 80);
        assertTrue(most(simulation, second -> second.target() / 1e6, (int) LAST + 8) <= 40);
        assertTrue(simulation.receiver.statistics().concealed() <= 10 * 200);
    }

    /** Another way through the network, 300 ms longer, and the old one again. */
    @Test void aLongerWayIsNotPaidForTwice() {
        PlayoutSimulation simulation = simulation(false);
        simulation.extraDelay = at -> at >= FIRST * Ticker.SECOND && at < 2 * FIRST * Ticker.SECOND ? 300 * MS : 0;
        simulation.run(60);
        double before = simulation.meanAge(10, 20);
        assertEquals(before + 300, simulation.meanAge(25, 40), 5);
        assertEquals(before, simulation.meanAge(45, 60), 5);
        assertTrue(simulation.playedShare() > 0.99, "played " + simulation.playedShare());
    }

    /** Delays of 300 ms that come and go in seconds are jitter: they are waited for. */
    @Test void aQueueThatFillsAndEmptiesIsWaitedFor() {
        PlayoutSimulation simulation = simulation(false);
        simulation.extraDelay = at -> (long) (300 * MS * Math.abs((at % (4 * Ticker.SECOND)) / (2.0 * Ticker.SECOND) - 1));
        simulation.run(120);
        assertTrue(simulation.receiver.statistics().concealed() < 120 * 15, "concealed " + simulation.receiver.statistics().concealed());
        assertTrue(simulation.playedShare() > 0.98, "played " + simulation.playedShare());
    }
}
