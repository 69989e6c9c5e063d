package io.earshot.ice.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.ice.agent.Candidate;
import io.earshot.ice.agent.CandidateType;
import io.earshot.ice.agent.IceDescription;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc8839")
class IceSdpTest {
    private static final List<String> OFFER = List.of("ice-lite", "ice-ufrag:8hhY", "ice-pwd:asd88fgpdd777uzjYhagZg",
        "ice-options:trickle ice2",
        "candidate:1 1 UDP 2130706431 203.0.113.141 8998 typ host",
        "candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998 generation 0",
        "candidate:3 1 udp 2113937151 1f4712db-ea17-4bcf-a596-105139dfd8bf.local 54596 typ host",
        "candidate:4 1 tcp 1518280447 192.0.2.4 9 typ host tcptype active",
        "candidate:5 2 udp 2122194687 2001:db8::1 4001 typ prflx",
        "remote-candidates:1 192.0.2.9 45664 2 2001:db8::9 45665", "end-of-candidates", "rtcp-mux");

    @Test
    void anOfferIsRead() {
        IceDescription read = IceSdp.parse(OFFER).orElseThrow();
        assertTrue(read.lite() && read.trickle() && read.complete());
        assertEquals("8hhY", read.credentials().ufrag());
        assertEquals(5, read.candidates().size());
        Candidate reflexive = read.candidates().get(1);
        assertEquals(CandidateType.SERVER_REFLEXIVE, reflexive.type());
        assertEquals(Optional.of(new InetSocketAddress("203.0.113.141", 8998)), reflexive.related());
        assertEquals("0", reflexive.extensions().get("generation"));
        assertTrue(read.candidates().get(2).address().isUnresolved());
        assertEquals("active", read.candidates().get(3).extensions().get("tcptype"));
        assertEquals(new InetSocketAddress("2001:db8::9", 45665), read.remotes().get(2));
        assertEquals(CandidateType.SERVER_REFLEXIVE, read.defaultFor(1).orElseThrow().type());
    }

    @Test
    @Tag("rfc8840")
    void whatIsWrittenIsReadAgain() {
        IceDescription read = IceSdp.parse(OFFER).orElseThrow();
        List<String> lines = new ArrayList<>(IceSdp.session(read));
        lines.addAll(IceSdp.format(read));
        assertEquals(read, IceSdp.parse(lines).orElseThrow());
        assertTrue(lines.contains("candidate:2 1 udp 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998 generation 0"));
        assertTrue(lines.contains("end-of-candidates"));
    }

    @Test
    void aPeerWithoutTrickleHasToldAll() {
        assertTrue(IceSdp.parse(List.of("ice-ufrag:8hhY", "ice-pwd:asd88fgpdd777uzjYhagZg")).orElseThrow().complete());
        assertFalse(IceSdp.parse(List.of("ice-ufrag:8hhY", "ice-pwd:asd88fgpdd777uzjYhagZg", "ice-options:trickle")).orElseThrow()
            .complete());
    }

    @Test
    void theMediaSectionsCredentialsWin() {
        assertEquals("bbbb", IceSdp.parse(List.of("ice-ufrag:aaaa", "ice-pwd:asd88fgpdd777uzjYhagZg", "ice-ufrag:bbbb")).orElseThrow()
            .credentials().ufrag());
    }

    @Test
    void brokenCandidatesAreSkippedAndBrokenCredentialsAreNoIce() {
        for (String bad : List.of("", "1 1 udp 5 192.0.2.1 9 typ", "1 0 udp 5 192.0.2.1 9 typ host", "1 1 udp 0 192.0.2.1 9 typ host",
                "1 1 udp 2147483648 192.0.2.1 9 typ host", "1 1 udp 5 192.0.2.1 65536 typ host", "1 1 udp 5 192.0.2.256 9 typ host",
                "1 1 udp 5 192.0.2.1 -9 typ host", "1 1 udp 5 192.0.2.1 9 typ magic", "a b 1 1 udp 5 192.0.2.1 9 typ host",
                "<x> 1 udp 5 192.0.2.1 9 typ host", "1 1 udp 5 ::g 9 typ host", "1 1 udp 99999999999999999999 192.0.2.1 9 typ host")) {
            assertEquals(Optional.empty(), IceSdp.candidate(bad), bad);
        }
        assertEquals(Optional.empty(), IceSdp.parse(List.of("ice-ufrag:abc", "ice-pwd:asd88fgpdd777uzjYhagZg")));
        assertEquals(Optional.empty(), IceSdp.parse(List.of("ice-ufrag:abcd", "ice-pwd:short")));
        assertEquals(Optional.empty(), IceSdp.parse(List.of("ice-ufrag:ab\"d", "ice-pwd:asd88fgpdd777uzjYhagZg")));
    }

    @Test
    void mutatedLinesNeverThrowAndNeverLookUpNames() {
        SplittableRandom random = new SplittableRandom(8839);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder line = new StringBuilder(OFFER.get(4 + random.nextInt(5)));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(line.length());
                switch (random.nextInt(3)) {
                    case 0 -> line.deleteCharAt(at);
                    case 1 -> line.insert(at, (char) (32 + random.nextInt(95)));
                    default -> line.setCharAt(at, (char) random.nextInt(256));
                }
            }
            read += IceSdp.parse(List.of("ice-ufrag:8hhY", "ice-pwd:asd88fgpdd777uzjYhagZg", line.toString())).orElseThrow().candidates()
                .size();
        }
        int count = read;
        assertTrue(count > 10_000 && count < 190_000, () -> "read " + count);
    }
}
