package io.earshot.sdk.classic;

import io.earshot.api.VoipException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of the classic functions, from which the text form ({@link ClassicCommands}), {@code webphone.webphone}, the control server and
 * {@code docs/functions.md} follow. A function never throws: when it fails it returns {@code false}, -1 or an empty text, and an ERROR
 * notification says why.
 */
public final class ClassicFunctions {
    private static final List<ClassicFunction> ALL = Stream.of(SettingFunctions.ROWS, AccountFunctions.ROWS, CallFunctions.ROWS,
            LineFunctions.ROWS, TextFunctions.ROWS, SoundFunctions.ROWS, ContactFunctions.ROWS, FileFunctions.ROWS)
            .flatMap(List::stream).toList();
    private static final Map<String, ClassicFunction> BY_NAME = byName();

    private ClassicFunctions() {
    }

    private static Map<String, ClassicFunction> byName() {
        Map<String, ClassicFunction> names = new HashMap<>();
        for (ClassicFunction one : ALL) {
            names.put(one.name().toLowerCase(Locale.ROOT), one);
            one.aliases().forEach(alias -> names.put(alias.toLowerCase(Locale.ROOT), one));
        }
        return Map.copyOf(names);
    }

    /** Returns every function, by topic. */
    public static List<ClassicFunction> all() {
        return ALL;
    }

    /** Returns the function of this name or alias, without regard to case. */
    public static Optional<ClassicFunction> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    /**
     * Runs a function.
     *
     * @param arguments in its order, of its types; those that are missing at the end have their standard
     * @return a {@link Boolean}, {@link Integer}, {@link String} or {@code byte[]}, as {@link ClassicFunction#result()} says
     * @throws IllegalArgumentException when there is no such function
     */
    public static Object run(ClassicPhone phone, String name, Object... arguments) {
        ClassicFunction function = find(name).orElseThrow(() -> new IllegalArgumentException("unknown function " + name));
        return guarded(phone, function, () -> ClassicArguments.of(function, arguments));
    }

    static Object run(ClassicPhone phone, ClassicFunction function, ClassicCommand command) {
        return guarded(phone, function, () -> ClassicArguments.of(function, command));
    }

    /** The one place that takes everything: B-021 says that no function throws, whatever happens. */
    private static Object guarded(ClassicPhone phone, ClassicFunction function, java.util.function.Supplier<ClassicArguments> arguments) {
        try {
            ClassicArguments given = arguments.get();
            if (function.isStarting() && !phone.isStarted() && !phone.start()) {
                return function.failure();
            }
            return function.run(phone, given);
        } catch (VoipException | IllegalArgumentException | IllegalStateException refused) {
            phone.error(refused);
        } catch (RuntimeException defect) {
            phone.defect(function.name(), defect);
        }
        return function.failure();
    }
}
