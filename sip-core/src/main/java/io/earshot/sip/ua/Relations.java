package io.earshot.sip.ua;

import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the call that an INVITE wants to replace (RFC 3891 §3) or to join (RFC 3911 §4). */
final class Relations {
    /** What an INVITE says of another call, or the status it is refused with. */
    record Match(Optional<Session.Relation> relation, OptionalInt refusal) {
        private static Match refused(int status) {
            return new Match(Optional.empty(), OptionalInt.of(status));
        }
    }

    private Relations() {
    }

    static Match match(Sessions sessions, Request invite) {
        List<String> replaces = invite.values(HeaderName.REPLACES);
        List<String> joins = invite.values(HeaderName.JOIN);
        if (replaces.isEmpty() && joins.isEmpty()) {
            return new Match(Optional.empty(), OptionalInt.empty());
        }
        if (replaces.size() + joins.size() > 1) {
            return Match.refused(400);
        }
        boolean replacing = joins.isEmpty();
        Optional<DialogReference> named = DialogReference.parse(replacing ? replaces.get(0) : joins.get(0));
        return named.map(reference -> match(sessions, reference, replacing)).orElseGet(() -> Match.refused(400));
    }

    private static Match match(Sessions sessions, DialogReference reference, boolean replacing) {
        Optional<Session> found = find(sessions, reference);
        if (found.isEmpty()) {
            return Match.refused(sessions.isPast(reference.id()) ? 603 : 481);
        }
        Session session = found.get();
        if (session.isOver()) {
            return Match.refused(603);
        }
        boolean confirmed = session.phase() instanceof Leg;
        if (!confirmed && !(session.phase() instanceof OutgoingCall)) {
            return Match.refused(481); // an early dialog that we did not begin
        }
        return confirmed && replacing && reference.earlyOnly() ? Match.refused(486)
            : new Match(Optional.of(new Session.Relation(replacing, session)), OptionalInt.empty());
    }

    static Optional<Session> find(Sessions sessions, DialogReference reference) {
        return sessions.find(reference.id()).or(() -> reference.untagged().flatMap(sessions::find));
    }
}
