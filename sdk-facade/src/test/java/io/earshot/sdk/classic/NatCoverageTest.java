package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads docs/nat-coverage.md finds what it names. */
class NatCoverageTest {
    private static final Pattern TEST = Pattern.compile("`(?:[a-z]+\\.)*([A-Z]\\w+Test)(?:\\.(\\w+))?`|`\\.(\\w+)`");
    private final Path root = Documents.root();

    private Map<String, String> tests() throws IOException {
        Map<String, String> all = new HashMap<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.filter(each -> Files.isDirectory(each.resolve("src/test/java"))).toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
                    for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                        all.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                    }
                }
            }
        }
        return all;
    }

    private List<String> rows() throws IOException {
        return Files.readAllLines(root.resolve("docs/nat-coverage.md")).stream().filter(line -> line.startsWith("| ")
                && !line.startsWith("| parameter") && !line.startsWith("| what")).toList();
    }

    @Test
    void eachTestThatIsNamedIsThere() throws IOException {
        Map<String, String> tests = tests();
        int found = 0;
        String last = "";
        for (String row : rows()) {
            for (Matcher named = TEST.matcher(row); named.find(); found++) {
                last = named.group(1) == null ? last : named.group(1);
                String method = named.group(2) == null ? named.group(3) : named.group(2);
                assertTrue(tests.containsKey(last), "no " + last + " in " + row);
                assertTrue(method == null || tests.get(last).contains("void " + method + "("), "no " + last + "." + method);
            }
        }
        assertTrue(found > 60, found + " tests are named");
    }

    @Test
    void eachCaseThatIsNamedIsThere() throws IOException {
        List<String> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("interop/cases"))) {
            for (Path file : files.toList()) {
                Pattern.compile("(?m)^case_(\\w+)\\(\\)").matcher(Files.readString(file)).results()
                        .forEach(each -> cases.add(each.group(1).replace('_', '-')));
            }
        }
        for (String row : rows()) {
            String[] cells = row.split("\\|");
            for (String named : cells[cells.length - 1].split(", ")) {
                String name = named.replaceAll("\\(.*", "").strip();
                boolean words = name.isEmpty() || name.startsWith("each case");
                assertTrue(words || cases.stream().anyMatch(each -> each.matches(name.replace("*", ".*"))),
                        "no case " + name + " in " + row);
            }
        }
    }

    @Test
    void eachParameterOfWaysThroughRoutersHasARow() throws IOException {
        String all = String.join("\n", rows());
        assertEquals(List.of(), ClassicNat.ROWS.stream().map(ClassicParameter::name).filter(name -> !all.contains('`' + name + '`'))
                .toList());
    }
}
