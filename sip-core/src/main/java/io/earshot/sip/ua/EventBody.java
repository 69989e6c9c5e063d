package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.SipMessage;
import java.util.Optional;

/**
 * The state that a NOTIFY or PUBLISH carries, whatever it means; all documents in use are text.
 *
 * @param type what kind of document
 * @param text the document, in UTF-8 on the wire
 */
public record EventBody(MediaType type, String text) {
    public EventBody {
        requireNonNull(type, "type");
        requireNonNull(text, "text");
    }

    /** Returns the body of a message, if it has one that says its type. */
    static Optional<EventBody> of(SipMessage message) {
        return message.bodyLength() == 0 ? Optional.empty() : message.contentType().map(type -> new EventBody(type, message.bodyText()));
    }
}
