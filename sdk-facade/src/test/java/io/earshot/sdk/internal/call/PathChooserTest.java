package io.earshot.sdk.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.call.PathChooser.Action;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathChooserTest {
    private static final long S = Ticker.SECOND;

    private final PathChooser chooser = new PathChooser(false, 0);

    @Test
    void aSilentServerIsWaitedForAndThenReachedThroughTheTunnel() {
        chooser.tunnel(true);
        chooser.asked(5 * S, 0);
        assertEquals(5 * S, chooser.deadline());
        assertEquals(Action.NOTHING, chooser.onTime(5 * S - 1, true));
        assertEquals(Action.USE_TUNNEL, chooser.onTime(5 * S, true));
        assertTrue(chooser.isThroughTunnel());
    }

    @Test
    void aServerThatAnswersIsReachedDirectly() {
        chooser.tunnel(true);
        chooser.asked(5 * S, 0);
        chooser.answered();
        assertEquals(Action.NOTHING, chooser.onTime(60 * S, true));
        assertEquals(Ticker.NEVER, chooser.deadline());
    }

    @Test
    void nothingChangesAsLongAsTheTunnelIsDownOrThereAreCalls() {
        chooser.asked(5 * S, 0);
        assertEquals(Action.NOTHING, chooser.onTime(6 * S, true));
        chooser.tunnel(true);
        assertEquals(Action.NOTHING, chooser.onTime(7 * S, false));
        assertEquals(Action.USE_TUNNEL, chooser.onTime(8 * S, true));
    }

    @Test
    void theDirectWayIsTriedLessAndLessOftenAndTakenAfterTwoAnswers() {
        chooser.tunnel(true);
        chooser.failed();
        assertEquals(Action.USE_TUNNEL, chooser.onTime(0, true));
        assertEquals(60 * S, chooser.deadline());
        assertEquals(Action.PROBE, chooser.onTime(60 * S, true));
        assertEquals(120 * S, chooser.deadline());
        assertEquals(Action.PROBE, chooser.onTime(120 * S, true));
        assertEquals(240 * S, chooser.deadline());
        chooser.probeAnswered(120 * S);
        assertEquals(Action.NOTHING, chooser.onTime(120 * S, true));
        assertEquals(Action.PROBE, chooser.onTime(125 * S, true));
        chooser.probeAnswered(125 * S);
        assertEquals(Action.NOTHING, chooser.onTime(126 * S, false));
        assertEquals(Action.USE_DIRECT, chooser.onTime(127 * S, true));
        assertFalse(chooser.isThroughTunnel());
    }

    @Test
    void oneAnswerIsNotEnough() {
        PathChooser remembered = new PathChooser(true, 0);
        remembered.tunnel(true);
        assertEquals(Action.PROBE, remembered.onTime(60 * S, true));
        remembered.probeAnswered(60 * S);
        assertEquals(Action.PROBE, remembered.onTime(65 * S, true));
        assertEquals(Action.PROBE, remembered.onTime(70 * S, true));
        assertEquals(70 * S + 120 * S, remembered.deadline());
        assertTrue(remembered.isThroughTunnel());
    }

    @Test
    void whatWorkedIsKnownAfterARestart(@TempDir Path folder) {
        try (PathMemory memory = PathMemory.open(Optional.of(folder), "https://gw.example.com")) {
            assertFalse(memory.wasThroughTunnel());
            memory.keep(true);
        }
        try (PathMemory memory = PathMemory.open(Optional.of(folder), "https://gw.example.com")) {
            assertTrue(memory.wasThroughTunnel());
            memory.keep(false);
        }
        try (PathMemory memory = PathMemory.open(Optional.of(folder), "https://gw.example.com")) {
            assertFalse(memory.wasThroughTunnel());
        }
    }
}
