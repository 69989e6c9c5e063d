package io.earshot.api.chat;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What to send. Immutable; the {@code with} methods return changed copies.
 *
 * @param text what it says, sent in UTF-8; at most 32768 bytes of it
 * @param contentType a text type without parameters, as {@code text/plain}
 * @param reports what to be told of; anything but none wraps the message in CPIM (RFC 3862, RFC 5438), which not every peer reads
 * @param offline what happens when the peer is away
 * @param life how long it may wait for its peer, 1 s to 30 days
 * @param headers extra SIP headers, in order
 */
public record OutgoingMessage(String text, String contentType, Set<Report> reports, Offline offline, Duration life,
        Map<String, String> headers) {
    /** The most bytes of a text. */
    public static final int MOST_BYTES = 32_768;

    /** What a sender can be told of. */
    public enum Report { DELIVERED, FAILED, DISPLAYED }

    /** What happens to a message whose peer is away. */
    public enum Offline {
        /** It fails. */
        NEVER,
        /** It is queued when sending fails for a reason that may pass. */
        WHEN_AWAY,
        /** It is written down before it is sent at all, so that not even a crash in between loses it. */
        ALWAYS
    }

    public OutgoingMessage {
        requireNonNull(text, "text");
        requireNonNull(offline, "offline");
        reports = Check.set(reports, "reports");
        headers = Check.headers(headers, "headers");
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("a message has at most " + MOST_BYTES + " bytes, not " + bytes + ": send it in pieces");
        }
        if (!requireNonNull(contentType, "contentType").matches("text/[A-Za-z0-9.+-]+")) {
            throw new IllegalArgumentException("contentType must be a text type such as text/plain, not '" + contentType + "'");
        }
        Check.range(life, Duration.ofSeconds(1), Duration.ofDays(30), "life");
    }

    /** Returns plain text that waits a day for its peer, without reports. */
    public static OutgoingMessage of(String text) {
        return new OutgoingMessage(text, "text/plain", Set.of(), Offline.WHEN_AWAY, Duration.ofDays(1), Map.of());
    }

    /** Returns a copy of another text type, as {@code text/html}. */
    public OutgoingMessage withContentType(String type) {
        return new OutgoingMessage(text, type, reports, offline, life, headers);
    }

    /** Returns a copy that asks to be told of these. */
    public OutgoingMessage withReports(Report... wanted) {
        return new OutgoingMessage(text, contentType, Check.set(Check.list(wanted, "wanted"), "wanted"), offline, life, headers);
    }

    /** Returns a copy with another way of waiting. */
    public OutgoingMessage withOffline(Offline policy) {
        return new OutgoingMessage(text, contentType, reports, policy, life, headers);
    }

    /** Returns a copy that waits this long for its peer. */
    public OutgoingMessage withLife(Duration longest) {
        return new OutgoingMessage(text, contentType, reports, offline, longest, headers);
    }

    /** Returns a copy with one more SIP header. */
    public OutgoingMessage withHeader(String name, String value) {
        Map<String, String> more = Check.withHeader(headers, name, value);
        return new OutgoingMessage(text, contentType, reports, offline, life, more);
    }
}
