package io.earshot.testkit;

import java.nio.charset.StandardCharsets;

/** Looks at the start line and at CSeq and at nothing else, so that it can name broken messages too. */
final class SipLabel {
    private static final int LONGEST = 120;
    private static final String VERSION = "SIP/2.0";

    private SipLabel() {
    }

    static String of(byte[] packet) {
        String head = new String(packet, 0, Math.min(packet.length, 4_096), StandardCharsets.ISO_8859_1);
        if (head.isBlank()) {
            return "keep-alive";
        }
        int end = head.indexOf('\r');
        String line = end < 0 ? "" : head.substring(0, Math.min(end, LONGEST));
        if (line.startsWith(VERSION + " ")) {
            String method = cseqMethod(head);
            return line.substring(VERSION.length() + 1) + (method.isEmpty() ? "" : " (" + method + ")");
        }
        if (line.endsWith(" " + VERSION)) {
            return line.substring(0, line.length() - VERSION.length() - 1);
        }
        return packet.length + " bytes";
    }

    private static String cseqMethod(String head) {
        int at = head.indexOf("\nCSeq:");
        if (at < 0) {
            return "";
        }
        int end = head.indexOf('\r', at);
        String value = head.substring(at + 6, end < 0 ? head.length() : end).strip();
        return value.substring(value.lastIndexOf(' ') + 1);
    }
}
