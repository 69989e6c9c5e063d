package io.earshot.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.testkit.net.VirtualNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** The outer extension comes first here, so that it is given the failure last. */
@ExtendWith(SimulationFailureTest.Expected.class)
@Simulated(seed = 42)
class SimulationFailureTest {
    @Test
    void addsSeedAndTranscriptToAFailure(VirtualNetwork net) {
        net.transcript().note(0, "alice", "did something");
        throw new IllegalStateException("expected");
    }

    static final class Expected implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
            assertEquals("expected", failure.getMessage());
            assertEquals("""
                simulation with seed 42 at 0 ns; run it again with -Dearshot.seed=42; transcript:
                0.000000 alice ! did something
                """, failure.getSuppressed()[0].getMessage());
        }
    }
}
