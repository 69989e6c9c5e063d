package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the registry against the names of the inventory (parameter-inventory.txt: a name and its aliases in each line). */
class ParameterInventoryTest {
    private static final Path MISSING = Path.of("src/test/resources/parameter-missing.txt");
    private static final Path WAITING = Path.of("src/test/resources/parameter-restart.txt");
    private static final Path DOCUMENT = Path.of("../docs/parameters.md");

    private static List<List<String>> lines(String resource) {
        try (InputStream in = ParameterInventoryTest.class.getResourceAsStream("/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank())
                    .map(line -> Arrays.asList(line.split(" "))).toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A parameter of the inventory that is in no class is listed in parameter-missing.txt until somebody writes it; no row may be lost. */
    @Test
    void everyParameterOfTheInventoryHasARow() throws IOException {
        List<String> missing = new ArrayList<>();
        int[] count = new int[3];
        for (List<String> line : lines("parameter-inventory.txt")) {
            Optional<ClassicParameter> row = ClassicRegistry.find(line.get(0));
            if (row.isEmpty()) {
                missing.add(line.get(0));
            } else {
                ParameterEffect effect = row.get().effect();
                count[effect instanceof ParameterEffect.Implemented ? 0 : effect instanceof ParameterEffect.Mapped ? 1 : 2]++;
                line.stream().skip(1).forEach(alias -> assertEquals(row, ClassicRegistry.find(alias), "alias " + alias));
            }
        }
        System.out.printf("parameters: %d implemented, %d mapped, %d without effect, %d missing%n", count[0], count[1], count[2],
                missing.size());
        if (Boolean.getBoolean("earshot.update")) {
            Files.write(MISSING, missing);
        }
        assertEquals(Files.readAllLines(MISSING), missing);
    }

    /** What the inventory lets change at run time does, but for what parameter-restart.txt lists: that takes the next API_Start. */
    @Test
    void whatMayChangeAtRunTimeDoes() throws IOException {
        List<String> waiting = lines("parameter-runtime.txt").stream().map(line -> ClassicRegistry.find(line.get(0)))
                .flatMap(Optional::stream).filter(row -> row.effect() instanceof ParameterEffect.Implemented)
                .filter(row -> row.change() != ClassicParameter.Change.LIVE).map(ClassicParameter::name).distinct().toList();
        if (Boolean.getBoolean("earshot.update")) {
            Files.write(WAITING, waiting);
        }
        assertEquals(Files.readAllLines(WAITING), waiting);
    }

    @Test
    void noNameOrAliasMeansTwoParameters() {
        List<String> names = ClassicRegistry.ROWS.stream().flatMap(row -> Stream.concat(Stream.of(row.name()), row.aliases().stream()))
                .map(name -> name.toLowerCase(Locale.ROOT)).toList();
        assertEquals(names.stream().distinct().sorted().toList(), names.stream().sorted().toList());
    }

    @Test
    void theDocumentIsWhatTheRegistrySays() throws IOException {
        String wanted = ParameterPages.document();
        if (Boolean.getBoolean("earshot.update")) {
            Files.writeString(DOCUMENT, wanted);
        }
        assertTrue(Files.readString(DOCUMENT).equals(wanted), "docs/parameters.md is stale: run this test with -Dearshot.update=true");
    }
}
