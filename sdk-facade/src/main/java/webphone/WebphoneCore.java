package webphone;

import io.earshot.sdk.classic.ClassicFunctions;
import io.earshot.sdk.classic.ClassicParameters;
import io.earshot.sdk.classic.ClassicPhone;
import io.earshot.sdk.classic.ParameterSources;
import java.util.List;

/** What the functions share: one phone of their own, and results of the types that their declarations have. */
abstract class WebphoneCore {
    private final ClassicPhone phone;

    WebphoneCore(String[] parameters) {
        List<String> given = new ParameterSources().environment(System.getenv()).arguments(List.of(parameters)).lines();
        ClassicParameters.Parsed parsed = ClassicParameters.parse(given);
        // Who wants to read notifications fetches them.
        this.phone = new ClassicPhone(parsed.parameters(), notification -> { });
        if (!parsed.problems().isEmpty()) {
            phone.set(given);
        }
    }

    /** Returns the phone behind the functions, for the modern side of a program that has both. */
    public ClassicPhone phone() {
        return phone;
    }

    final Object run(String function, Object... arguments) {
        return ClassicFunctions.run(phone, function, arguments);
    }

    final boolean yes(String function, Object... arguments) {
        return (Boolean) run(function, arguments);
    }

    final int number(String function, Object... arguments) {
        return (Integer) run(function, arguments);
    }

    final String text(String function, Object... arguments) {
        return (String) run(function, arguments);
    }

    final byte[] bytes(String function, Object... arguments) {
        return (byte[]) run(function, arguments);
    }
}
