package io.earshot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.testkit.server.TestSipServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The command line as a user meets it: in processes of its own, and with a standard input that is not a terminal. */
@Timeout(60)
class ProgramTest {
    /** What a program wrote, and how it ended. */
    private record Outcome(int code, String out) { }

    private static Process start(String... arguments) throws IOException {
        String path = Stream.of("java.class.path", "jdk.module.path").map(System::getProperty).filter(known -> known != null)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                Path.of("target", "classes") + File.pathSeparator + path, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Outcome run(String... arguments) throws Exception {
        Process process = start(arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new Outcome(process.exitValue(), out);
    }

    @Test
    void explainSaysEverythingAboutOneParameter() throws Exception {
        Outcome page = run("--explain", "RingTimeout");
        assertEquals(0, page.code, page.out);
        assertTrue(page.out.startsWith("ringtimeout: longest ringing in ms") && page.out.contains("from 1000 to 86400000")
                && page.out.contains("default: 90000") && page.out.contains("implemented"), page.out);
        assertEquals(2, run("--explain", "rongtimeout").code);
    }

    @Test
    void helpListsCommandsAndParametersAndSucceeds() throws Exception {
        Outcome help = run("--help");
        assertEquals(0, help.code, help.out);
        for (String word : List.of("Usage: earshot", "demo", "serveraddress", "autocall", "--version")) {
            assertTrue(help.out.contains(word), () -> word + " is missing in\n" + help.out);
        }
    }

    @Test
    void theVersionIsOneLine() throws Exception {
        Outcome version = run("--version");
        assertEquals(0, version.code);
        assertTrue(version.out.matches("Earshot \\S+, Java \\S+\\R"), version.out);
    }

    @Test
    void wrongUsageIsExplainedAndFailsWithTwo() throws Exception {
        Outcome nothing = run();
        assertEquals(2, nothing.code);
        assertTrue(nothing.out.contains("Usage: earshot") && nothing.out.contains("serveraddress"), nothing.out);
        Outcome wrong = run("serveradress=x", "register=9");
        assertEquals(2, wrong.code);
        assertEquals(List.of("earshot: unknown parameter 'serveradress'; did you mean serveraddress?",
                "earshot: parameter register=9: a whole number from 0 to 2 is wanted", "earshot: 'earshot --help' lists the parameters"),
                wrong.out.lines().toList());
        assertEquals(2, run("--nonsense").code);
    }

    @Test
    void aPhoneThatCannotStartFailsWithOne() throws Exception {
        Outcome failed = run("localip=127.0.0.1", "audiosource=file:no-such-file.wav");
        assertEquals(1, failed.code, failed.out);
        assertTrue(failed.out.contains("EVENT,ERROR,Cannot play no-such-file.wav: there is no such file."), failed.out);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM that a program could answer")
    void aSignalUnregistersAndEndsWithZero() throws Exception {
        try (TestSipServer server = TestSipServer.builder().user("alice", "secret").start()) {
            Process process = start("serveraddress=" + server.uri("x").substring("sip:x@".length()), "username=alice", "password=secret",
                    "localip=127.0.0.1");
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                List<String> seen = new ArrayList<>();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    seen.add(line);
                    if (line.contains("STATUS,0,Registered")) {
                        assertEquals(1, server.bindings("alice").size());
                        // Process.destroy() would close the streams too.
                        process.toHandle().destroy();
                    }
                }
                assertTrue(process.waitFor(20, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue(), seen::toString);
                assertEquals(List.of("WPNOTIFICATION,STATUS,-1,Unregistered,NEOL", "WPNOTIFICATION,STOP,api,NEOL"),
                        seen.subList(seen.size() - 2, seen.size()));
                assertEquals(List.of(), server.bindings("alice"));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** Splits what is written into lines. */
    private static final class Lines extends ByteArrayOutputStream {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public void flush() {
            toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
            reset();
        }

        String await(String text) throws InterruptedException {
            for (String line = lines.poll(10, TimeUnit.SECONDS); line != null; line = lines.poll(10, TimeUnit.SECONDS)) {
                if (line.contains(text)) {
                    return line;
                }
            }
            throw new AssertionError("no line with '" + text + "'");
        }
    }

    @Test
    void functionsComeFromStandardInputAndItsEndEndsNothing() throws Exception {
        Lines out = new Lines();
        PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
        try (PipedOutputStream keyboard = new PipedOutputStream(); PipedInputStream in = new PipedInputStream(keyboard)) {
            ClassicProgram program = new ClassicProgram(in, printer, printer);
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> program.run(List.of("localip=127.0.0.1", "register=0")));
            out.await("STATUS,-1,Initialized");
            type(keyboard, "hello\n\n");
            out.await("ERROR: not a command: write ?function=NAME&parameter=value");
            type(keyboard, "?function=API_Hangup&line=2\n");
            assertEquals("APIREQUEST:API_HangupAPIRESULT:ERROR: failed", out.await("APIREQUEST"));
            type(keyboard, "?function=API_Exit\n");
            assertEquals(0, code.get(10, TimeUnit.SECONDS));
            out.await("STOP,api");
        }
    }

    private static void type(PipedOutputStream keyboard, String text) throws IOException {
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }
}
