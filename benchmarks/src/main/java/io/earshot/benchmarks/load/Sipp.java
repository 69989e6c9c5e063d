package io.earshot.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** SIPp as the caller. */
final class Sipp {
    /**
     * What came of a run.
     *
     * @param retransmissions messages SIPp sent again, which tells of answers that were late
     */
    record Result(long made, long succeeded, long failed, long retransmissions, double seconds) {
        boolean isClean() {
            return failed == 0 && made == succeeded;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d calls, %d failed, %d messages repeated, %.1f s", made, failed, retransmissions, seconds);
        }
    }

    private final Path folder;

    Sipp() throws IOException {
        folder = Files.createTempDirectory("earshot-load");
    }

    /** Makes calls at this rate, each held for so many ms. */
    Result calls(int port, int rate, int total, int holdMillis) throws IOException, InterruptedException {
        Path scenario = folder.resolve("call.xml");
        try (var text = Sipp.class.getResourceAsStream("call.xml")) {
            Files.write(scenario, text.readAllBytes());
        }
        Path statistics = folder.resolve("statistics.csv");
        Files.deleteIfExists(statistics);
        List<String> command = new ArrayList<>(List.of("sipp", "-sf", scenario.toString(), "-nostdin", "-i", "127.0.0.1", "-r",
            Integer.toString(rate), "-m", Integer.toString(total), "-l", Integer.toString(Math.max(2_000, total)), "-d",
            Integer.toString(holdMillis), "-trace_stat", "-stf", statistics.toString(), "-fd", "1", "-skip_rlimit", "-timeout",
            (total / rate + holdMillis / 1000 + 60) + "s", "127.0.0.1:" + port));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile()).start();
        process.waitFor(total / rate + holdMillis / 1000 + 90, TimeUnit.SECONDS);
        process.destroyForcibly();
        return read(statistics);
    }

    private static Result read(Path statistics) throws IOException {
        List<String> lines = Files.readAllLines(statistics);
        List<String> names = List.of(lines.get(0).split(";"));
        String[] values = lines.get(lines.size() - 1).split(";");
        return new Result(Long.parseLong(values[names.indexOf("TotalCallCreated")]),
            Long.parseLong(values[names.indexOf("SuccessfulCall(C)")]), Long.parseLong(values[names.indexOf("FailedCall(C)")]),
            Long.parseLong(values[names.indexOf("Retransmissions(C)")]), seconds(values[names.indexOf("ElapsedTime(C)")]));
    }

    /** SIPp prints hours:minutes:seconds, the latter with a fraction. */
    private static double seconds(String elapsed) {
        String[] parts = elapsed.split(":");
        return Double.parseDouble(parts[0]) * 3600 + Double.parseDouble(parts[1]) * 60 + Double.parseDouble(parts[2]);
    }
}
