package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.sdk.ApiInventory.Argument;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every argument of the public API that can be wrong is refused at once, with a sentence. The arguments are read from the classes, so that
 * a new one without a row in {@link BadSettings}, {@link BadPlugInSettings} or {@link BadCommands} fails here; null, and null in lists and
 * maps, are tried for all of them without rows. {@code -Dearshot.update=true} writes the table into {@code docs/errors.md}.
 */
@Timeout(60)
class BadArgumentsTest {
    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final Pattern BLOCK = Pattern.compile("<!-- bad-arguments -->.*<!-- /bad-arguments -->", Pattern.DOTALL);
    private static final Set<Class<?>> OPEN = Set.of(String.class, int.class, long.class, double.class, float.class, Duration.class,
            Path.class, InetSocketAddress.class, URI.class, io.earshot.api.audio.AudioPort.class, io.earshot.api.Account.class,
            io.earshot.api.Call.class);

    private static Rig rig;
    private static List<BadArguments> tables;
    private static List<Argument> arguments;

    @BeforeAll
    static void open() throws InterruptedException {
        rig = Rig.start();
        tables = List.of(new BadSettings(), new BadPlugInSettings(), new BadCommands(rig), new BadTunnelSettings(),
                new BadLineSettings());
        arguments = ApiInventory.types().stream().filter(type -> !NeverWrong.plugIn(type)).flatMap(type -> ApiInventory.arguments(type)
                .stream()).filter(argument -> !NeverWrong.told(argument)).toList();
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @Test
    void everyArgumentThatCanBeWrongHasARow() {
        List<String> missing = arguments.stream().filter(BadArgumentsTest::isOpen)
                .filter(argument -> rows(argument).isEmpty() && fine(argument).isEmpty())
                .map(argument -> "        wrong(value, \"sentence\", \""
                        + argument.key() + "\");   // a " + argument.type().getSimpleName()).toList();
        assertTrue(missing.isEmpty(), () -> "Add rows to BadSettings, BadPlugInSettings or BadCommands, or fine(\"reason\", key):\n"
                + String.join("\n", missing));
    }

    @Test
    void everyRowMeansAnArgument() {
        List<String> unknown = tables.stream().flatMap(table -> java.util.stream.Stream.concat(table.fine().keySet().stream(),
                table.rows().stream().flatMap(row -> row.keys().stream()))).filter(key -> arguments.stream()
                .noneMatch(argument -> BadArguments.means(key, argument))).toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void wrongValuesAreRefusedWithTheSentence() {
        List<String> defects = new ArrayList<>();
        for (Argument argument : arguments) {
            for (BadArguments.Row row : rows(argument)) {
                Throwable refusal = refusal(argument, row.value());
                if (!isRefusal(refusal) || !row.sentence().equals(refusal.getMessage())) {
                    defects.add(argument.key() + " with " + shown(row.value()) + "\n    wanted " + row.sentence()
                            + "\n    got    " + refusal);
                }
            }
        }
        assertTrue(defects.isEmpty(), () -> String.join("\n", defects));
    }

    @Test
    void nullIsRefusedWithTheNameOfTheArgument() {
        List<String> defects = new ArrayList<>();
        for (Argument argument : arguments) {
            if (!argument.type().isPrimitive()) {
                Throwable refusal = refusal(argument, null);
                String name = argument.isComponent() ? Pattern.quote(argument.name()) : "\\w+";
                if (!names(refusal, name + " must not be null")) {
                    defects.add(argument.key() + ": " + refusal);
                }
            }
        }
        assertTrue(defects.isEmpty(), () -> String.join("\n", defects));
    }

    private static boolean names(Throwable refusal, String sentence) {
        return refusal instanceof NullPointerException && String.valueOf(refusal.getMessage()).matches(sentence);
    }

    @Test
    void nullInAListIsRefusedWithItsPlace() {
        List<String> defects = new ArrayList<>();
        for (Argument argument : arguments) {
            Optional<Object> holed = holed(argument.type());
            if (holed.isPresent()) {
                Throwable refusal = refusal(argument, holed.get());
                if (!names(refusal, "\\w+\\[0] must not be null")) {
                    defects.add(argument.key() + ": " + refusal);
                }
            }
        }
        assertTrue(defects.isEmpty(), () -> String.join("\n", defects));
    }

    @Test
    void nullInAMapIsRefusedWithItsPlace() {
        List<String> defects = new ArrayList<>();
        for (Argument argument : arguments) {
            if (argument.type() == Map.class) {
                Throwable value = refusal(argument, java.util.Collections.singletonMap("sample", null));
                Throwable name = refusal(argument, java.util.Collections.singletonMap(null, null));
                if (!names(value, "(\\w+\\[sample]|the value of header sample) must not be null")
                        || !names(name, "a \\w+ in \\w+ must not be null")) {
                    defects.add(argument.key() + ": " + value + "; " + name);
                }
            }
        }
        assertTrue(defects.isEmpty(), () -> String.join("\n", defects));
    }

    @Test
    void thePageListsTheSentences() throws IOException {
        Map<String, Set<String>> sentences = new TreeMap<>();
        tables.forEach(table -> table.rows().forEach(row -> row.keys().forEach(key -> sentences.computeIfAbsent(general(row.sentence()),
                none -> new java.util.TreeSet<>()).add(key + " = " + shown(row.value())))));
        Map<String, List<String>> byTopic = new TreeMap<>();
        sentences.forEach((sentence, where) -> byTopic.computeIfAbsent(where.iterator().next().split("\\.")[0], none -> new ArrayList<>())
                .add("| " + String.join("<br>", where).replace("|", "\\|") + " | " + sentence.replace("|", "\\|")
                .replace("<", "&lt;") + " |\n"));
        StringBuilder made = new StringBuilder();
        byTopic.forEach((topic, lines) -> made.append("\n### ").append(topic).append("\n\n| argument and value | text |\n|---|---|\n")
                .append(String.join("", lines)));
        if (Boolean.getBoolean("earshot.update")) {
            Files.writeString(PAGE, BLOCK.matcher(Files.readString(PAGE)).replaceFirst(Matcher.quoteReplacement(
                    "<!-- bad-arguments -->\n" + made + "\n<!-- /bad-arguments -->")));
        }
        assertTrue(Files.readString(PAGE).contains(made), PAGE + " is not up to date; -Dearshot.update=true writes it");
    }

    private static String general(String sentence) {
        return sentence.replace(Path.of("").toAbsolutePath().toString(), "FOLDER");
    }

    // ---- what belongs to an argument

    private static List<BadArguments.Row> rows(Argument argument) {
        return tables.stream().flatMap(table -> table.rows().stream()).filter(row -> row.keys().stream()
                .anyMatch(key -> BadArguments.means(key, argument))).toList();
    }

    private static Optional<String> fine(Argument argument) {
        return tables.stream().flatMap(table -> table.fine().entrySet().stream())
                .filter(entry -> BadArguments.means(entry.getKey(), argument)).map(Map.Entry::getValue).findFirst();
    }

    /** Tells whether the type itself leaves room for wrong values. */
    private static boolean isOpen(Argument argument) {
        Class<?> type = argument.type();
        return OPEN.contains(type) || type.isArray() || Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type)
                || argument.isOptionalText();
    }

    private static Optional<Object> holed(Class<?> type) {
        if (type.isArray() && !type.getComponentType().isPrimitive()) {
            return Optional.of(java.lang.reflect.Array.newInstance(type.getComponentType(), 1));
        }
        if (type == Set.class) {
            return Optional.of(new java.util.HashSet<>(Arrays.asList((Object) null)));
        }
        return type == List.class || type == Collection.class ? Optional.of(Arrays.asList((Object) null)) : Optional.empty();
    }

    // ---- calling

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof IllegalArgumentException || thrown instanceof IOException || thrown instanceof GeneralSecurityException
                || thrown instanceof VoipException known && (known.failure() instanceof Failure.BadArgument
                || known.failure() instanceof Failure.LocalResource);
    }

