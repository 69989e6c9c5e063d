package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/sip-coverage.md} names as a proof exists: test classes in this checkout, and cases in {@code interop/cases}. */
class SipCoverageTest {
    private static final Pattern CASE = Pattern.compile("(?m)^case_([a-z0-9_]+)\\(\\)");
    private static final int TESTS = 3;
    private static final int PEERS = 4;

    @Test
    void everyTestAndCaseNamedIsThere() {
        Set<String> known = new HashSet<>();
        for (String module : SourceTree.modules()) {
            SourceTree.files(SourceTree.ROOT.resolve(module).resolve("src/test/java"), "Test.java")
                .forEach(file -> known.add(file.getFileName().toString().replace(".java", "")));
        }
        for (Path file : SourceTree.files(SourceTree.ROOT.resolve("interop/cases"), ".sh")) {
            CASE.matcher(SourceTree.read(file)).results().forEach(found -> known.add(found.group(1).replace('_', '-')));
        }
        List<String[]> rows = SourceTree.read(SourceTree.ROOT.resolve("docs/sip-coverage.md")).lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| demanded")).map(line -> line.split("\\|")).toList();
        assertTrue(rows.size() > 60, "a table with " + rows.size() + " rows");
        Set<String> unknown = new TreeSet<>();
        for (String[] row : rows) {
            assertEquals(5, row.length, String.join("|", row));
            for (String name : row[TESTS].split(",")) {
                note(name.strip(), known, unknown);
            }
            if (!row[PEERS].strip().startsWith("none: ")) {
                for (String name : row[PEERS].split(",")) {
                    note(name.strip(), known, unknown);
                }
            }
        }
        assertEquals(Set.of(), unknown, "docs/sip-coverage.md names these");
    }

    private static void note(String name, Set<String> known, Set<String> unknown) {
        if (!known.contains(name)) {
            unknown.add(name);
        }
    }
}
