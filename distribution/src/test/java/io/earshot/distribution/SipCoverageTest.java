package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code docs/sip-coverage.md} and {@code docs/security-coverage.md} name as a proof exists: test classes and methods in this
 * checkout, cases in {@code interop/cases}, comparisons of {@code conformance}.
 */
class SipCoverageTest {
    private static final Pattern CASE = Pattern.compile("(?m)^case_([a-z0-9_]+)\\(\\)");
    private static final Pattern METHOD = Pattern.compile("\\bvoid ([a-zA-Z0-9_]+)\\(");
    private static final int TESTS = 3;
    private static final int PEERS = 4;

    @ParameterizedTest
    @CsvSource({"docs/sip-coverage.md, 60", "docs/security-coverage.md, 30"})
    void everyTestAndCaseNamedIsThere(String document, int least) {
        Set<String> known = known();
        List<String[]> rows = SourceTree.read(SourceTree.ROOT.resolve(document)).lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| demanded")).map(line -> line.split("\\|")).toList();
        assertTrue(rows.size() > least, "a table with " + rows.size() + " rows");
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
        assertEquals(Set.of(), unknown, document + " names these");
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>();
        for (String module : SourceTree.modules()) {
            for (Path file : SourceTree.files(SourceTree.ROOT.resolve(module).resolve("src/test/java"), "Test.java")) {
                String name = file.getFileName().toString().replace(".java", "");
                known.add(name);
                METHOD.matcher(SourceTree.read(file)).results().forEach(found -> known.add(name + '.' + found.group(1)));
            }
        }
        for (Path file : SourceTree.files(SourceTree.ROOT.resolve("interop/cases"), ".sh")) {
            CASE.matcher(SourceTree.read(file)).results().forEach(found -> known.add(found.group(1).replace('_', '-')));
        }
        for (Path file : SourceTree.files(SourceTree.ROOT.resolve("conformance"), "run")) {
            known.add(file.getParent().getFileName().toString());
        }
        return known;
    }

    private static void note(String name, Set<String> known, Set<String> unknown) {
        if (!known.contains(name)) {
            unknown.add(name);
        }
    }
}
