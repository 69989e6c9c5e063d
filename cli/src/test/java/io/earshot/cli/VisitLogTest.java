package io.earshot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.tunnel.TunnelVisit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VisitLogTest {
    private final StringWriter printed = new StringWriter();
    private Instant now = Instant.parse("2026-11-21T19:00:59.5Z");
    private final VisitLog log = new VisitLog(new PrintWriter(printed), () -> now);

    private void visit(TunnelVisit.Kind kind, String user, String reason) {
        log.accept(new TunnelVisit(kind, user, new InetSocketAddress("192.0.2.1", 0).getAddress(), reason));
    }

    @Test
    void aVisitIsALineWhateverTheVisitorSays() {
        visit(TunnelVisit.Kind.ENTERED, "alice", "");
        visit(TunnelVisit.Kind.REFUSED, "bob'\n2026-11-21T19:00:59Z entered", "a wrong user or key");
        visit(TunnelVisit.Kind.REFUSED, "", "too many connections");
        assertEquals("""
                2026-11-21T19:00:59Z entered 192.0.2.1 as 'alice'
                2026-11-21T19:00:59Z refused 192.0.2.1 as 'bob??2026-11-21T19?00?59Z?entered': a wrong user or key
                2026-11-21T19:00:59Z refused 192.0.2.1: too many connections
                """, printed.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void aFloodOfVisitsFillsNoDisk() {
        for (int i = 0; i < 10_000; i++) {
            visit(TunnelVisit.Kind.REFUSED, "", "too many connections");
        }
        now = now.plusSeconds(1);
        visit(TunnelVisit.Kind.ENTERED, "alice", "");
        String[] lines = printed.toString().split("\\R");
        assertEquals(102, lines.length);
        assertEquals("2026-11-21T19:00:00Z and 9900 more in that minute", lines[100]);
        assertEquals("2026-11-21T19:01:00Z entered 192.0.2.1 as 'alice'", lines[101]);
    }
}
