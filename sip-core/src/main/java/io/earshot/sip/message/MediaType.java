package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A media type (RFC 3261 §20.15). Types and subtypes compare ignoring case and are held in lower case.
 *
 * @param type such as {@code application}
 * @param subtype such as {@code sdp}
 * @param parameters such as {@code charset} or {@code boundary}
 */
public record MediaType(String type, String subtype, Parameters parameters) {
    /** RFC 8866. */
    public static final MediaType APPLICATION_SDP = of("application", "sdp");
    /** RFC 3420. */
    public static final MediaType MESSAGE_SIPFRAG = of("message", "sipfrag");
    /** Text in UTF-8, the charset of RFC 3428 §8. */
    public static final MediaType TEXT_PLAIN = of("text", "plain");
    /** RFC 6086 and common practice for digits. */
    public static final MediaType APPLICATION_DTMF_RELAY = of("application", "dtmf-relay");

    /** Checks the parts. */
    public MediaType {
        if (!Chars.all(requireNonNull(type, "type"), Chars.TOKEN) || !Chars.all(requireNonNull(subtype, "subtype"), Chars.TOKEN)) {
            throw new IllegalArgumentException("not a media type: \"" + type + "/" + subtype + "\"");
        }
        type = Chars.lowerCase(type);
        subtype = Chars.lowerCase(subtype);
        requireNonNull(parameters, "parameters");
    }

    /** Returns a type without parameters. */
    public static MediaType of(String type, String subtype) {
        return new MediaType(type, subtype, Parameters.NONE);
    }

    /**
     * Parses a value.
     *
     * @throws IllegalArgumentException naming the value and what is wrong with it
     */
    public static MediaType parse(String text) {
        Cursor cursor = new Cursor(requireNonNull(text, "text"));
        MediaType parsed = read(cursor);
        if (parsed == null || !cursor.finished()) {
            throw new IllegalArgumentException("malformed media type \"" + text + "\": " + cursor.defect());
        }
        return parsed;
    }

    /** Reads the value up to the end; null if malformed. */
    static MediaType read(Cursor c) {
        c.skipBlanks();
        String type = c.token("type");
        if (type == null) {
            return null;
        }
        if (!c.accept('/')) {
            return c.fail("'/' missing");
        }
        String subtype = c.token("subtype");
        if (subtype == null) {
            return null;
        }
        Parameters parameters = Parameters.read(c);
        if (parameters == null) {
            return null;
        }
        boolean sdp = parameters.isEmpty() && "application".equals(type) && "sdp".equals(subtype);
        return sdp ? APPLICATION_SDP : new MediaType(type, subtype, parameters);
    }

    /** Returns whether both are the same type, whatever their parameters. */
    public boolean matches(MediaType other) {
        return type.equals(other.type) && subtype.equals(other.subtype);
    }

    /** Returns the charset parameter. */
    public Optional<String> charset() {
        return parameters.get("charset");
    }

    /** Returns the wire form. */
    @Override
    public String toString() {
        return type + '/' + subtype + parameters;
    }
}
