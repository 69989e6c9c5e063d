package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The documents and lists that tests compare with. */
final class Documents {
    private Documents() {
    }

    /** Returns the folder of the whole project. */
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("sdk-facade")) || !Files.isDirectory(at.resolve("docs"))) {
            at = at.getParent();
            assertTrue(at != null, "the tests do not run within the project");
        }
        return at;
    }

    /** Returns the lines of a list beside the tests, without comments. */
    static List<String> list(String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Documents.class.getResourceAsStream(name),
                StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
        }
    }

    /** Compares a document with what it should be, or writes it with {@code -Dearshot.update=true}. */
    static void check(String document, String wanted) throws IOException {
        Path file = root().resolve(document);
        if (Boolean.getBoolean("earshot.update")) {
            Files.writeString(file, wanted);
        }
        String there = Files.exists(file) ? Files.readString(file) : "";
        assertTrue(there.equals(wanted), document + " is not up to date; -Dearshot.update=true writes it");
    }
}
