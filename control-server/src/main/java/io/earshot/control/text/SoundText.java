package io.earshot.control.text;

import io.earshot.control.text.Signature.Argument;
import io.earshot.control.text.Signature.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes in requests and answers: Base64, in whose stead for {@code =}, {@code +} and {@code /} there may be {@code .}, {@code _} and
 * {@code -}, which mean nothing in a URL or between commas.
 */
public final class SoundText {
    private static final int GROUP = 4;

    private SoundText() {
    }

    /**
     * Returns the standard Base64 of a text in any of the alphabets. Standard, URL-safe and substituted texts differ in what {@code _} and
     * {@code -} stand for: where {@code .} is used they are {@code +} and {@code /}, else as in the URL-safe alphabet.
     */
    public static String standard(String text) {
        String bare = text.replaceAll("\\s", "").replace(' ', '+');
        boolean substituted = bare.indexOf('.') >= 0;
        String base = substituted ? bare.replace('.', '=').replace('_', '+').replace('-', '/') : bare.replace('-', '+').replace('_', '/');
        int missing = (GROUP - base.length() % GROUP) % GROUP;
        return missing == GROUP - 1 ? base : base + "=".repeat(missing);
    }

    /** Returns the substituted form of standard Base64. */
    public static String substituted(String base64) {
        return base64.replace('=', '.').replace('+', '_').replace('/', '-');
    }

    /** Returns a command's parameters by name, with bytes as standard Base64. */
    public static Map<String, String> arguments(Command command) {
        Map<String, String> arguments = new LinkedHashMap<>(command.named());
        List<Argument> known = command.signature().map(Signature::arguments).orElse(List.of());
        known.stream().filter(argument -> argument.type() == Type.BYTES)
                .forEach(bytes -> arguments.computeIfPresent(bytes.name(), (name, text) -> standard(text)));
        return arguments;
    }
}
