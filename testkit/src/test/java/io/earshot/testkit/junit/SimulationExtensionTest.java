package io.earshot.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.testkit.ManualTicker;
import io.earshot.testkit.Transcript;
import io.earshot.testkit.net.VirtualNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

@Simulated(seed = 42)
class SimulationExtensionTest {
    @Test
    void fillsParametersInThatBelongTogether(VirtualNetwork net, ManualTicker ticker, Transcript transcript, IdSource ids) {
        assertEquals(42, net.seed());
        assertSame(net.ticker(), ticker);
        assertSame(net.transcript(), transcript);
        assertEquals(VirtualNetwork.seeded(42).ids("test").nextLong(), ids.nextLong());
    }

    @Test
    @Simulated(seed = 7)
    void prefersTheSeedOfTheMethod(VirtualNetwork net) {
        assertEquals(7, net.seed());
    }

    @Test
    void startsEachTestAnew(VirtualNetwork net) {
        assertEquals(0, net.now());
        net.runUntil(5);
    }

    @Test
    void startsEachTestAnewIndeed(VirtualNetwork net) {
        startsEachTestAnew(net);
    }

    /** Registered before the extension under test, so that it sees the failure after it. */
    @Test
    @ExtendWith(Expected.class)
    @ExtendWith(SimulationExtension.class)
    void addsSeedAndTranscriptToAFailure(VirtualNetwork net) {
        net.transcript().note(0, "alice", "did something");
        throw new IllegalStateException("expected");
    }

    static final class Expected implements TestExecutionExceptionHandler {
        private static final String REPORT = "simulation with seed 42 at 0 ns; run it again with -Dearshot.seed=42; transcript:\n"
            + "0.000000 alice ! did something\n";

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
            assertEquals("expected", failure.getMessage());
            if (failure.getSuppressed().length == 0) { // handlers run in an order of JUnit's: look again behind the other one
                new SimulationExtension();
            }
            assertTrue(failure.getSuppressed().length == 1, "no report");
            assertEquals(REPORT, failure.getSuppressed()[0].getMessage());
        }
    }
}
