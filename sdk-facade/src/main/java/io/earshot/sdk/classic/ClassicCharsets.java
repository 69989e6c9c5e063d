package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.WireCharacters;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

/** In which characters old peers write, and old systems name their devices. */
final class ClassicCharsets {
    static final List<ClassicParameter> ROWS = ParameterGroup.TRANSPORT.rows(
            text("charset", "UTF-8", "characters of what peers write that is not UTF-8, and of what they read, as ISO-8859-1"),
            text("charset_sip", "", "the same of SIP headers alone; empty is charset"),
            text("charset_bytes", "", "the same of bodies alone, for text whose type names no characters; empty is charset"));

    private ClassicCharsets() {
    }

    static WireCharacters wire(ClassicParameters from) {
        return new WireCharacters(charset(from, "charset_sip"), charset(from, "charset_bytes"));
    }

    private static Charset charset(ClassicParameters from, String name) {
        return from.given(name).isPresent() ? charset(name, from.text(name)) : charset("charset", from.given("charset").orElse("UTF-8"));
    }

    /**
     * Returns the characters of a name.
     *
     * @throws IllegalArgumentException naming the parameter, when there are none of that name
     */
    static Charset charset(String parameter, String name) {
        try {
            return Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new IllegalArgumentException("parameter " + parameter + "=" + name + ": Java knows no such characters; UTF-8 and "
                    + "ISO-8859-1 are known, for instance", unknown);
        }
    }
}
