package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Which RFCs the tests hold us to, made from the tests themselves: a class that checks a rule of an RFC carries {@code @Tag("rfc3261")},
 * so that {@code mvn verify -Dgroups=rfc3261} runs what there is on it; a comment {@code # with SIPp: RFC 3261, 3262} in
 * {@code interop/cases} names the peer and the RFCs of the cases that follow up to the next empty line.
 * {@code -Dearshot.update=true} writes the table into the documents.
 */
class RfcTableTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"rfc(\\d+)\"\\)");
    private static final Pattern BLOCK = Pattern.compile("<!-- rfc-table -->.*<!-- /rfc-table -->", Pattern.DOTALL);

    /** What a phone system may expect of a SIP user agent: the RFCs that {@code docs/sip-coverage.md} goes through. */
    private static final List<Integer> SIGNALLING = List.of(3261, 3262, 3263, 3311, 3323, 3325, 3326, 3327, 3428, 3515, 3608, 3680, 3842,
            3856, 3857, 3863, 3891, 3892, 3903, 3911, 3994, 4028, 4235, 4475, 4480, 4488, 4916, 5118, 5438, 5626, 5627, 5923, 6086, 6228,
            6665, 7044, 7118, 7433, 8224, 8305, 8599, 8760);

    @Test
    void theReadmeNamesTheRfcsOfTheTests() throws IOException {
        Properties titles = titles();
        StringBuilder rows = new StringBuilder("| RFC | title |\n|---|---|\n");
        scan().keySet().forEach(rfc -> rows.append("| ").append(rfc).append(" | ").append(title(titles, rfc)).append(" |\n"));
        hold("README.md", rows.toString());
    }

    @Test
    void theDocumentationNamesTheirClasses() throws IOException {
        Properties titles = titles();
        Properties alone = properties("/rfc-without-peer.properties");
        Map<Integer, Map<String, Set<String>>> peers = InteropCases.byRfc();
        StringBuilder rows = new StringBuilder("| RFC | title | test classes | cases with real peers |\n|---|---|---|---|\n");
        scan().forEach((rfc, classes) -> rows.append("| ").append(rfc).append(" | ").append(title(titles, rfc)).append(" | ")
                .append(String.join(", ", classes)).append(" | ")
                .append(peers.containsKey(rfc) ? cell(peers.get(rfc)) : alone.getProperty(String.valueOf(rfc), ""))
                .append(" |\n"));
        hold("docs/rfc-coverage.md", rows.toString());
    }

    private static String cell(Map<String, Set<String>> cases) {
        return cases.entrySet().stream().map(peer -> peer.getKey() + ": " + String.join(", ", peer.getValue()))
                .collect(Collectors.joining("; "));
    }

    @Test
    void theRfcsOfSignallingHaveTestsAndAPeerOrAReasonWhyThereIsNone() throws IOException {
        Set<Integer> tested = scan().keySet();
        Set<Integer> met = InteropCases.byRfc().keySet();
        Properties alone = properties("/rfc-without-peer.properties");
        for (int rfc : SIGNALLING) {
            assertTrue(tested.contains(rfc), "no test is tagged rfc" + rfc);
            assertTrue(met.contains(rfc) != alone.containsKey(String.valueOf(rfc)), "RFC " + rfc + (met.contains(rfc)
                    ? " has a peer: rfc-without-peer.properties must not say why it has none"
                    : " has neither a case in interop/cases nor a reason in rfc-without-peer.properties"));
        }
    }

    private static void hold(String document, String made) throws IOException {
        Path file = SourceTree.ROOT.resolve(document);
        if (Boolean.getBoolean("earshot.update")) {
            Files.writeString(file, BLOCK.matcher(SourceTree.read(file)).replaceFirst(Matcher.quoteReplacement(
                    "<!-- rfc-table -->\n" + made + "<!-- /rfc-table -->")));
        }
        assertTrue(SourceTree.read(file).contains(made), document + " lacks this table; -Dearshot.update=true writes it:\n" + made);
    }

    private static String title(Properties titles, int rfc) {
        return titles.getProperty(String.valueOf(rfc), "?");
    }

    @Test
    void everyRfcHasATitle() throws IOException {
        Set<String> untitled = new TreeSet<>(scan().keySet().stream().map(String::valueOf).toList());
        untitled.removeAll(titles().stringPropertyNames());
        assertEquals(Set.of(), untitled, "rfc-titles.properties lacks these");
    }

    private static Properties titles() throws IOException {
        return properties("/rfc-titles.properties");
    }

    private static Properties properties(String resource) throws IOException {
        Properties all = new Properties();
        try (InputStream in = RfcTableTest.class.getResourceAsStream(resource)) {
            all.load(in);
        }
        return all;
    }

    private static Map<Integer, Set<String>> scan() {
        Map<Integer, Set<String>> rows = new TreeMap<>();
        for (String module : SourceTree.modules()) {
            for (Path file : SourceTree.files(SourceTree.ROOT.resolve(module).resolve("src/test/java"), "Test.java")) {
                String name = file.getFileName().toString().replace("Test.java", "");
                if (!name.equals("RfcTable")) {
                    TAG.matcher(SourceTree.read(file)).results().map(found -> Integer.valueOf(found.group(1)))
                            .forEach(rfc -> rows.computeIfAbsent(rfc, absent -> new TreeSet<>()).add(name));
                }
            }
        }
        return rows;
    }
}
