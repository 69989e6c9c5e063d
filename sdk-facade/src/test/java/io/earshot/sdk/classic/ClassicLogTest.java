package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the log goes, by the parameters of it. */
class ClassicLogTest {
    @TempDir
    Path folder;
    private String base = "";
    private final List<String> console = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    private ClassicLog log(String... arguments) {
        ClassicParameters from = parse(arguments);
        return new ClassicLog(() -> from, () -> folder.resolve(base), folder.resolve("home"), Runnable::run, console::add, failures::add);
    }

    private List<String> lines(String name) throws Exception {
        Path file = folder.resolve(name);
        return !Files.exists(file) ? List.of()
                : Files.readAllLines(file).stream().map(line -> line.replaceFirst("^[-0-9]{10} [0-9:.]{12} ", "")).toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 1, 0", "3, 1, 1", "5, 1, 1", "1, 2, 1", "5, 0, 0", "1, true, 1"})
    void logtoconsoleDecides(int level, String parameter, int lines) {
        log("loglevel=" + level, "logtoconsole=" + (parameter.equals("true") ? "2" : parameter)).add("a");
        assertEquals(lines, console.size());
    }

    @ParameterizedTest
    @CsvSource({"loglevel=1, 0", "loglevel=2, 1", "loglevel=2 canlogtofile=false, 0", "loglevel=5 autocfgsave=-1, 0"})
    void canlogtofileAndTheLevelDecide(String arguments, int lines) throws Exception {
        log(arguments.split(" ")).add("a");
        assertEquals(lines, lines("webphonelog.dat").size());
    }

    @ParameterizedTest
    @CsvSource({"0, before after, ''", "1, after, before", "2, after, before", "3, after, ''"})
    void deloldlogsSaysWhatBecomesOfTheFileBefore(int mode, String now, String old) throws Exception {
        log("loglevel=2").add("before");
        log("loglevel=2", "deloldlogs=" + mode).add("after");
        assertEquals(now, String.join(" ", lines("webphonelog.dat")));
        assertEquals(old, String.join(" ", lines("webphonelog.dat.old")));
    }

    @Test
    void aFileThatIsFullMakesRoomForANewOne() throws Exception {
        ClassicLog log = log("loglevel=2", "maxlogsize=1000");
        for (int i = 0; i < 200; i++) {
            log.add("line " + i);
            assertTrue(Files.size(folder.resolve("webphonelog.dat")) <= 1000);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "the file and the one before");
        }
        assertEquals("line 199", lines("webphonelog.dat").get(lines("webphonelog.dat").size() - 1));
    }

    @Test
    void logpathNamesAFileOrAFolderWithVariables() throws Exception {
        ClassicLog log = log("loglevel=2");
        Map<String, String> variables = Map.of("LOGS", folder.toString(), "NAME", "phone.log");
        assertEquals(folder.resolve("phone.log"), log.path(parse("logpath=$LOGS/${NAME}"), variables));
        assertEquals(folder.resolve("phone.log"), log.path(parse("logpath=%LOGS%/%NAME%"), variables));
        assertEquals(folder.resolve("webphonelog.dat"), log.path(parse("logpath=" + folder), variables));
        assertEquals(folder.resolve("new/webphonelog.dat"), log.path(parse("logpath=" + folder + "/new"), variables));
        assertEquals(folder.resolve("webphonelog.dat"), log.path(parse(), variables));
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldOnceAndTheRestGoesOn() throws Exception {
        Files.writeString(folder.resolve("taken"), "");
        ClassicLog log = log("loglevel=5", "logpath=" + folder.resolve("taken/x.log"));
        log.add("a");
        log.add("b");
        assertEquals(1, failures.size());
        assertTrue(failures.get(0).startsWith("The log goes to " + folder.resolve("webphonelog.dat") + " from here on: "), failures.get(0));
        assertEquals(List.of("a", "b"), console);
        assertEquals(List.of("a", "b"), lines("webphonelog.dat"));
    }

    @Test
    void b213TheHomeOfTheUserIsTheLastPlace() throws Exception {
        Files.writeString(folder.resolve("taken"), "");
        base = "taken/data";
        ClassicLog log = log("loglevel=5", "logpath=" + folder.resolve("taken/x.log"));
        log.add("a");
        assertEquals(2, failures.size());
        assertEquals(List.of("a"), lines("home/webphonelog.dat"));
        Files.delete(folder.resolve("home/webphonelog.dat"));
        Files.delete(folder.resolve("home"));
        Files.writeString(folder.resolve("home"), "");
        log.add("b");
        log.add("c");
        assertTrue(failures.get(2).startsWith("The log is not written any more: "), failures.get(2));
        assertEquals(List.of("a", "b", "c"), console);
    }

    @Test
    void aPhoneLogsWhatItNotifiesAndFromLevel5OnSipMessages() throws Exception {
        WebphoneRig rig = new WebphoneRig("loglevel=5", "datafolder=" + folder).started();
        try (rig) {
            WebphoneRig.await("the log", () -> {
                try {
                    String all = String.join("\n", lines("webphonelog.dat"));
                    return all.contains("STATUS,-1,Registered.") && all.contains("sent to UDP") && all.contains("REGISTER sip:");
                } catch (Exception notYet) {
                    return false;
                }
            });
        }
        assertFalse(lines("webphonelog.dat").stream().anyMatch(line -> line.contains("alice-secret")));
    }
}
