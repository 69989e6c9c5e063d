package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * In which characters old peers write what is to be UTF-8 (RFC 3261 §7.3.1), and want to read it. What comes in and is UTF-8 is taken as
 * such all the same. Immutable; start from {@link #DEFAULT}.
 *
 * @param headers of SIP messages, as display names; has to contain ASCII
 * @param bodies of text whose type names no characters itself
 */
public record WireCharacters(Charset headers, Charset bodies) {
    /** UTF-8, as the standard has it. */
    public static final WireCharacters DEFAULT = new WireCharacters(StandardCharsets.UTF_8, StandardCharsets.UTF_8);

    private static final String ASCII = "INVITE sip:a@b.c SIP/2.0";

    public WireCharacters {
        check(requireNonNull(headers, "headers"));
        check(requireNonNull(bodies, "bodies"));
    }

    private static void check(Charset characters) {
        if (!characters.canEncode() || !new String(ASCII.getBytes(StandardCharsets.US_ASCII), characters).equals(ASCII)) {
            throw new IllegalArgumentException("the characters of SIP have to contain ASCII, and those of " + characters.name()
                    + " do not; write UTF-8 or ISO-8859-1, for instance");
        }
    }

    /** Returns a copy with headers in these characters. */
    public WireCharacters withHeaders(Charset characters) {
        return new WireCharacters(characters, bodies);
    }

    /** Returns a copy with bodies in these characters. */
    public WireCharacters withBodies(Charset characters) {
        return new WireCharacters(headers, characters);
    }
}
