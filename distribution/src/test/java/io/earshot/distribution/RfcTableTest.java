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
import org.junit.jupiter.api.Test;

/**
 * Which RFCs the tests hold us to, made from the tests themselves: a class that checks a rule of an RFC carries {@code @Tag("rfc3261")},
 * so that {@code mvn verify -Dgroups=rfc3261} runs what there is on it. {@code -Dearshot.update=true} writes the table into the documents.
 */
class RfcTableTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"rfc(\\d+)\"\\)");
    private static final Pattern BLOCK = Pattern.compile("<!-- rfc-table -->.*<!-- /rfc-table -->", Pattern.DOTALL);
    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

    @Test
    void theDocumentationHasTheTableOfTheTests() throws IOException {
        String made = table();
        for (String document : List.of("README.md", "docs/rfc-coverage.md")) {
            Path file = SourceTree.ROOT.resolve(document);
            if (Boolean.getBoolean("earshot.update")) {
                Files.writeString(file, BLOCK.matcher(SourceTree.read(file)).replaceFirst(Matcher.quoteReplacement(
                        "<!-- rfc-table -->\n" + made + "<!-- /rfc-table -->")));
            }
            assertTrue(SourceTree.read(file).contains(made), document + " lacks this table; -Dearshot.update=true writes it:\n" + made);
        }
    }

    @Test
    void everyRfcHasATitle() throws IOException {
        Set<String> untitled = new TreeSet<>(scan().keySet().stream().map(String::valueOf).toList());
        untitled.removeAll(titles().stringPropertyNames());
        assertEquals(Set.of(), untitled, "rfc-titles.properties lacks these");
    }

    private static String table() throws IOException {
        Properties titles = titles();
        StringBuilder out = new StringBuilder("| RFC | title | test classes | tests |\n|---|---|---|--:|\n");
        scan().forEach((rfc, row) -> out.append("| ").append(rfc).append(" | ").append(titles.getProperty(String.valueOf(rfc), "?"))
                .append(" | ").append(row.summary()).append(" | ").append(row.tests).append(" |\n"));
        return out.toString();
    }

    private static Properties titles() throws IOException {
        Properties titles = new Properties();
        try (InputStream in = RfcTableTest.class.getResourceAsStream("/rfc-titles.properties")) {
            titles.load(in);
        }
        return titles;
    }

    private static Map<Integer, Row> scan() {
        Map<Integer, Row> rows = new TreeMap<>();
        for (String module : SourceTree.modules()) {
            for (Path file : SourceTree.files(SourceTree.ROOT.resolve(module).resolve("src/test/java"), "Test.java")) {
                if (file.getFileName().toString().equals("RfcTableTest.java")) {
                    continue;
                }
                String source = SourceTree.read(file);
                int tests = (int) TEST.matcher(source).results().count();
                String name = file.getFileName().toString().replace("Test.java", "");
                TAG.matcher(source).results().map(found -> Integer.valueOf(found.group(1)))
                        .forEach(rfc -> rows.computeIfAbsent(rfc, absent -> new Row()).add(name, tests));
            }
        }
        return rows;
    }

    /** The tests on one RFC. */
    private static final class Row {
        private static final int SHOWN = 4;

        private final TreeSet<String> classes = new TreeSet<>();
        private int tests;

        void add(String name, int count) {
            classes.add(name);
            tests += count;
        }

        String summary() {
            String first = String.join(", ", classes.stream().limit(SHOWN).toList());
            return classes.size() > SHOWN ? first + " and " + (classes.size() - SHOWN) + " more" : first;
        }
    }
}
