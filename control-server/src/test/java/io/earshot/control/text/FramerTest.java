package io.earshot.control.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramerTest {
    private static final long SECOND = 1_000_000_000L;

    private final Framer framer = new Framer(1_000, 20 * SECOND);

    private void feed(String text, long now) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        framer.feed(bytes, bytes.length, now);
    }

    private static List<String> drain(Framer framer) {
        List<String> requests = new ArrayList<>();
        for (Optional<String> next = framer.poll(); next.isPresent(); next = framer.poll()) {
            requests.add(next.get());
        }
        return requests;
    }

    @Test
    void linesEndWithAnyLineBreak() {
        feed("a\r\nb\nc\rd", 0);
        assertEquals(List.of("a", "b", "c"), drain(framer));
    }

    @Test
    void aLineWithoutABreakIsARequestAfterSilence() {
        feed("API_Sta", 0);
        feed("rt", SECOND / 10);
        assertEquals(SECOND / 10 + Framer.SILENCE, framer.deadline());
        framer.onTime(framer.deadline() - 1);
        assertEquals(List.of(), drain(framer));
        framer.onTime(framer.deadline());
        assertEquals(List.of("API_Start"), drain(framer));
        assertEquals(Framer.NEVER, framer.deadline());
    }

    @Test
    void aCommandBetweenMarksKeepsItsLineBreaksAndNeedsNone() {
        String command = "BOFCOMMAND BOFLINE API_TestEcho EOFLINE BOFLINE a\r\nb EOFLINE EOFCOMMAND";
        feed(command + command + "\r\nAPI_Test\n", 0);
        assertEquals(List.of(command, command, "API_Test"), drain(framer));
    }

    @Test
    void aCommandThatDoesNotEndIsHandedOnForRefusal() {
        feed("BOFCOMMAND BOFLINE", 0);
        framer.onTime(19 * SECOND);
        assertEquals(List.of(), drain(framer));
        framer.onTime(20 * SECOND);
        assertEquals(List.of("BOFCOMMAND BOFLINE"), drain(framer));
    }

    @Test
    void whatIsTooLongIsNotKept() {
        feed("x".repeat(1_000), 0);
        assertFalse(framer.isOverflown());
        feed("x", 0);
        assertTrue(framer.isOverflown());
        feed("\nAPI_Test\n", 0);
        assertEquals(List.of(), drain(framer));
    }

    @Test
    void howBytesAreCutIntoPiecesDoesNotMatter() {
        Random random = new Random(7);
        String stream = "?function=API_Test\r\nBOFCOMMANDBOFLINEAPI_TestEchoEOFLINEBOFLINE\r\nä EOFLINEEOFCOMMANDAPI_Call,-1,1\r\n\r\n\n"
                + "BOFCOMMENT,1\nBOFCOMMAND BOFLINE a EOFLINE EOFCOMMAND";
        Framer whole = new Framer(10_000, SECOND);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        whole.feed(bytes, bytes.length, 0);
        List<String> expected = drain(whole);
        assertEquals(5, expected.size(), expected::toString);
        for (int round = 0; round < 500; round++) {
            Framer pieces = new Framer(10_000, SECOND);
            for (int at = 0; at < bytes.length;) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
                byte[] piece = java.util.Arrays.copyOfRange(bytes, at, at + length);
                pieces.feed(piece, length, 0);
                at += length;
            }
            assertEquals(expected, drain(pieces));
        }
    }
}
