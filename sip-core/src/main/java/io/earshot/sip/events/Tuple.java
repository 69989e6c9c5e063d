package io.earshot.sip.events;

import java.util.List;
import java.util.Optional;

/**
 * One way to reach somebody (RFC 3863 §4.1.2).
 *
 * @param id unique within the document
 * @param open whether messages and calls can be taken; empty when it is not said
 * @param contact the address
 * @param priority 0 to 1, as written; empty for none
 * @param notes remarks
 * @param timestamp when it changed, an ISO 8601 time
 */
public record Tuple(String id, Optional<Boolean> open, Optional<String> contact, Optional<String> priority, List<Note> notes,
        Optional<String> timestamp) {
    public Tuple {
        notes = List.copyOf(notes);
    }

    /** Returns a way without address. */
    public static Tuple of(String id, boolean open) {
        return new Tuple(id, Optional.of(open), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
}
