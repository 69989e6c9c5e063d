package io.earshot.sdk.classic;

import io.earshot.api.presence.Availability;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.Mailbox;
import io.earshot.api.presence.PresenceStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The notifications of presence, lamps and voice mail. */
final class PresenceText {
    private PresenceText() {
    }

    /** Returns what is told of new messages; nothing when there are none. */
    static Optional<Notification> mailbox(Mailbox mailbox) {
        if (!mailbox.waiting() && mailbox.fresh() == 0) {
            return Optional.empty();
        }
        String count = mailbox.fresh() == 1 ? "1 new message" : mailbox.fresh() + " new messages";
        return Optional.of(new Notification(1, List.of("MWI", mailbox.fresh() > 0 ? count + " (" + mailbox.old() + " old)"
                : "new messages")));
    }

    /** Returns a notification for each call of a line, or one that it has none. */
    static List<Notification> lamps(String user, LineState state) {
        if (state.calls().isEmpty()) {
            return List.of(lamp(user, "undefined", "terminated", ""));
        }
        return state.calls().stream().map(call -> lamp(user, call.direction() == LineState.Direction.RECIPIENT ? "receiver"
                : call.direction() == LineState.Direction.INITIATOR ? "initiator" : "undefined",
                call.stage().name().toLowerCase(Locale.ROOT), call.callId().orElse(""))).toList();
    }

    static Notification lamp(String user, String direction, String state, String callId) {
        return new Notification(1, List.of("BLF", user, direction, state, callId));
    }

    static Notification presence(String user, PresenceStatus status) {
        return presence(user, state(status.availability()), details(status), status.email());
    }

    static Notification presence(String user, String state, String details) {
        return presence(user, state, details, "");
    }

    private static Notification presence(String user, String state, String details, String email) {
        return new Notification(1, List.of("PRESENCE", user, state, details, "", email));
    }

    private static String state(Availability availability) {
        return switch (availability) {
            case ONLINE -> "Open";
            case AWAY -> "Away";
            case BUSY -> "Busy";
            case ON_THE_PHONE -> "Speaking";
            case DO_NOT_DISTURB -> "DND";
            case OFFLINE, INVISIBLE -> "Offline";
            case UNKNOWN -> "Unknown";
        };
    }

    private static String details(PresenceStatus status) {
        return !status.note().isEmpty() ? status.note().replace(',', ';')
                : status.availability() == Availability.ONLINE ? "Online" : state(status.availability());
    }
}
