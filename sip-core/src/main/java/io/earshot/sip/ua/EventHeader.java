package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.Request;
import java.util.Locale;
import java.util.Optional;

/**
 * An Event header (RFC 6665 §8.2.1).
 *
 * @param name the event package, with its templates, in lower case; such as {@code presence.winfo}
 * @param id what tells several subscriptions of one dialog apart; empty for none
 */
record EventHeader(String name, String id) {
    /** Returns the Event of a request; empty when it has none or one that cannot be read. */
    static Optional<EventHeader> of(Request request) {
        String text = request.value(HeaderName.EVENT).orElse("").strip();
        int end = text.indexOf(';');
        String name = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            return Optional.empty();
        }
        return parameters(end < 0 ? "" : text.substring(end)).map(all -> new EventHeader(name, all.get("id").orElse("")));
    }

    private static Optional<Parameters> parameters(String text) {
        try {
            return Optional.of(Parameters.parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return id.isEmpty() ? name : name + Parameters.of("id", id);
    }
}
