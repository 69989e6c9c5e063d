package io.earshot.sip.message;

import java.util.Arrays;

/** Strings that appear in almost every message, so that reading them allocates nothing. */
final class Words {
    private static final String[][] BY_LENGTH = new String[16][];

    static {
        String[] words = {"q", "lr", "ob", "tag", "UDP", "TCP", "TLS", "udp", "tcp", "tls", "WSS", "ws", "wss", "ttl", "100rel", "path",
            "gruu", "user", "phone", "SIP", "2.0", "branch", "rport", "maddr", "received", "alias", "method", "replaces", "timer",
            "outbound", "expires", "transport", "refresher", "uac", "uas", "charset", "boundary", "application", "sdp", "norefersub",
            "reg-id", "+sip.instance", "127.0.0.1", "localhost", "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "PRACK", "UPDATE",
            "MESSAGE", "SUBSCRIBE", "NOTIFY", "REFER", "INFO", "REGISTER", "PUBLISH"};
        for (int length = 0; length < BY_LENGTH.length; length++) {
            int wanted = length;
            BY_LENGTH[length] = Arrays.stream(words).filter(w -> w.length() == wanted).toArray(String[]::new);
        }
    }

    private Words() {
    }

    /** Returns the text of the range, shared if it is a common word. */
    static String text(byte[] buf, int from, int to) {
        int length = to - from;
        if (length < BY_LENGTH.length) {
            for (String word : BY_LENGTH[length]) {
                if (matches(buf, from, word)) {
                    return word;
                }
            }
        }
        return Bytes.text(buf, from, to);
    }

    private static boolean matches(byte[] buf, int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (buf[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
