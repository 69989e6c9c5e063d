package io.earshot.control.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A table of this package's resources: fields between tabs, lines that begin with # are remarks. */
final class Table {
    private Table() {
    }

    static List<List<String>> read(String name) {
        InputStream found = Objects.requireNonNull(Table.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t", -1))).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(name, broken);
        }
    }
}
