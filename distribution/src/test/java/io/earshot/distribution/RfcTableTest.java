package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Which RFCs the tests hold us to: made from the tests themselves, which name the RFC (and mostly its section) that they check. When it
 * fails, copy the table it prints into docs/rfc-coverage.md.
 */
class RfcTableTest {
    private static final Pattern MENTION = Pattern.compile("RFC (\\d{4})(?: (?:§|section |appendix )?([A-Z]?[0-9.]*[0-9]))?");
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(1889, "RTP (first edition)"), Map.entry(2198, "RED"), Map.entry(2543, "SIP (first edition)"),
            Map.entry(2617, "HTTP digest (first edition)"), Map.entry(2782, "DNS SRV"), Map.entry(3261, "SIP"),
            Map.entry(3262, "Reliable provisional responses"), Map.entry(3263, "Locating SIP servers"),
            Map.entry(3264, "Offer/answer"), Map.entry(3312, "Preconditions"), Map.entry(3323, "Privacy"), Map.entry(3326, "Reason"),
            Map.entry(3327, "Path"), Map.entry(3403, "DNS NAPTR"), Map.entry(3550, "RTP and RTCP"), Map.entry(3551, "RTP/AVP profile"),
            Map.entry(3581, "rport"), Map.entry(3605, "a=rtcp"), Map.entry(3611, "RTCP XR"), Map.entry(3966, "tel URI"),
            Map.entry(3986, "URI"), Map.entry(4028, "Session timers"), Map.entry(4320, "Non-INVITE transactions"),
            Map.entry(4475, "SIP torture tests"), Map.entry(4566, "SDP (second edition)"), Map.entry(4585, "RTP/AVPF"),
            Map.entry(4733, "Telephone events"), Map.entry(4961, "Symmetric RTP"), Map.entry(5118, "SIP torture tests for IPv6"),
            Map.entry(5285, "RTP header extensions (first edition)"), Map.entry(5407, "SIP race conditions"),
            Map.entry(5506, "Reduced-size RTCP"), Map.entry(5626, "Outbound, keep-alive"), Map.entry(5737, "Addresses for documentation"),
            Map.entry(5761, "RTP and RTCP on one port"), Map.entry(5888, "SDP grouping"), Map.entry(5954, "IPv6 in SIP"),
            Map.entry(6026, "INVITE transaction corrections"), Map.entry(6141, "re-INVITE"), Map.entry(6263, "RTP keep-alive"),
            Map.entry(6337, "Offer/answer usage"), Map.entry(6665, "Events"), Map.entry(6716, "Opus"), Map.entry(3951, "iLBC"),
            Map.entry(3952, "iLBC over RTP"), Map.entry(5574, "Speex over RTP"), Map.entry(7587, "Opus over RTP"),
            Map.entry(3555, "MIME types of RTP formats"), Map.entry(4856, "Media types of RTP formats"), Map.entry(7022, "RTCP CNAME"),
            Map.entry(7118, "SIP over WebSocket"), Map.entry(7160, "Changes of the RTP clock rate"), Map.entry(7616, "HTTP digest"),
            Map.entry(7983, "Demultiplexing on one port"), Map.entry(8285, "RTP header extensions"), Map.entry(8760, "SIP digest algorithms"),
            Map.entry(8866, "SDP"), Map.entry(8224, "SIP identity"), Map.entry(3428, "MESSAGE"), Map.entry(3515, "REFER"),
            Map.entry(3891, "Replaces"), Map.entry(3389, "Comfort noise"), Map.entry(5939, "SDP capabilities"));

    @Test
    void theTableInTheDocumentationIsThatOfTheTests() {
        String document = SourceTree.read(SourceTree.ROOT.resolve("docs/rfc-coverage.md"));
        String made = table();
        assertTrue(document.contains(made), "docs/rfc-coverage.md does not have this table:\n" + made);
    }

    @Test
    void everyRfcHasATitle() {
        assertEquals(Map.of(), scan().entrySet().stream().filter(row -> !TITLES.containsKey(row.getKey()))
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)), "add titles for these");
    }

    private static String table() {
        StringBuilder out = new StringBuilder("| RFC | title | sections named by tests | test classes |\n|---|---|---|--:|\n");
        scan().forEach((rfc, row) -> out.append("| [").append(rfc).append("](https://www.rfc-editor.org/rfc/rfc").append(rfc)
                .append(") | ").append(TITLES.getOrDefault(rfc, "?")).append(" | ").append(String.join(", ", row.sections)).append(" | ")
                .append(row.classes.size()).append(" |\n"));
        return out.toString();
    }

    private static Map<Integer, Row> scan() {
        Map<Integer, Row> rows = new TreeMap<>();
        for (String module : SourceTree.modules()) {
            for (Path file : SourceTree.files(SourceTree.ROOT.resolve(module).resolve("src/test/java"), "Test.java")) {
                if (!file.getFileName().toString().equals("RfcTableTest.java")) {
                    MENTION.matcher(SourceTree.read(file)).results().forEach(found -> note(rows, file, found));
                }
            }
        }
        return rows;
    }

    private static void note(Map<Integer, Row> rows, Path file, MatchResult found) {
        Row row = rows.computeIfAbsent(Integer.parseInt(found.group(1)), rfc -> new Row(new TreeSet<>(), new TreeSet<>()));
        row.classes.add(file.getFileName().toString());
        if (found.group(2) != null) {
            row.sections.add("§" + found.group(2));
        }
    }

    /** What tests say of one RFC. */
    private record Row(TreeSet<String> sections, TreeSet<String> classes) { }
}
