package io.earshot.sdk.classic;

/**
 * One argument of a classic function.
 *
 * @param name as the documentation spells it, in lower case
 * @param kind its type
 * @param standard what it is when it is left out, as text
 */
public record ClassicArgument(String name, Kind kind, String standard) {
    /** The types there are. */
    public enum Kind {
        /** A whole number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        YES_NO,
        /** A text. */
        TEXT,
        /** Bytes; as text in Base64. */
        BYTES,
        /** An {@code InputStream}; only for programs in Java. */
        STREAM
    }

    static ClassicArgument line() {
        return number("line", -1);
    }

    static ClassicArgument number(String name, int standard) {
        return new ClassicArgument(name, Kind.NUMBER, Integer.toString(standard));
    }

    static ClassicArgument yesNo(String name, boolean standard) {
        return new ClassicArgument(name, Kind.YES_NO, Boolean.toString(standard));
    }

    static ClassicArgument text(String name) {
        return new ClassicArgument(name, Kind.TEXT, "");
    }

    static ClassicArgument bytes(String name) {
        return new ClassicArgument(name, Kind.BYTES, "");
    }

    static ClassicArgument stream(String name) {
        return new ClassicArgument(name, Kind.STREAM, "");
    }
}
