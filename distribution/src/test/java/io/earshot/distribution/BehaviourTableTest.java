package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Which test proves which behaviour of the specification: {@code behaviours.tsv} has a row for each, and {@code docs/behaviours.md} is made
 * from it with {@code -Dearshot.update=true}. A proof is {@code TestClass.method} or {@code interop:case}; the last column says what is
 * left out ({@code reason: …}) or not proven yet ({@code missing: …}).
 */
class BehaviourTableTest {
    private static final int BEHAVIOURS = 247;
    private static final String INTEROP = "interop:";
    private static final Pattern CASE = Pattern.compile("^case_([a-z0-9_]+)\\(\\)", Pattern.MULTILINE);

    /**
     * A row.
     *
     * @param open why a part is left out, or which part nothing proves yet; empty when all of it is proven
     */
    private record Behaviour(String id, String title, List<String> proofs, String open) {
        static Behaviour parse(String line) {
            String[] columns = line.split("\t", -1);
            assertEquals(4, columns.length, line);
            return new Behaviour(columns[0], columns[1], Arrays.stream(columns[2].split(" ")).filter(one -> !one.isEmpty()).toList(),
                    columns[3]);
        }

        boolean isMissing() {
            return open.startsWith("missing: ");
        }

        boolean isProven() {
            return !isMissing() && !proofs.isEmpty();
        }
    }

    private static List<Behaviour> rows() throws IOException {
        try (InputStream in = BehaviourTableTest.class.getResourceAsStream("/behaviours.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).map(Behaviour::parse)
                    .toList();
        }
    }

    @Test
    void everyBehaviourHasOneRow() throws IOException {
        List<String> all = IntStream.rangeClosed(1, BEHAVIOURS).mapToObj(n -> String.format("B-%03d", n)).toList();
        assertEquals(all, rows().stream().map(Behaviour::id).toList());
    }

    @Test
    void everyRowIsProvenOrSaysWhatIsOpen() throws IOException {
        for (Behaviour row : rows()) {
            assertTrue(row.isProven() || row.open.matches("(reason|missing): \\S.*"), row::toString);
            assertTrue(row.open.isEmpty() || row.open.matches("(reason|missing): \\S.*"), row::toString);
            assertTrue(!row.title.isBlank() && row.title.length() <= 70, row::toString);
            assertEquals(new TreeSet<>(row.proofs).size(), row.proofs.size(), row::toString);
        }
    }

    @Test
    void everyProofIsThere() throws IOException {
        Map<String, List<Path>> classes = classes();
        TreeSet<String> cases = SourceTree.files(SourceTree.ROOT.resolve("interop/cases"), ".sh").stream()
                .flatMap(file -> CASE.matcher(SourceTree.read(file)).results()).map(found -> found.group(1).replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> wrong = new ArrayList<>();
        for (Behaviour row : rows()) {
            for (String proof : row.proofs) {
                boolean there = proof.startsWith(INTEROP) ? cases.contains(proof.substring(INTEROP.length()))
                        : holders(classes, proof).size() == 1;
                if (!there) {
                    wrong.add(row.id + " " + proof);
                }
            }
        }
        assertEquals(List.of(), wrong, "no such test or case, or a name of several");
    }

    private static Map<String, List<Path>> classes() {
        return SourceTree.modules().stream().flatMap(module -> SourceTree.files(SourceTree.ROOT.resolve(module)
                .resolve("src/test/java"), "Test.java").stream())
                .collect(Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", ""), TreeMap::new,
                        Collectors.toList()));
    }

    /** Returns the files of classes of this name that have a test of this name. */
    private static List<Path> holders(Map<String, List<Path>> classes, String proof) {
        int dot = proof.indexOf('.');
        return dot < 0 ? List.of() : classes.getOrDefault(proof.substring(0, dot), List.of()).stream()
                .filter(file -> isTest(SourceTree.read(file), proof.substring(dot + 1))).toList();
    }

    private static boolean isTest(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        int before = Math.max(0, Math.max(source.lastIndexOf("\n    }\n", at), source.lastIndexOf(";\n", at)));
        return at >= 0 && source.substring(before, at).matches("(?s).*@\\w*Test\\b.*");
    }

    @Test
    void theDocumentNamesThem() throws IOException {
        List<Behaviour> rows = rows();
        Map<String, List<Path>> classes = classes();
        long proven = rows.stream().filter(Behaviour::isProven).count();
        long missing = rows.stream().filter(Behaviour::isMissing).count();
        long partly = rows.stream().filter(row -> row.isMissing() && !row.proofs.isEmpty()).count();
        String sum = proven + " proven, " + (rows.size() - proven - missing) + " with a reason, " + missing + " missing";
        StringBuilder page = new StringBuilder("# Which behaviour is proven by which test\n\nGenerated by `BehaviourTableTest` from "
                + "`distribution/src/test/resources/behaviours.tsv`; `-Dearshot.update=true` writes it.\n`missing` is what nothing "
                + "proves yet, beside the proofs named. A reason says what is left out on purpose.\n\nOf " + rows.size()
                + " behaviours: " + sum + " (of these " + partly + " in part only).\n\n"
                + "| | Behaviour | Proofs | Open |\n|---|---|---|---|\n");
        for (Behaviour row : rows) {
            String proofs = row.proofs.stream().map(proof -> "`" + proof + "`" + module(classes, proof)).collect(Collectors.joining(", "));
            page.append("| ").append(row.id).append(" | ").append(row.title).append(" | ").append(proofs).append(" | ").append(row.open)
                    .append(" |\n");
        }
        System.getLogger("behaviours").log(System.Logger.Level.INFO, "behaviours: " + sum);
        Path file = SourceTree.ROOT.resolve("docs/behaviours.md");
        if (Boolean.getBoolean("earshot.update")) {
            Files.writeString(file, page.toString());
        }
        assertEquals(page.toString(), SourceTree.read(file), "-Dearshot.update=true writes it");
    }

    /** Names the module of a test that is not in sdk-facade, where most are. */
    private static String module(Map<String, List<Path>> classes, String proof) {
        List<Path> holders = proof.startsWith(INTEROP) ? List.of() : holders(classes, proof);
        String module = holders.isEmpty() ? "" : SourceTree.ROOT.relativize(holders.get(0)).getName(0).toString();
        return module.isEmpty() || module.equals("sdk-facade") ? "" : " (" + module + ")";
    }
}
