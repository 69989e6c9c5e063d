package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests that the tables of attacks and of faults name exist, classes and methods. */
class AttackTablesTest {
    private static final Pattern METHOD = Pattern.compile("\\bvoid ([a-zA-Z0-9_]+)\\(");
    /** A class, a class and its method, or a method of the class before. */
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+Test)?(?:\\.([a-z][A-Za-z0-9]+))?`");

    @ParameterizedTest
    @CsvSource({"docs/media-srtp.md, '## Attacks', 25", "docs/reliability.md, '## Scenarios', 20"})
    void everyTestNamedIsThere(String document, String heading, int least) {
        String text = SourceTree.read(SourceTree.ROOT.resolve(document));
        String section = text.substring(text.indexOf(heading) + heading.length()).split("(?m)^##")[0];
        List<String> rows = section.lines().filter(line -> line.startsWith("| ") && line.contains("`")).toList();
        assertTrue(rows.size() >= least, "a table with " + rows.size() + " rows");
        Set<String> known = known();
        Set<String> unknown = new TreeSet<>();
        for (String row : rows) {
            String last = row.substring(row.lastIndexOf('|', row.length() - 2));
            assertTrue(NAME.matcher(last).find(), () -> "no test: " + row);
            String type = "";
            for (Matcher found = NAME.matcher(last); found.find();) {
                type = found.group(1) != null ? found.group(1) : type;
                String name = found.group(2) == null ? type : type + '.' + found.group(2);
                if (!known.contains(name)) {
                    unknown.add(name);
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
        return known;
    }
}
