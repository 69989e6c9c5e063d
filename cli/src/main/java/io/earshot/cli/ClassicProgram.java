package io.earshot.cli;

import io.earshot.control.ControlConfig;
import io.earshot.sdk.classic.ClassicCommand;
import io.earshot.sdk.classic.ClassicCommands;
import io.earshot.sdk.classic.ClassicParameters;
import io.earshot.sdk.classic.ClassicPhone;
import io.earshot.sdk.classic.Notification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The classic program: starts a phone, prints its notifications, runs functions from standard input, and leaves in order on API_Exit,
 * Ctrl-C or a termination signal. The end of standard input does not end it, so that it runs as a daemon.
 */
final class ClassicProgram {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch exit = new CountDownLatch(1);
    private final CompletableFuture<ClassicPhone> phone = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    ClassicProgram(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** The same, and first says where commands are taken. */
    int serve(List<String> arguments) {
        return run(arguments, control -> err.println("earshot: " + control.ports()));
    }

    /** Runs until told to leave, and returns the exit code. */
    int run(List<String> arguments) {
        return run(arguments, control -> { });
    }

    /** Tells whether the JVM may be ended with the program ({@code systemexit}). */
    boolean endsJvm() {
        return !phone.isDone() || phone.join().endsJvm();
    }

    private int run(List<String> arguments, Consumer<Control> opened) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(arguments);
        if (!parsed.problems().isEmpty()) {
            return wrong(parsed.problems());
        }
        Optional<ControlConfig> config;
        try {
            config = ControlSettings.of(parsed.parameters().sockets());
        } catch (IllegalArgumentException wrong) {
            return wrong(List.of(wrong.getMessage()));
        }
        try (Control control = new Control(config, () -> phone.thenAccept(ClassicPhone::exit))) {
            opened.accept(control);
            return run(new ClassicPhone(config.isPresent() ? unpolled(parsed.parameters()) : parsed.parameters(),
                    printer().andThen(control::publish)), control);
        } catch (UncheckedIOException taken) {
            err.println("earshot: " + taken.getCause().getMessage());
            return 1;
        }
    }

    /** How notifications are delivered is the control server's matter: the phone hands it all of them. */
    private static ClassicParameters unpolled(ClassicParameters parameters) {
        return parameters.with("polling", "DEF").parameters();
    }

    private int wrong(List<String> problems) {
        problems.forEach(problem -> err.println("earshot: " + problem));
        err.println("earshot: 'earshot --help' lists the parameters");
        return 2;
    }

    private int run(ClassicPhone phone, Control control) {
        phone.onExit(exit::countDown);
        phone.console(line -> {
            err.print(line + "\n");
            err.flush();
        });
        this.phone.complete(phone);
        Thread hook = new Thread(() -> onSignal(phone, control), "earshot-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        if (!phone.start()) {
            close(phone);
            return 1;
        }
        if (phone.windows().isWanted()) {
            phone.windows().onClosed(phone::exit);
            if (!phone.windows().open()) {
                close(phone);
                return 1;
            }
        }
        ClassicCommands commands = new ClassicCommands(phone);
        control.attach(commands);
        Thread reader = new Thread(() -> read(commands), "earshot-stdin");
        reader.setDaemon(true);
        reader.start();
        try {
            exit.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        close(phone);
        return 0;
    }

    /** Whole lines only: several threads may notify. */
    private Consumer<Notification> printer() {
        return notification -> {
            out.print(notification.line() + "\n");
            out.flush();
        };
    }

    private void read(ClassicCommands commands) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !run(line, commands)) {
                    return;
                }
            }
        } catch (IOException gone) {
            err.println("earshot: standard input failed: " + gone.getMessage());
        }
    }

    private boolean run(String line, ClassicCommands commands) {
        Optional<ClassicCommand> command = ClassicCommand.parse(line);
        if (command.isEmpty()) {
            out.print("ERROR: not a command: write ?function=NAME&parameter=value\n");
            out.flush();
            return true;
        }
        String name = command.get().function();
        if (name.equalsIgnoreCase("API_Exit") || name.equalsIgnoreCase("API_Stop")) {
            if (name.equalsIgnoreCase("API_Stop")) {
                exit.countDown();
            } else {
                phone.thenAccept(ClassicPhone::exit);
            }
            return exit.getCount() > 0;
        }
        out.print("APIREQUEST:" + name + "APIRESULT:" + commands.run(command.get()) + "\n");
        out.flush();
        return true;
    }

    /** Ctrl-C and a termination signal are an ordinary way to leave, so the exit code is 0 and not the JVM's 128 plus signal. */
    private void onSignal(ClassicPhone phone, Control control) {
        if (close(phone)) {
            control.close();
            Runtime.getRuntime().halt(0);
        }
    }

    /** Tells whether this call closed it. */
    private boolean close(ClassicPhone phone) {
        boolean first = closed.compareAndSet(false, true);
        if (first) {
            if (phone.endsInOrder()) {
                phone.close();
            }
            out.flush();
        }
        exit.countDown();
        return first;
    }
}
