package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        StringBuilder rows = new StringBuilder("| RFC | title | test classes |\n|---|---|---|\n");
        scan().forEach((rfc, classes) -> rows.append("| ").append(rfc).append(" | ").append(title(titles, rfc)).append(" | ")
                .append(String.join(", ", classes)).append(" |\n"));
        hold("docs/rfc-coverage.md", rows.toString());
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
        Properties titles = new Properties();
        try (InputStream in = RfcTableTest.class.getResourceAsStream("/rfc-titles.properties")) {
            titles.load(in);
        }
        return titles;
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
