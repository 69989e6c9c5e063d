package io.earshot.api.audio;

import java.util.List;
import java.util.Optional;

/** What happens in a {@link Conference}. */
public sealed interface ConferenceEvent {
    /** A port was added. */
    record Joined(Conference.Member member) implements ConferenceEvent { }

    /** A port was taken out, or closed. */
    record Left(Conference.Member member) implements ConferenceEvent { }

    /**
     * Other members speak than before. Told at most ten times per second.
     *
     * @param speaking who speaks now, in the order in which they joined; muted members are left out
     * @param loudest the one to show: who spoke loudest of late, and keeps the place until another is clearly louder or speaks alone
     */
    record Speakers(List<Conference.Member> speaking, Optional<Conference.Member> loudest) implements ConferenceEvent {
        public Speakers {
            speaking = List.copyOf(speaking);
        }
    }
}
