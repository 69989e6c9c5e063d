package io.earshot.sdk.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What INFO tells of candidates. */
@Tag("rfc8840")
class TrickleLineTest {
    private static final String CANDIDATE = "candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host";

    private static SessionDescription description(String extra, String... media) {
        return ((SdpResult.Parsed) new SdpParser().parse(("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
                + extra + String.join("", media)).getBytes(StandardCharsets.UTF_8))).description();
    }

    private static String audio(String mid, String ufrag) {
        return "m=audio 9 RTP/AVP 0\r\na=mid:" + mid + "\r\na=ice-ufrag:" + ufrag + "\r\na=ice-pwd:0123456789012345678901\r\n";
    }

    private static String fragment(String ufrag, String mid, String lines) {
        return "a=ice-pwd:0123456789012345678901\r\na=ice-ufrag:" + ufrag + "\r\nm=audio 9 RTP/AVP 0\r\na=mid:" + mid + "\r\n" + lines;
    }

    private static List<String> later(TrickleLine line, SessionDescription theirs, int index) {
        return line.told(theirs, index).stream().filter(one -> !one.startsWith("ice-")).toList();
    }

    @Test
    void whatComesBeforeItsDescriptionCountsWithThatAndWithNoOther() {
        TrickleLine line = new TrickleLine(true);
        assertTrue(line.hear(fragment("abcd", "0", "a=" + CANDIDATE + "\r\n")));
        assertFalse(line.hear(fragment("abcd", "0", "a=" + CANDIDATE + "\r\n")), "the same once more is no news");
        assertEquals(List.of(CANDIDATE), later(line, description("", audio("0", "abcd")), 0));
        assertEquals(List.of(), later(line, description("", audio("0", "efgh")), 0), "another search of the peer's");
        assertEquals(List.of(), later(line, description("", audio("1", "abcd")), 0), "another line");
        assertTrue(line.hear(fragment("abcd", "0", "a=" + CANDIDATE + "\r\na=end-of-candidates\r\n")));
        assertEquals(List.of(CANDIDATE, "end-of-candidates"), later(line, description("", audio("0", "abcd")), 0));
    }

    @Test
    void aBundlesCandidatesComeUnderTheNameOfItsFirstLineAndTheEndMayBeThatOfAll() {
        TrickleLine line = new TrickleLine(true);
        assertTrue(line.hear("a=end-of-candidates\r\n" + fragment("abcd", "v", "a=" + CANDIDATE + "\r\n")));
        SessionDescription theirs = description("a=group:BUNDLE v a\r\n", "m=video 9 RTP/AVP 96\r\na=mid:v\r\n", audio("a", "abcd"));
        assertEquals(List.of(CANDIDATE, "end-of-candidates"), later(line, theirs, 1));
    }

    @Test
    void whatWeTellIsReadByOurselvesAndRepeatsAll() {
        List<String> ours = List.of("ice-ufrag:abcd", "ice-pwd:0123456789012345678901", "ice-options:trickle ice2", CANDIDATE,
                "end-of-candidates");
        String body = new TrickleLine(true).body(ours, Optional.empty(), 0);
        assertEquals("a=ice-pwd:0123456789012345678901\r\na=ice-ufrag:abcd\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=" + CANDIDATE
                + "\r\na=end-of-candidates\r\n", body);
        TrickleLine line = new TrickleLine(true);
        assertTrue(line.hear(body));
        assertEquals(List.of(CANDIDATE, "end-of-candidates"), later(line, description("", audio("0", "abcd")), 0));
    }

    @Test
    void whoeverWantsNoneHearsNoneAndSaysSo() {
        TrickleLine line = new TrickleLine(false);
        assertFalse(line.hear(fragment("abcd", "0", "a=" + CANDIDATE + "\r\n")));
        assertEquals(List.of("ice-options:ice2", CANDIDATE),
                line.ours(List.of("ice-options:trickle ice2", CANDIDATE, "end-of-candidates")));
        assertEquals(List.of(), line.ours(List.of("ice-options:trickle")));
    }

    @Test
    void floodsAndGarbageStayWithinBounds() {
        TrickleLine line = new TrickleLine(true);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            many.append("a=candidate:").append(i).append(" 1 udp 1 192.0.2.1 5000 typ host\r\n");
        }
        assertTrue(line.hear(fragment("abcd", "0", many.toString())));
        assertEquals(100, later(line, description("", audio("0", "abcd")), 0).size());
        for (int i = 0; i < 50; i++) {
            line.hear(fragment("other" + i, "0", "a=" + CANDIDATE + "\r\n"));
        }
        assertEquals(List.of(), later(line, description("", audio("0", "abcd")), 0), "the oldest search is forgotten");
        Random random = new Random(8840);
        String valid = fragment("abcd", "0", "a=" + CANDIDATE + "\r\na=end-of-candidates\r\n");
        for (int round = 0; round < 20_000; round++) {
            StringBuilder broken = new StringBuilder(valid);
            for (int change = random.nextInt(4); change >= 0; change--) {
                broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(256));
            }
            line.hear(broken.substring(random.nextInt(broken.length())));
        }
        assertTrue(later(line, description("", audio("0", "abcd")), 0).size() <= 101);
    }

    @Test
    void aPeerIsKnownByItsAddressWhateverStandsAroundIt() {
        TrickleMemory memory = new TrickleMemory();
        memory.note("sip:Bob@Example.com:5060;transport=tcp", true);
        assertTrue(memory.knows("sips:bob@example.com"));
        assertFalse(memory.knows("sip:bobby@example.com"));
        memory.note("sip:bob@example.com", false);
        assertFalse(memory.knows("sip:bob@example.com"));
        for (int i = 0; i < 1001; i++) {
            memory.note("sip:u" + i + "@example.com", true);
        }
        assertFalse(memory.knows("sip:u0@example.com"));
        assertTrue(memory.knows("sip:u1@example.com"));
    }
}
