package io.earshot.sip.events;

import java.util.Optional;

/**
 * What reading a document came to.
 *
 * @param <T> the type of document
 */
public sealed interface Reading<T> {
    /** It could be read. */
    record Read<T>(T document) implements Reading<T> { }

    /** It could not; {@code reason} says why. */
    record Malformed<T>(String reason) implements Reading<T> { }

    /** Returns the document, if it could be read. */
    default Optional<T> value() {
        return this instanceof Read<T> read ? Optional.of(read.document) : Optional.empty();
    }
}
