package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterSourcesTest {
    @TempDir
    Path folder;

    @Test
    void theFileGivesWayToTheEnvironmentAndThatToTheCommandLine() throws IOException {
        Path file = folder.resolve(ParameterSources.FILE);
        Files.writeString(file, "\uFEFF[main]\r\n; a comment\r\n# another\r\n\r\nusername = file\r\nrealm=file\r\ndisplayname=file\r\n");
        List<String> lines = new ParameterSources().file(file).environment(Map.of("wp_realm", "variable", "WP_Username", "variable",
                "HOME", "x"))
                .arguments(List.of("username=line")).lines();
        ClassicParameters.Parsed parsed = ClassicParameters.parse(lines);
        assertEquals(List.of(), parsed.problems());
        assertEquals("line", parsed.parameters().text("username"));
        assertEquals("variable", parsed.parameters().text("realm"));
        assertEquals("file", parsed.parameters().text("displayname"));
    }

    @Test
    void aMissingFileIsNoProblemAndAHugeOneIs() throws IOException {
        assertEquals(List.of(), new ParameterSources().file(folder.resolve("none.ini")).lines());
        Path huge = folder.resolve("huge.ini");
        Files.writeString(huge, "x".repeat((1 << 20) + 1));
        IOException refused = assertThrows(IOException.class, () -> new ParameterSources().file(huge));
        assertTrue(refused.getMessage().contains("huge.ini is larger than 1 MiB"));
    }
}
