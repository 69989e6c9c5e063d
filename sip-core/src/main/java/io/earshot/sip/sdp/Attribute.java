package io.earshot.sip.sdp;

import static java.util.Objects.requireNonNull;

/**
 * The text of an {@code a=} line: {@code name} or {@code name:value} (RFC 8866 §5.13), kept as it came.
 *
 * @param text what stands after {@code a=}
 */
public record Attribute(String text) {
    public Attribute {
        requireNonNull(text, "text");
        Text.requireOneLine(text, "attribute");
    }

    /** Returns {@code name:value}. */
    public static Attribute of(String name, String value) {
        Text.requireToken(name, "attribute name");
        return new Attribute(name + ":" + value);
    }

    /** Returns the part before the first colon, without blanks round it. */
    public String name() {
        int colon = text.indexOf(':');
        return (colon < 0 ? text : text.substring(0, colon)).strip();
    }

    /** Returns the part after the first colon, without blanks round it; empty when there is none. */
    public String value() {
        int colon = text.indexOf(':');
        return colon < 0 ? "" : text.substring(colon + 1).strip();
    }

    /** Tells whether this is the attribute of that name, in any case: real phones write {@code a=RTPMAP}. */
    public boolean is(String name) {
        int length = name.length();
        return text.regionMatches(true, 0, name, 0, length) && (text.length() == length || text.charAt(length) == ':')
            || name().equalsIgnoreCase(name);
    }
}
