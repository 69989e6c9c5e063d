package io.earshot.api.presence;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.List;

/**
 * Somebody's presence. Immutable.
 *
 * @param availability how far he can be reached
 * @param note a remark for people; may be empty
 * @param activities what he is doing in the words of RFC 4480 §3.2, as {@code meeting} or {@code meal}; may be empty
 * @param email where mail reaches him; may be empty
 */
public record PresenceStatus(Availability availability, String note, List<String> activities, String email) {
    /** There, and free. */
    public static final PresenceStatus ONLINE = of(Availability.ONLINE);

    public PresenceStatus {
        requireNonNull(availability, "availability");
        requireNonNull(note, "note");
        activities = Check.list(activities, "activities");
        if (!requireNonNull(email, "email").isEmpty() && !email.matches("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,255}")) {
            throw new IllegalArgumentException(Check.shown(email) + " is no mail address: write user@domain");
        }
        if (note.length() > 1000) {
            throw new IllegalArgumentException("a presence note has at most 1000 characters, not " + note.length() + ": shorten it");
        }
        for (String activity : activities) {
            if (!activity.matches("[A-Za-z][A-Za-z0-9-]{0,39}")) {
                throw new IllegalArgumentException("'" + activity + "' is no activity: write one of RFC 4480 §3.2, such as meeting");
            }
        }
    }

    /** Returns a presence without a remark. */
    public static PresenceStatus of(Availability availability) {
        return new PresenceStatus(availability, "", List.of(), "");
    }

    /** Returns a copy with a remark. */
    public PresenceStatus withNote(String text) {
        return new PresenceStatus(availability, text, activities, email);
    }

    /** Returns a copy with activities. */
    public PresenceStatus withActivities(String... words) {
        return new PresenceStatus(availability, note, Check.list(words, "words"), email);
    }

    /** Returns a copy that says where mail goes. */
    public PresenceStatus withEmail(String address) {
        return new PresenceStatus(availability, note, activities, address);
    }
}
