package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Uri;
import java.util.List;

/**
 * What to subscribe to.
 *
 * @param target whose state
 * @param event the event package, such as {@code presence} or {@code dialog}
 * @param accept the documents we can read; at least one
 * @param expiresSeconds the life to ask for, refreshed for ever; 0 fetches the state once
 * @param forks whether several phones may answer, each with a state of its own (RFC 6665 §4.4.1: the package says so); otherwise the first
 * @param headers further headers
 */
public record SubscribeRequest(Uri target, String event, List<MediaType> accept, long expiresSeconds, boolean forks,
        List<ExtraHeader> headers) {
    public SubscribeRequest {
        requireNonNull(target, "target");
        requireNonNull(event, "event");
        accept = List.copyOf(accept);
        headers = List.copyOf(headers);
        if (accept.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs a type of document to accept");
        }
        if (expiresSeconds < 0 || expiresSeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("expiresSeconds " + expiresSeconds + " is outside 0 to 4294967295");
        }
    }

    /** Returns a request for an hour at a time, answered by one. */
    public static SubscribeRequest of(Uri target, String event, MediaType... accept) {
        return new SubscribeRequest(target, event, List.of(accept), 3600, false, List.of());
    }

    /** Returns a copy with another life. */
    public SubscribeRequest withExpires(long seconds) {
        return new SubscribeRequest(target, event, accept, seconds, forks, headers);
    }

    /** Returns a copy for somebody else's state. */
    public SubscribeRequest withTarget(Uri other) {
        return new SubscribeRequest(other, event, accept, expiresSeconds, forks, headers);
    }

    /** Returns a copy that several phones may answer. */
    public SubscribeRequest withForks() {
        return new SubscribeRequest(target, event, accept, expiresSeconds, true, headers);
    }
}
