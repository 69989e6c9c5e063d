package io.earshot.sip.im;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Says that somebody is writing, or no longer is (RFC 3994 §3.2).
 *
 * @param active whether somebody writes
 * @param contentType what is being written, such as {@code text/plain}; may be empty
 * @param refreshSeconds how soon the writer says so again, at least 60 s on the wire by the RFC; empty leaves it at 120 s
 */
public record IsComposing(boolean active, String contentType, OptionalInt refreshSeconds) {
    /** The type of the body. */
    public static final MediaType TYPE = MediaType.of("application", "im-iscomposing+xml");

    private static final int LONGEST_REFRESH = 3_600;

    public IsComposing {
        requireNonNull(contentType, "contentType");
        requireNonNull(refreshSeconds, "refreshSeconds");
    }

    /** Reads a body; empty when it is none. A state that is not known counts as idle (§3.2). */
    public static Optional<IsComposing> parse(byte[] body) {
        return Markup.of(new String(body, StandardCharsets.UTF_8)).flatMap(document -> document.within("isComposing"))
            .flatMap(inner -> inner.textOf("state").map(state -> new IsComposing(state.equals("active"),
                inner.textOf("contenttype").orElse(""), refresh(inner.textOf("refresh").orElse("")))));
    }

    private static OptionalInt refresh(String text) {
        boolean number = !text.isEmpty() && text.length() < 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalInt.of(Math.min(LONGEST_REFRESH, Integer.parseInt(text))) : OptionalInt.empty();
    }

    /** Returns the body. */
    public byte[] toBytes() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n")
            .append("<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\">\r\n")
            .append("<state>").append(active ? "active" : "idle").append("</state>\r\n");
        if (!contentType.isEmpty()) {
            out.append("<contenttype>").append(Markup.escaped(contentType)).append("</contenttype>\r\n");
        }
        refreshSeconds.ifPresent(seconds -> out.append("<refresh>").append(seconds).append("</refresh>\r\n"));
        return out.append("</isComposing>\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
