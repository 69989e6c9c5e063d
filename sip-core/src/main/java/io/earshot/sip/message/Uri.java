package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A URI as SIP uses it (RFC 3261 §19.1, RFC 3966); schemes without a type of their own are kept as they are. Immutable. */
public sealed interface Uri permits SipUri, TelUri, OtherUri {
    /** Returns the scheme in lower case. */
    String scheme();

    /** Returns whether both name the same resource by the rules of their scheme; for SIP, RFC 3261 §19.1.4. */
    boolean equivalent(Uri other);

    /** Returns the wire form. */
    @Override
    String toString();

    /**
     * Parses a URI given by a user or a program.
     *
     * @throws IllegalArgumentException naming the value and what is wrong with it
     */
    static Uri parse(String text) {
        Cursor cursor = new Cursor(requireNonNull(text, "text"));
        Uri uri = UriParser.read(cursor, 0, cursor.end);
        if (uri == null) {
            throw new IllegalArgumentException("malformed URI \"" + text + "\": " + cursor.defect());
        }
        return uri;
    }

    /** Parses a URI from the network: empty if it is malformed. */
    static Optional<Uri> tryParse(String text) {
        Cursor cursor = new Cursor(text);
        return Optional.ofNullable(UriParser.read(cursor, 0, cursor.end));
    }
}
