package io.earshot.sip.message;

/** The text of a message that may go into a log. */
final class SafeText {
    private static final String HIDDEN = "<redacted>";

    private SafeText() {
    }

    static String of(Wire wire) {
        StringBuilder out = new StringBuilder(wire.end + 32);
        appendLine(out, Bytes.text(wire.buf, 0, wire.headersStart - 2));
        for (int i = 0; i < wire.count; i++) {
            HeaderName name = wire.name(i);
            if (name == HeaderName.AUTHORIZATION || name == HeaderName.PROXY_AUTHORIZATION) {
                String value = wire.value(i);
                int space = value.indexOf(' ');
                appendLine(out, name + ": " + (space < 0 ? "" : value.substring(0, space + 1)) + HIDDEN);
            } else {
                appendLine(out, Bytes.text(wire.buf, wire.nameStart(i), wire.lineEnd(i) - 2));
            }
        }
        out.append("\r\n");
        appendBody(out, wire);
        return out.toString();
    }

    private static void appendLine(StringBuilder out, String line) {
        appendPrintable(out, hideUriPasswords(line));
        out.append("\r\n");
    }

    private static void appendBody(StringBuilder out, Wire wire) {
        for (int i = wire.bodyStart; i < wire.end; i++) {
            byte b = wire.buf[i];
            if (b >= 0 && b < 0x20 && b != '\t' && b != '\r' && b != '\n') {
                out.append('<').append(wire.end - wire.bodyStart).append(" bytes>");
                return;
            }
        }
        appendPrintable(out, hideKeys(Bytes.text(wire.buf, wire.bodyStart, wire.end)));
    }

    /** Control characters could drive a terminal; CR and LF are in a header only where it is folded. */
    private static void appendPrintable(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != 0x7f && (c < 0x80 || c > 0x9f) || c == '\t' || c == '\r' || c == '\n') {
                out.append(c);
            } else {
                out.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
    }

    /** Hides the password of {@code sip:user:password@host}. */
    private static String hideUriPasswords(String line) {
        if (line.indexOf('@') < 0) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length());
        int done = 0;
        int at = line.indexOf('@');
        while (at >= 0) {
            int i = at - 1;
            int colon = -1;
            while (i >= done && " \t<>\"@".indexOf(line.charAt(i)) < 0) {
                if (line.charAt(i) == ':') {
                    if (colon >= 0) {
                        break;
                    }
                    colon = i;
                }
                i--;
            }
            boolean scheme = colon >= 0 && i >= done && line.charAt(i) == ':';
            if (scheme) {
                out.append(line, done, colon + 1).append(HIDDEN);
                done = at;
            }
            at = line.indexOf('@', at + 1);
        }
        return out.append(line, done, line.length()).toString();
    }

    /** Hides the keys of SDP Security Descriptions (RFC 4568 §6.1). */
    private static String hideKeys(String body) {
        int key = body.indexOf("inline:");
        if (key < 0) {
            return body;
        }
        StringBuilder out = new StringBuilder(body.length());
        int done = 0;
        while (key >= 0) {
            int start = key + "inline:".length();
            int end = start;
            while (end < body.length() && " |;\r\n".indexOf(body.charAt(end)) < 0) {
                end++;
            }
            out.append(body, done, start).append(HIDDEN);
            done = end;
            key = body.indexOf("inline:", end);
        }
        return out.append(body, done, body.length()).toString();
    }
}
