package io.earshot.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.testkit.Transcript.Entry;
import io.earshot.testkit.Transcript.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private final Transcript transcript = new Transcript();

    private void call() {
        transcript.add(new Entry(0, Kind.SENT, "alice", "bob", "INVITE sip:bob@b", ""));
        transcript.add(new Entry(20_000_000, Kind.DELIVERED, "bob", "alice", "INVITE sip:bob@b", ""));
        transcript.add(new Entry(1_500_000_000, Kind.DROPPED, "bob", "alice", "200 OK (INVITE)", "loss"));
        transcript.note(1_500_000_000, "bob", "answered");
    }

    @Test
    void printsTimeWhoAndWhat() {
        call();
        assertEquals("""
            0.000000 alice > bob INVITE sip:bob@b
            0.020000 bob < alice INVITE sip:bob@b
            1.500000 bob x alice 200 OK (INVITE) (loss)
            1.500000 bob ! answered
            """, transcript.toString());
    }

    @Test
    void findsLinesInOrder() {
        call();
        transcript.assertContains("alice > bob INVITE", "bob x alice 200", "bob ! answered");
    }

    @Test
    void namesTheFirstLineThatIsMissing() {
        call();
        AssertionError failure = assertThrows(AssertionError.class,
            () -> transcript.assertContains("bob x alice 200", "alice > bob INVITE"));
        assertTrue(failure.getMessage().startsWith("no line \"alice > bob INVITE\" after \"bob x alice 200\" in the transcript:\n0.0"),
            failure.getMessage());
    }

    @Test
    void matchesWholeWords() {
        call();
        assertThrows(AssertionError.class, () -> transcript.assertContains("alice > bob INV"));
        assertEquals(1, transcript.count("alice > bob INVITE"));
    }

    @Test
    void tellsWhenALineIsThereThatShouldNotBe() {
        call();
        transcript.assertLacks("alice > bob CANCEL");
        assertThrows(AssertionError.class, () -> transcript.assertLacks("bob < alice INVITE"));
    }

    @Test
    void showsTheFirstDifferenceBetweenTwoRuns() {
        Transcript other = new Transcript();
        call();
        transcript.entries().stream().limit(3).forEach(other::add);
        assertEquals(Optional.of("""
            line 4
              both:   1.500000 bob x alice 200 OK (INVITE) (loss)
              first:  1.500000 bob ! answered
              second: (end)"""), transcript.firstDifference(other));
        assertThrows(AssertionError.class, () -> transcript.assertSame(other));
        assertNotEquals(transcript.fingerprint(), other.fingerprint());
        other.note(1_500_000_000, "bob", "answered");
        transcript.assertSame(other);
        assertEquals(transcript.fingerprint(), other.fingerprint());
    }

    @Test
    void countsWhatItCannotHold() {
        Transcript small = new Transcript(1);
        small.note(0, "a", "one");
        small.note(0, "a", "two");
        assertEquals("0.000000 a ! one\n… and 1 more\n", small.toString());
    }

    @Test
    void labelsSipByStartLineAndMethod() {
        assertEquals("INVITE sip:bob@b", label("INVITE sip:bob@b SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n"));
        assertEquals("401 Unauthorized (REGISTER)", label("SIP/2.0 401 Unauthorized\r\nVia: x\r\nCSeq: 7 REGISTER\r\n\r\n"));
        assertEquals("100 Trying", label("SIP/2.0 100 Trying\r\n\r\n"));
        assertEquals("keep-alive", label("\r\n\r\n"));
        assertEquals("5 bytes", label("\u0000\u0001abc"));
    }

    private static String label(String packet) {
        return PayloadLabel.sip().of(packet.getBytes(StandardCharsets.ISO_8859_1));
    }
}
