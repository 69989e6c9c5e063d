package io.earshot.sdk.classic;

import java.util.Base64;
import java.util.Optional;

/** Runs {@link ClassicCommand}s on a {@link ClassicPhone}: the functions of {@link ClassicFunctions} in the form of text. */
public final class ClassicCommands {
    private final ClassicPhone phone;

    /** Makes an interpreter for one phone. */
    public ClassicCommands(ClassicPhone phone) {
        this.phone = phone;
    }

    /**
     * Runs a command.
     *
     * @return {@code OK: …} or {@code ERROR: …}; for functions that return a number or a text, that
     */
    public String run(ClassicCommand command) {
        Optional<ClassicFunction> function = ClassicFunctions.find(command.function());
        return function.map(known -> text(known, ClassicFunctions.run(phone, known, command)))
                .orElseGet(() -> "ERROR: unknown function " + command.function());
    }

    private static String text(ClassicFunction function, Object result) {
        return switch (function.result()) {
            case DONE -> (Boolean) result ? "OK: initiated" : "ERROR: failed";
            case NOTHING -> "OK: done";
            case YES_NO -> "OK: " + result;
            case NUMBER, TEXT -> String.valueOf(result);
            // Characters that no dialect of commands has a meaning for (coverage C-18).
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) result).replace('=', '.').replace('+', '_').replace('/', '-');
        };
    }
}
