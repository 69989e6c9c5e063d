package io.earshot.sip.identity;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Data from one application to the other (RFC 7433).
 *
 * @param data as on the wire: hex digits when the encoding is {@code hex}
 * @param encoding {@code hex}, or empty when not told, which means hex
 * @param purpose the package, {@code isdn-uui} when not told
 * @param content what it is, as {@code isdn-uui}; empty if not told
 */
public record UserToUser(String data, String encoding, String purpose, String content) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Checks the parts. */
    public UserToUser {
        Fields.requireLine(data, "data of User-to-User");
        if (data.isEmpty()) {
            throw new IllegalArgumentException("User-to-User needs data");
        }
        Fields.requireLine(encoding, "encoding");
        Fields.requireLine(purpose, "purpose");
        Fields.requireLine(content, "content");
    }

    /** Returns bytes in hex. */
    public static UserToUser of(byte[] bytes) {
        return new UserToUser(HEX.formatHex(bytes), "hex", "", "");
    }

    /** Returns text in hex. */
    public static UserToUser of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a value; empty when it is malformed. */
    public static Optional<UserToUser> parse(String value) {
        try {
            return Fields.item(value).map(item -> new UserToUser(unquoted(item.head()), item.parameters().get("encoding").orElse(""),
                item.parameters().get("purpose").orElse(""), item.parameters().get("content").orElse("")));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String unquoted(String text) {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            boolean pair = text.charAt(i) == '\\' && i + 1 < text.length() - 1;
            out.append(text.charAt(pair ? ++i : i));
        }
        return out.toString();
    }

    /** Splits at commas outside quotes. */
    private static Stream<String> split(String line) {
        List<String> out = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                out.add(line.substring(start, i));
                start = i + 1;
            }
        }
        out.add(line.substring(start));
        return out.stream();
    }

    /** Returns what a message carries; several values may stand in one line (RFC 7433 §4.1). */
    public static List<UserToUser> of(SipMessage message) {
        return message.values(HeaderName.USER_TO_USER).stream().flatMap(UserToUser::split)
            .limit(Fields.MOST).map(UserToUser::parse).flatMap(Optional::stream).toList();
    }

    /** Returns the bytes; those of the text when it is not in hex. */
    public byte[] bytes() {
        try {
            return HexFormat.of().parseHex(data);
        } catch (IllegalArgumentException notHex) {
            return data.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Returns the value as it goes into the header. */
    @Override
    public String toString() {
        boolean token = data.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 0x80 || "-._~".indexOf(c) >= 0);
        return (token ? data : "\"" + data.replace("\\", "\\\\").replace("\"", "\\\"") + "\"") + Fields.with(Fields.with(Fields.with(
            Parameters.NONE, "encoding", encoding), "purpose", purpose), "content", content);
    }
}
