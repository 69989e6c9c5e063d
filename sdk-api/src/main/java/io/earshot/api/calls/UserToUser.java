package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Data from one application to the other, carried by the call (RFC 7433).
 *
 * @param data as on the wire, hex digits when the encoding is {@code hex} or empty
 * @param encoding {@code hex}, or empty
 * @param purpose the package; empty means {@code isdn-uui}
 * @param content what it is; may be empty
 */
public record UserToUser(String data, String encoding, String purpose, String content) implements CallHeader {
    /** Checks the parts. */
    public UserToUser {
        Check.filled(data, "data");
        word(encoding, "encoding");
        word(purpose, "purpose");
        word(content, "content");
    }

    /** Returns text in UTF-8, in hex. */
    public static UserToUser of(String text) {
        return of(requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns bytes in hex. */
    public static UserToUser of(byte[] bytes) {
        return new UserToUser(HexFormat.of().withUpperCase().formatHex(requireNonNull(bytes, "bytes")), "hex", "", "");
    }

    /** Returns the bytes; those of the text when it is not in hex. */
    public byte[] bytes() {
        try {
            return HexFormat.of().parseHex(data);
        } catch (IllegalArgumentException notHex) {
            return data.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public String name() {
        return "User-to-User";
    }

    @Override
    public String value() {
        boolean token = data.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        return (token ? data : "\"" + data.replace("\\", "\\\\").replace("\"", "\\\"") + "\"") + parameter("encoding", encoding)
                + parameter("purpose", purpose) + parameter("content", content);
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : ";" + name + "=" + value;
    }

    private static void word(String value, String name) {
        if (!requireNonNull(value, name).isEmpty()) {
            Check.word(value, name);
        }
    }
}
