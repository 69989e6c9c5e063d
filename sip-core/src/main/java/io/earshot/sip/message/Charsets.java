package io.earshot.sip.message;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** Charsets by the names a peer gives. */
final class Charsets {
    private Charsets() {
    }

    /** Returns the charset, or UTF-8 if there is none of that name. */
    static Charset find(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        } catch (IllegalArgumentException empty) {
            return StandardCharsets.UTF_8;
        }
    }
}
