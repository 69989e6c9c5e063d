package io.earshot.sip.sdp;

import java.nio.charset.StandardCharsets;

/** Writes descriptions. Stateless; callable from any thread. */
public final class SdpWriter {
    private SdpWriter() {
    }

    /** Returns the description in UTF-8, each line ended by CRLF. */
    public static byte[] write(SessionDescription description) {
        return text(description).getBytes(StandardCharsets.UTF_8);
    }

    static String text(SessionDescription description) {
        StringBuilder out = new StringBuilder(512);
        description.lines().forEach(line -> append(out, line));
        for (MediaDescription media : description.media()) {
            out.append("m=").append(media.mediaLine()).append("\r\n");
            media.lines().forEach(line -> append(out, line));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Line line) {
        out.append(line.type()).append('=').append(line.value()).append("\r\n");
    }
}
