package io.earshot.transport.common;

import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Sentences about what goes wrong in TLS with one peer. What {@link PeerTrust} objects to it has said in a sentence already.
 *
 * @param host the peer
 * @param identified whether we have a certificate of our own
 * @param plain what it may mean that the peer does not speak TLS
 */
public record TlsReasons(String host, boolean identified, String plain) {
    /** What is said to peers that want to start over in the middle of a connection. */
    public static final String RENEGOTIATION = "the peer wants to negotiate anew within the connection, which is refused";
    private static final String ALERT = "received fatal alert: ";

    /** Tells whether TLS is what went wrong. */
    public static boolean isTls(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }

    /**
     * Returns the sentence.
     *
     * @param established whether the handshake was over
     */
    public String of(Throwable cause, boolean established) {
        String message = String.valueOf(cause.getMessage());
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (next instanceof RejectedCertificateException rejected) {
                return rejected.getMessage();
            }
            message = next instanceof SSLException && next.getMessage() != null ? next.getMessage() : message;
        }
        // Later JDKs put the name of the alert in front: "(handshake_failure) Received fatal alert: handshake_failure".
        message = message.replaceFirst("^\\([a-z_0-9]+\\) ", "");
        if (message.equals(RENEGOTIATION)) {
            return message;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.startsWith(ALERT)) {
            return alert(lower.substring(ALERT.length()).strip());
        }
        if (lower.contains("unsupported or unrecognized ssl message") || lower.contains("plaintext connection")
                || lower.contains("not an ssl/tls record")) {
            return host + " answered with something that is not TLS: " + plain;
        }
        if (lower.contains("protocol version") || lower.contains("no appropriate protocol")
                || lower.contains("requested protocol") || lower.contains("supported_versions")) {
            return noVersion();
        }
        if (lower.contains("cipher suites in common")) {
            return host + " and this side have no cipher suite in common";
        }
        if (lower.contains("timed out")) {
            return "the TLS handshake with " + host + " did not end in time";
        }
        return (established ? "the TLS connection to " : "the TLS handshake with ") + host + " failed: " + message;
    }

    private String noVersion() {
        return host + " speaks no version of TLS that is allowed here";
    }

    private String alert(String name) {
        String wanting = host + " wants a client certificate, and there is none";
        return switch (name) {
            case "protocol_version" -> noVersion();
            case "handshake_failure", "insufficient_security" -> host
                + " refused the TLS handshake: no cipher suite in common, or it wants a client certificate";
            case "certificate_required" -> wanting;
            case "bad_certificate", "unsupported_certificate", "certificate_unknown" ->
                identified ? host + " does not accept our certificate" : wanting;
            case "unknown_ca" -> host + " does not know the authority behind our certificate";
            case "certificate_expired" -> host + " finds our certificate expired";
            case "certificate_revoked" -> host + " finds our certificate revoked";
            case "access_denied" -> host + " denies us access";
            case "unrecognized_name" -> host + " does not know itself by that name";
            default -> host + " broke TLS off with the alert " + name;
        };
    }
}
