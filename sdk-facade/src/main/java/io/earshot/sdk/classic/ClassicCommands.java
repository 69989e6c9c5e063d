package io.earshot.sdk.classic;

import java.util.List;
import java.util.Locale;

/** Runs {@link ClassicCommand}s on a {@link ClassicPhone}. */
public final class ClassicCommands {
    private final ClassicPhone phone;

    /** Makes an interpreter for one phone. */
    public ClassicCommands(ClassicPhone phone) {
        this.phone = phone;
    }

    /**
     * Runs a command.
     *
     * @return {@code OK: …} or {@code ERROR: …}
     */
    public String run(ClassicCommand command) {
        int line = command.line();
        return switch (command.function().toLowerCase(Locale.ROOT)) {
            case "api_call" -> result(phone.call(line, command.argument("peer", 2).orElse("")));
            case "api_hangup" -> result(phone.hangup(line));
            case "api_accept" -> result(phone.accept(line));
            case "api_reject" -> result(phone.reject(line));
            case "api_hold" -> result(phone.hold(line, isTrue(command.argument("state", 2).orElse("true"))));
            case "api_register" -> result(phone.register());
            case "api_unregister" -> result(phone.unregister());
            case "api_isonline" -> "OK: " + phone.network().isOnline();
            case "api_checkconnection" -> result(phone.checkConnection());
            case "api_shouldreset" -> "OK: " + phone.network().shouldReset();
            case "api_shouldresetbeforecall" -> "OK: " + (phone.network().shouldReset() != 0);
            default -> "ERROR: unknown function " + command.function();
        };
    }

    private static String result(boolean done) {
        return done ? "OK: initiated" : "ERROR: failed";
    }

    private static boolean isTrue(String text) {
        return List.of("true", "1", "yes").contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
