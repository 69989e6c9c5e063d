package io.earshot.sdk.classic;

import io.earshot.sdk.window.WindowHost;
import java.util.List;
import java.util.function.Consumer;

/** Phones as their windows see them, for tests without a display. */
public final class Hosts {
    private Hosts() {
    }

    /** A phone that is not started. */
    public static ClassicPhone phone(Consumer<Notification> sink, String... parameters) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(parameters));
        if (!parsed.problems().isEmpty()) {
            throw new IllegalArgumentException(parsed.problems().toString());
        }
        return new ClassicPhone(parsed.parameters(), sink);
    }

    /** What its windows may use of it. */
    public static WindowHost of(ClassicPhone phone) {
        return new ClassicWindowHost(phone);
    }

    /** The names of the parameters of appearance that take effect. */
    public static List<String> appearance() {
        return ClassicRegistry.ROWS.stream().filter(row -> row.group() == ParameterGroup.APPEARANCE)
                .filter(row -> row.effect() instanceof ParameterEffect.Implemented).map(ClassicParameter::name).toList();
    }
}
