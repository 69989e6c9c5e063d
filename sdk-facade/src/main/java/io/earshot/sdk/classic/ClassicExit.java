package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import io.earshot.sdk.internal.call.InstanceName;
import io.earshot.sdk.internal.loop.Published;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How API_Exit ends the phone and the program, and the one that is to be alone. For any thread. */
final class ClassicExit {
    static final List<ClassicParameter> ROWS = ParameterGroup.LIFECYCLE.rows(
            yesNo("singleinstance", false, "a phone that starts ends those of the same user and machine that started before with this"),
            number("exitmethod", -1, 6, -1, "API_Exit: 0 does nothing, 1 ends without waiting for the server, 2 to 4 (or -1) ends in "
                    + "order, 5 and 6 end the Java program too, unless systemexit=0; 3, 4 and 6 open exiturl").live(),
            text("exiturl", "", "page that the user's browser is to open at the end, as exitmethod says: http or https").live(),
            number("systemexit", 0, 2, 1, "API_Exit ends the Java program: 0 never, 1 where the phone is the program, 2 also where it is "
                    + "part of another").live());

    private static final String FILE = "earshot.instance";
    private static final long LOOK_MILLIS = 500;
    private static final Set<Long> OPENING = Set.of(3L, 4L, 6L);
    private static final int NOTHING = 0;
    private static final int JUST_FINISH = 1;
    private static final int LEAVE = 5;
    private static final int NEVER = 0;
    private static final int ALWAYS = 2;

    private final ClassicPhone phone;
    private final String name = InstanceName.random().replaceAll("[^A-Za-z0-9-]", "");
    /** Ends the Java program. */
    private final Published<Runnable> leave = new Published<>(() -> Runtime.getRuntime().exit(0));
    private final Published<Consumer<URI>> browser = new Published<>(ClassicExit::open);
    /** Ends the program that the phone is, and the phone with it. */
    private final Published<Optional<Runnable>> program = new Published<>(Optional.empty());

    ClassicExit(ClassicPhone phone) {
        this.phone = phone;
    }

    /** The phone is a program of its own: this ends it. */
    void program(Runnable end) {
        program.set(Optional.of(end));
    }

    void browse(Consumer<URI> instead) {
        browser.set(instead);
    }

    /** Opens the page that is to be seen at the end, if there is one. */
    private void goTo(ClassicParameters from) {
        boolean wanted = OPENING.contains(from.number("exitmethod")) && from.given("exiturl").isPresent();
        if (!wanted) {
            return;
        }
        try {
            URI page = new URI(from.text("exiturl").strip());
            if (page.getHost() == null || !page.getScheme().matches("(?i)https?")) {
                throw new URISyntaxException(page.toString(), "http:// or https:// and a host are wanted");
            }
            browser.get().accept(page);
        } catch (URISyntaxException malformed) {
            phone.send(Notification.event("WARNING", "exiturl is no web page: " + malformed.getMessage()));
        } catch (UncheckedIOException none) {
            phone.send(Notification.event("WARNING", "exiturl cannot be opened: " + none.getCause().getMessage()));
        }
    }

    /** The desktop module of Java is not needed for this, and not there in small runtimes. */
    private static void open(URI page) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.startsWith("windows") ? List.of("rundll32", "url.dll,FileProtocolHandler", page.toASCIIString())
                : List.of(system.startsWith("mac") ? "open" : "xdg-open", page.toASCIIString());
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    void leave(Runnable instead) {
        leave.set(instead);
    }

    /** API_Exit: ends the phone in the way of the parameters. */
    boolean exit() {
        ClassicParameters from = phone.parameters();
        long method = from.number("exitmethod");
        if (method == NOTHING) {
            return true;
        }
        goTo(from);
        if (program.get().isPresent() && from.number("systemexit") != ALWAYS) {
            program.get().get().run();
            return true;
        }
        if (method == JUST_FINISH) {
            phone.parts().workers().execute(phone::close);
        } else {
            phone.close();
        }
        end(from);
        return true;
    }

    boolean isInOrder() {
        return phone.parameters().number("exitmethod") != JUST_FINISH;
    }

    private void end(ClassicParameters from) {
        long system = from.number("systemexit");
        if (system == ALWAYS || system != NEVER && from.number("exitmethod") >= LEAVE) {
            leave.get().run();
        }
    }

    // ---- one alone

    private static Path file() {
        return Path.of(System.getProperty("java.io.tmpdir"), "earshot-" + System.getProperty("user.name", "user"), FILE);
    }

    /** The phone starts: with {@code singleinstance} the others are to end, and we when another one comes. */
    void begin() {
        if (phone.parameters().isOn("singleinstance")) {
            begin(file());
        }
    }

    void begin(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.writeString(file.resolveSibling(name), name);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            look(file);
        } catch (IOException refused) {
            phone.send(Notification.event("WARNING", "singleinstance=true cannot be kept: " + refused.getMessage()));
        }
    }

    private void look(Path file) {
        phone.parts().later(LOOK_MILLIS, () -> {
            if (!phone.isStarted()) {
                return;
            }
            if (isOurs(file)) {
                look(file);
            } else {
                phone.send(Notification.event("EVENT", "another instance was started"));
                phone.close();
                program.get().ifPresentOrElse(Runnable::run, () -> end(phone.parameters()));
            }
        });
    }

    private boolean isOurs(Path file) {
        try {
            return Files.readString(file).equals(name);
        } catch (IOException gone) {
            return true;
        }
    }
}
