package io.earshot.transport.tls;

import java.util.Locale;
import javax.net.ssl.SSLException;

/** Sentences about what goes wrong in TLS. What {@link PeerTrust} objects to it has said in a sentence already. */
final class TlsReasons {
    static final String RENEGOTIATION = "the peer wants to negotiate anew within the connection, which is refused";
    private static final String ALERT = "received fatal alert: ";

    private TlsReasons() {
    }

    static String of(SSLException cause, String host, boolean established, boolean identified) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (next instanceof RejectedCertificateException rejected) {
                return rejected.getMessage();
            }
        }
        // Later JDKs put the name of the alert in front: "(handshake_failure) Received fatal alert: handshake_failure".
        String message = String.valueOf(cause.getMessage()).replaceFirst("^\\([a-z_0-9]+\\) ", "");
        if (message.equals(RENEGOTIATION)) {
            return message;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.startsWith(ALERT)) {
            return alert(lower.substring(ALERT.length()).strip(), host, identified);
        }
        if (lower.contains("unsupported or unrecognized ssl message") || lower.contains("plaintext connection")) {
            return host + " answered with something that is not TLS: the port may be one for plain TCP";
        }
        if (lower.contains("protocol version") || lower.contains("no appropriate protocol")
                || lower.contains("requested protocol") || lower.contains("supported_versions")) {
            return noVersion(host);
        }
        if (lower.contains("cipher suites in common")) {
            return host + " and this side have no cipher suite in common";
        }
        return (established ? "the TLS connection to " : "the TLS handshake with ") + host + " failed: " + message;
    }

    private static String noVersion(String host) {
        return host + " speaks no version of TLS that is allowed here";
    }

    private static String alert(String name, String host, boolean identified) {
        String wanting = host + " wants a client certificate, and there is none";
        return switch (name) {
            case "protocol_version" -> noVersion(host);
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
