package io.earshot.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout that these tests look at: this module's folder is one below its root. */
final class SourceTree {
    /** Modules without code of their own, or that are never on a module path. */
    static final List<String> WITHOUT_DESCRIPTOR = List.of("distribution", "benchmarks");

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private SourceTree() {
    }

    /** Returns the folders that the root pom builds. */
    static List<String> modules() {
        Matcher names = Pattern.compile("<module>([^<]+)</module>").matcher(read(ROOT.resolve("pom.xml")));
        return names.results().map(found -> found.group(1)).toList();
    }

    /** Returns the folders with a module descriptor. */
    static List<String> named() {
        return modules().stream().filter(name -> !WITHOUT_DESCRIPTOR.contains(name)).toList();
    }

    static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Returns the files below a folder whose names end so, in order; none when there is no such folder. */
    static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
