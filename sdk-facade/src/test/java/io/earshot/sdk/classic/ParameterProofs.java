package io.earshot.sdk.classic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which tests and interop cases set or ask for which parameter, read from their texts. */
final class ParameterProofs {
    private static final List<String> MODULES = List.of("sdk-facade", "softphone", "cli", "control-server", "distribution");
    private static final Pattern TEST = Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b.*?void (\\w+)\\(", Pattern.DOTALL);
    private static final Pattern CASE = Pattern.compile("^case_(\\w+)\\(\\).*?^}", Pattern.DOTALL | Pattern.MULTILINE);
    private static final int SHOWN = 4;

    private final List<Proof> proofs = new ArrayList<>();

    private record Proof(String name, String text, String lower) {
        Proof(String name, String text) {
            this(name, text, text.toLowerCase(Locale.ROOT));
        }
    }

    ParameterProofs(Path root) throws IOException {
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(one -> one.toString().endsWith("Test.java")).sorted().toList()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    for (String member : Files.readString(file).split("\n    }\n")) {
                        Matcher test = TEST.matcher(member);
                        // What is no test is what tests of the class use.
                        proofs.add(new Proof("`" + type + (test.find() ? "." + test.group(1) : "") + "`", member));
                    }
                }
            }
        }
        try (Stream<Path> files = Files.list(root.resolve("interop/cases"))) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                CASE.matcher(text).results().forEach(one ->
                        proofs.add(new Proof("`interop:" + one.group(1).replace('_', '-') + "`", one.group())));
                proofs.add(new Proof("`interop/cases/" + file.getFileName() + "`", CASE.matcher(text).replaceAll("")));
            }
        }
    }

    /** Returns the first few tests that name a parameter with a value, or give its name to something. */
    List<String> of(ClassicParameter row) {
        TreeSet<String> found = new TreeSet<>();
        for (String name : Stream.concat(Stream.of(row.name()), row.aliases().stream()).toList()) {
            // A configuration of JsSIP has its names without the prefix and nested; only the tests of such configurations mean those.
            boolean script = name.startsWith("jssip.");
            String last = script ? name.substring(name.lastIndexOf('.') + 1) : name;
            Pattern used = pattern(last);
            String start = last.replaceAll("[A-Z]+$", "").toLowerCase(Locale.ROOT);
            proofs.stream().filter(proof -> !script || proof.name.contains("JsSip")).filter(proof -> proof.lower.contains(start))
                    .filter(proof -> used.matcher(proof.text).find()).map(Proof::name).forEach(found::add);
        }
        List<String> all = new ArrayList<>(found);
        return all.size() <= SHOWN ? all : Stream.concat(all.subList(0, SHOWN).stream(), Stream.of((all.size() - SHOWN) + " more"))
                .toList();
    }

    /** Numbers and user names stand for the capital letters at the end of a name. */
    private static Pattern pattern(String name) {
        String bare = Pattern.quote(name);
        if (name.matches("[a-z]+N")) {
            bare = Pattern.quote(name.substring(0, name.length() - 1)) + "\\d+";
        } else if (name.matches("[a-z]+_[A-Z]+")) {
            bare = Pattern.quote(name.substring(0, name.indexOf('_') + 1)) + "\\w+";
        }
        String begins = "(?:(?<![\\w.])|(?<=\\\\n)|(?<=jssip\\.))";
        return Pattern.compile(begins + bare + "(?: ?=|\\\\?[\"']?: ?)|\"" + bare + "\"\\s*[,)]|, ?" + bare + ",",
                Pattern.CASE_INSENSITIVE);
    }
}