    private static Throwable refusal(Argument argument, Object wrong) {
        Class<?> owner = argument.element().getDeclaringClass();
        Object subject = subject(owner).orElse(null);
        return argument.refusal(wrong, subject, others(argument, subject));
    }

    private static Optional<Object> subject(Class<?> type) {
        return tables.stream().map(table -> table.subjects().get(type)).filter(known -> known != null).findFirst();
    }

    private static Object[] others(Argument argument, Object subject) {
        List<Argument> all = ApiInventory.arguments(argument.element().getDeclaringClass()).stream()
                .filter(other -> other.element().equals(argument.element())).toList();
        Object[] values = new Object[all.size()];
        all.forEach(other -> values[other.index()] = other.isComponent() && subject != null ? component(subject, other) : sample(other));
        return values;
    }

    private static Object component(Object subject, Argument of) {
        try {
            return subject.getClass().getMethod(of.name()).invoke(subject);
        } catch (ReflectiveOperationException mistake) {
            throw new AssertionError(mistake);
        }
    }

    private static Object sample(Argument argument) {
        return tables.stream().map(table -> table.sample(argument)).flatMap(Optional::stream).findFirst()
                .or(() -> subject(argument.type())).or(() -> Optional.ofNullable(USUAL.get(argument.type())))
                .or(() -> Optional.ofNullable(argument.type().isEnum() ? argument.type().getEnumConstants()[0] : null)).orElse(null);
    }

    private static final Map<Class<?>, Object> USUAL = usual();

    private static Map<Class<?>, Object> usual() {
        Map<Class<?>, Object> usual = new HashMap<>(Map.of(String.class, "sample", int.class, 1, long.class, 1L, double.class, 0.5,
                boolean.class, false, Duration.class, Duration.ofSeconds(10), Optional.class, Optional.empty(), List.class, List.of(),
                Map.class, Map.of()));
        usual.put(Set.class, Set.of());
        usual.put(Collection.class, List.of());
        usual.put(char[].class, new char[0]);
        usual.put(java.util.function.Consumer.class, (java.util.function.Consumer<Object>) anything -> { });
        usual.put(java.util.function.Function.class, java.util.function.Function.identity());
        return new LinkedHashMap<>(usual);
    }

    private static String shown(io.earshot.api.audio.CallSounds sounds) {
        return "country " + sounds.country() + sounds.ringtone().map(file -> ", ringtone " + file).orElse("")
                + sounds.holdMusic().map(file -> ", holdMusic " + file).orElse("");
    }

    /** A value as the page shows it. */
    private static String shown(Object value) {
        String text = value instanceof Object[] many ? Arrays.toString(many) : value instanceof short[] pcm ? "short[" + pcm.length + "]"
                : value instanceof byte[] bytes ? "byte[" + bytes.length + "]" : value instanceof Duration time
                ? io.earshot.api.check.Check.text(time) : value instanceof io.earshot.api.Call ? "a call" : value
                instanceof io.earshot.api.Account ? "an account" : value instanceof java.security.KeyStore ? "an empty store"
                : value instanceof io.earshot.api.audio.CallSounds sounds ? shown(sounds)
                : String.valueOf(value);
        String plain = text.replace("\r", "\\r").replace("\n", "\\n");
        return "`" + (plain.length() > 60 ? plain.substring(0, 60) + "…" : plain) + "`";
    }
}
