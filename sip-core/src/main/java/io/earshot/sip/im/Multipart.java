package io.earshot.sip.im;

import io.earshot.sip.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of a multipart body (RFC 2046 §5.1), those that can be read. */
public final class Multipart {
    private static final int MOST_PARTS = 16;

    /**
     * One part.
     *
     * @param type {@code text/plain} when it does not say
     * @param disposition its Content-Disposition, empty when it does not say
     * @param content the bytes; not copied
     */
    public record Part(MediaType type, String disposition, byte[] content) {
        /** Tells whether whoever does not understand it shall refuse the message: only when it says so (RFC 3261 §20.11). */
        public boolean isRequired() {
            return disposition.toLowerCase(Locale.ROOT).replace(" ", "").contains("handling=required");
        }
    }

    private Multipart() {
    }

    /** Returns the parts in order; none if there is no boundary. */
    public static List<Part> parts(MediaType type, byte[] body) {
        String boundary = type.parameters().get("boundary").orElse("");
        String plain = boundary.length() > 1 && boundary.startsWith("\"") ? boundary.substring(1, boundary.length() - 1) : boundary;
        List<Part> parts = new ArrayList<>();
        if (plain.isEmpty() || plain.length() > 70) {
            return parts;
        }
        // Latin-1 keeps each byte as it is.
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String mark = "\r\n--" + plain;
        int at = text.indexOf(mark);
        while (at >= 0 && parts.size() < MOST_PARTS) {
            int line = text.indexOf("\r\n", at + mark.length());
            int next = line < 0 ? -1 : text.indexOf(mark, line);
            if (text.startsWith("--", at + mark.length()) || next < 0) {
                break;
            }
            part(text.substring(line, next)).ifPresent(parts::add);
            at = next;
        }
        return parts;
    }

    private static java.util.Optional<Part> part(String text) {
        int blank = text.indexOf("\r\n\r\n");
        if (blank < 0) {
            return java.util.Optional.empty();
        }
        MediaType type = MediaType.TEXT_PLAIN;
        String disposition = "";
        for (String line : text.substring(0, blank).split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-type:")) {
                try {
                    type = MediaType.parse(line.substring(line.indexOf(':') + 1).strip());
                } catch (IllegalArgumentException malformed) {
                    return java.util.Optional.empty();
                }
            } else if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                disposition = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return java.util.Optional.of(new Part(type, disposition, text.substring(blank + 4).getBytes(StandardCharsets.ISO_8859_1)));
    }
}
