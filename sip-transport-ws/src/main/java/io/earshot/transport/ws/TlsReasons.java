package io.earshot.transport.ws;

import java.util.Locale;
import javax.net.ssl.SSLException;

/** Sentences about what goes wrong in TLS. What {@link WebTrust} objects to it has said in a sentence already. */
final class TlsReasons {
    private static final String ALERT = "received fatal alert: ";

    private TlsReasons() {
    }

    static boolean isOne(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }

    static String of(Throwable cause, String host) {
        String message = String.valueOf(cause.getMessage());
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (next instanceof RejectedCertificateException rejected) {
                return rejected.getMessage();
            }
            message = next instanceof SSLException && next.getMessage() != null ? next.getMessage() : message;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("not an ssl/tls record") || lower.contains("unsupported or unrecognized ssl message")) {
            return host + " answered with something that is not TLS: write ws:// for a server without it";
        }
        if (lower.contains("protocol version") || lower.contains("protocol_version") || lower.contains("no appropriate protocol")) {
            return host + " speaks no version of TLS that is allowed here";
        }
        if (lower.contains("certificate_required")) {
            return host + " wants a client certificate, and there is none";
        }
        if (lower.contains("timed out")) {
            return "the TLS handshake with " + host + " did not end in time";
        }
        return lower.startsWith(ALERT) ? host + " broke TLS off with the alert " + lower.substring(ALERT.length()).strip()
            : "the TLS handshake with " + host + " failed: " + message;
    }
}
