package io.earshot.sip.events;

import java.util.List;
import java.util.Optional;

/**
 * What somebody is doing (RFC 4480).
 *
 * @param id unique within the document
 * @param activities as RFC 4480 §3.2 names them: {@code away}, {@code busy}, {@code on-the-phone}, {@code meal}, …; what has no name there
 *     comes as {@code other}
 * @param mood as RFC 4480 §3.4 names it
 * @param placeType where, as RFC 4589 names it
 * @param userInput whether the keyboard is in use: {@code active} or {@code idle}
 * @param from since when the activities hold, an ISO 8601 time
 * @param until until when they will hold
 * @param notes remarks
 */
public record Person(String id, List<String> activities, Optional<String> mood, Optional<String> placeType, Optional<String> userInput,
        Optional<String> from, Optional<String> until, List<Note> notes) {
    public Person {
        activities = List.copyOf(activities);
        notes = List.copyOf(notes);
    }

    /** Returns somebody who does this. */
    public static Person doing(String... activities) {
        return new Person("p1", List.of(activities), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), List.of());
    }
}
