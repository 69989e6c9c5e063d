package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a MESSAGE carries.
 *
 * @param type of the body
 * @param body the body; not copied
 * @param headers further headers, in order
 */
public record MessageRequest(MediaType type, byte[] body, List<ExtraHeader> headers) {
    /** Text in UTF-8. */
    private static final MediaType UTF_8 = MediaType.parse("text/plain;charset=UTF-8");

    public MessageRequest {
        requireNonNull(type, "type");
        requireNonNull(body, "body");
        headers = List.copyOf(headers);
    }

    /** Returns plain text in UTF-8 without further headers. */
    public static MessageRequest text(String text) {
        return new MessageRequest(UTF_8, text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageRequest same && type.equals(same.type) && java.util.Arrays.equals(body, same.body)
            && headers.equals(same.headers);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + java.util.Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "MessageRequest[" + type + ", " + body.length + " bytes]";
    }
}
