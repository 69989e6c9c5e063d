package io.earshot.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The driver's end of a {@link Subject}. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final int port;

    Child(String kind) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        process = new ProcessBuilder(java.toString(), "-Xmx2g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp",
            System.getProperty("java.class.path"), Subject.class.getName(), kind).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        port = (int) number(answers.readLine());
    }

    int port() {
        return port;
    }

    /** Gives a command; returns the number of its answer, 0 when it has none. */
    long ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return number(answers.readLine());
    }

    private static long number(String answer) throws IOException {
        if (answer == null) {
            throw new IOException("the callee has ended");
        }
        int space = answer.indexOf(' ');
        return space < 0 ? 0 : Long.parseLong(answer.substring(space + 1));
    }

    @Override
    public void close() throws IOException {
        commands.write("quit\n");
        commands.flush();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
