package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log: what was notified and, from {@code loglevel} 5 on, the SIP messages. It goes to a file, which another thread writes, and to the
 * console. For any thread.
 */
final class ClassicLog {
    static final List<ClassicParameter> ROWS = ParameterGroup.LOG.rows(
            number("logtoconsole", 0, 2, 1, "the log goes to the console: 0 never, 1 from loglevel 3 on, 2 always").live(),
            yesNo("canlogtofile", true, "from loglevel 2 on the log goes to a file").live(),
            text("logpath", "", "that file, or a folder for webphonelog.dat; $NAME, ${NAME} and %NAME% stand for environment variables; "
                    + "empty for the data folder").live(),
            number("deloldlogs", 0, 3, 1, "the file that is there at start: 0 goes on, 1 and 2 is kept as .old, 3 is deleted"),
            number("maxlogsize", 1_000, 10_000_000_000L, 31_457_280, "most bytes of the file; a full one is kept as .old, and the one "
                    + "before is deleted").live());

    private static final String NAME = "webphonelog.dat";
    private static final int TO_FILE = 2;
    private static final int TO_CONSOLE = 3;
    private static final int MOST_WAITING = 20_000;
    private static final int KEEP_OLD = 1;
    private static final int DELETE_OLD = 3;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)}?|%([A-Za-z_][A-Za-z0-9_]*)%");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private final Supplier<ClassicParameters> parameters;
    private final Supplier<Path> folder;
    private final Path home;
    private final Consumer<String> failed;
    private final Executor order;
    private final InstantSource clock = InstantSource.system();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Published<Consumer<String>> console;
    /** Where it is written; empty when it has not begun. Used in order. */
    private final Published<Optional<Path>> file = new Published<>(Optional.empty());
    private final Published<Boolean> broken = new Published<>(false);
    /** How many places could not be written. */
    private final AtomicInteger refused = new AtomicInteger();

    /**
     * Makes a log.
     *
     * @param folder where the file is when nothing else is said
     * @param home where it is when it cannot be there
     * @param failed is told once when the file cannot be written
     */
    ClassicLog(Supplier<ClassicParameters> parameters, Supplier<Path> folder, Path home, Executor workers, Consumer<String> console,
            Consumer<String> failed) {
        this.parameters = parameters;
        this.home = home;
        this.folder = folder;
        this.failed = failed;
        this.console = new Published<>(console);
        this.order = new SerialExecutor(workers);
    }

    /** Sets where lines for the console go. */
    void console(Consumer<String> to) {
        console.set(to);
    }

    void add(String line) {
        ClassicParameters from = parameters.get();
        long level = from.number("loglevel");
        long toConsole = from.number("logtoconsole");
        if (toConsole == 2 || toConsole == 1 && level >= TO_CONSOLE) {
            console.get().accept(line);
        }
        if (level >= TO_FILE && from.isOn("canlogtofile") && ClassicSaved.mayWriteFiles(from) && !broken.get()) {
            String text = TIME.format(clock.instant()) + " " + line + "\n";
            if (waiting.incrementAndGet() <= MOST_WAITING) {
                order.execute(() -> write(from, text));
            } else {
                waiting.decrementAndGet(); // a disk that is that slow loses lines rather than memory
            }
        }
    }

    private void write(ClassicParameters from, String text) {
        waiting.decrementAndGet();
        try {
            Path to = places(from, System.getenv()).get(refused.get());
            if (!file.get().equals(Optional.of(to))) {
                Files.createDirectories(to.getParent());
                begin(to, from.number("deloldlogs"));
                file.set(Optional.of(to));
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (Files.exists(to) && Files.size(to) + bytes.length > from.number("maxlogsize")) {
                Files.move(to, old(to), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(to, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException | RuntimeException full) {
            List<Path> places = places(from, System.getenv());
            boolean other = refused.incrementAndGet() < places.size();
            broken.set(!other);
            failed.accept(other ? "The log goes to " + places.get(refused.get()) + " from here on: " + full
                    : "The log is not written any more: " + full);
            if (other) {
                waiting.incrementAndGet();
                write(from, text);
            }
        }
    }

    /** Returns where it may be written, the best place first (B-213). */
    private List<Path> places(ClassicParameters from, Map<String, String> variables) {
        return Stream.of(path(from, variables), folder.get().resolve(NAME), home.resolve(NAME)).distinct().toList();
    }

    private static void begin(Path file, long mode) throws IOException {
        if (mode == DELETE_OLD) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(old(file));
        } else if (mode >= KEEP_OLD && Files.exists(file)) {
            Files.move(file, old(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path old(Path file) {
        return file.resolveSibling(file.getFileName() + ".old");
    }

    /** Returns the file that is written. */
    Path path(ClassicParameters from, Map<String, String> variables) {
        Optional<Path> given = from.given("logpath").map(text -> Path.of(expanded(text, variables)).toAbsolutePath());
        return given.map(path -> Files.isDirectory(path) || !path.getFileName().toString().contains(".") ? path.resolve(NAME) : path)
                .orElseGet(() -> folder.get().resolve(NAME));
    }

    private static String expanded(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                variables.getOrDefault(found.group(1) == null ? found.group(2) : found.group(1), "")));
    }

    /** The phone stops: the next start begins as {@code deloldlogs} says. */
    void end() {
        order.execute(() -> {
            file.set(Optional.empty());
            refused.set(0);
        });
    }

    /** Waits a moment until what was said is written. */
    void flush() {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        order.execute(() -> written.complete(true));
        try {
            written.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            failed.accept("The end of the log is not written yet.");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
