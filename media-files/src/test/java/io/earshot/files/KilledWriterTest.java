package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JVM that is killed in the middle of a recording leaves a file that plays. */
class KilledWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"writer, 1", "writer, 333", "writer, 2001", "recorder, 100", "recorder, 1500"})
    void losesAtMostOneAndAHalfSeconds(String kind, int lines) throws Exception {
        Path file = folder.resolve("killed.wav");
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
            "-cp", classPath(), EndlessRecorder.class.getName(), kind, file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int written = 0;
        try (BufferedReader reports = child.inputReader()) {
            for (int i = 0; i < lines; i++) {
                String report = reports.readLine();
                assertNotNull(report, "the child ended by itself");
                written = Integer.parseInt(report);
            }
            assertTrue(child.toHandle().destroyForcibly()); // by its handle, which unlike the process keeps the pipe open
            written = Math.max(written, lastCompleteReport(reports));
        }
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        assertEquals(lines * EndlessRecorder.BLOCK, Math.min(written, lines * EndlessRecorder.BLOCK));

        try (WavReader reader = WavReader.open(file)) {
            assertFalse(reader.isRepaired(), "the header was left right");
            assertTrue(reader.frames() >= written - 1.5 * EndlessRecorder.RATE, reader.frames() + " frames left of " + written);
            short[] pcm = WavBytes.readAll(reader);
            for (int i = 0; i < pcm.length; i += 2) {
                assertEquals(EndlessRecorder.left(i / 2), pcm[i]);
                assertEquals(EndlessRecorder.right(i / 2), pcm[i + 1]);
            }
        }
    }

    /** What the child had reported when it died; its last line may be cut. */
    private static int lastCompleteReport(BufferedReader reports) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (int c = reports.read(); c >= 0; c = reports.read()) {
            rest.append((char) c);
        }
        int end = rest.lastIndexOf("\n");
        return end <= 0 ? 0 : Integer.parseInt(rest.substring(rest.lastIndexOf("\n", end - 1) + 1, end));
    }

    private static String classPath() throws URISyntaxException {
        URI classes = WavWriter.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path main = Path.of(classes);
        return main + System.getProperty("path.separator") + main.resolveSibling("test-classes");
    }
}
