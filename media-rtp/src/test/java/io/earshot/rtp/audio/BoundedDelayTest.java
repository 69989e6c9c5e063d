package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.testing.PlayoutSimulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bound on the delay that is below what the network wants: it is kept, and what comes later is lost, no more. */
class BoundedDelayTest {
    private static final long MS = Ticker.MILLISECOND;
    private static final int NETWORK = 30;
    private static final int TICK = 20;

    private static PlayoutSimulation simulation(int bound, int jitter) {
        PlayoutSimulation out = new PlayoutSimulation(1, JitterConfig.DEFAULT.withDelays(20 * MS, bound * MS));
        out.jitterMillis = jitter;
        return out;
    }

    @ParameterizedTest
    @CsvSource({"40, 100", "70, 100", "60, 150", "100, 200"})
    void theDelayStaysAtTheBoundAndOnlyWhatIsLaterIsLost(int bound, int jitter) {
        PlayoutSimulation simulation = simulation(bound, jitter).run(120);
        double within = (double) bound / jitter;
        double withTick = (double) (bound + TICK) / jitter;
        assertTrue(simulation.playedShare() > within - 0.02 && simulation.playedShare() < withTick + 0.02,
            "played " + simulation.playedShare() + " of what was sent, not " + within + " to " + withTick);
        long[] ages = simulation.played.stream().filter(each -> each.at() > 10 * Ticker.SECOND).mapToLong(PlayoutSimulation.Played::age)
            .sorted().toArray();
        long most = NETWORK + bound + TICK;
        assertTrue(ages[ages.length * 99 / 100] <= most * MS, "99 % of the ages up to " + ages[ages.length * 99 / 100] / MS + " ms");
        var played = simulation.receiver.statistics();
        assertEquals(1 - simulation.playedShare(), (double) played.concealed() / simulation.sentMillis, 0.02, "concealed");
        assertTrue(played.lengthened() < 0.005 * simulation.sentMillis, "next to nothing is stretched: " + played);
    }

    @Test
    void aBoundThatTheNetworkDoesNotNeedChangesNothing() {
        PlayoutSimulation simulation = simulation(100, 40).run(60);
        assertTrue(simulation.playedShare() > 0.99, "played " + simulation.playedShare());
        assertTrue(simulation.meanAge(10, 60) < NETWORK + 40 + TICK + 5, "age " + simulation.meanAge(10, 60));
    }

    @Test
    void aStallBehindWhichTheNetworkIsGoodAgainIsStillHeardWhole() {
        PlayoutSimulation simulation = simulation(60, 10);
        simulation.extraDelay = at -> at > 20 * Ticker.SECOND && at < 20 * Ticker.SECOND + 80 * MS
            ? 20 * Ticker.SECOND + 80 * MS - at : 0;
        simulation.run(60);
        assertTrue(simulation.playedShare() > 0.998, "played " + simulation.playedShare());
    }
}
