package io.earshot.transport.ws;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.Policy;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides on certificates by the policy, and objects in sentences. The name is JSSE's to check, by the rules of HTTPS (RFC 2818): that is
 * what WebSocket asks for, and where it differs from SIP over TLS (RFC 5922). Runs on workers, has no state of its own.
 */
final class WebTrust extends X509ExtendedTrustManager {
    private final TlsConfig config;
    private final List<X509ExtendedTrustManager> authorities = new ArrayList<>();

    WebTrust(TlsConfig config) throws GeneralSecurityException {
        this.config = config;
        if (!config.trusted().isEmpty()) {
            KeyStore store = WebTls.emptyStore();
            for (int i = 0; i < config.trusted().size(); i++) {
                store.setCertificateEntry("trusted" + i, config.trusted().get(i));
            }
            authorities.add(pkix(Optional.of(store)));
        }
        if (config.platformTrust()) {
            authorities.add(pkix(Optional.empty()));
        }
    }

    private static X509ExtendedTrustManager pkix(Optional<KeyStore> store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store.orElse(null)); // null: the runtime's own
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the Java runtime has no PKIX trust manager");
    }

    /** Asks one trust manager. */
    @FunctionalInterface
    private interface Check {
        void by(X509ExtendedTrustManager authority) throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        String host = engine.getPeerHost();
        decide(host, objection(chain[0], host, engine, trusted -> trusted.checkServerTrusted(chain, authType, engine)));
        String pin = pin(chain[0]);
        if (!config.pins().isEmpty() && !config.pins().contains(pin)) {
            throw new RejectedCertificateException("the key of " + host + " is not among the pinned ones; its pin is sha256/" + pin);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        String peer = engine.getPeerHost();
        Check check = trusted -> trusted.checkClientTrusted(chain, authType, engine);
        Optional<String> objection = untimely(chain[0], peer);
        decide(peer, objection.isPresent() ? objection : vouched(check) ? Optional.empty() : Optional.of(unknown(chain[0], peer)));
    }

    private void decide(String who, Optional<String> objection) throws RejectedCertificateException {
        if (objection.isPresent() && config.policy() != Policy.ALLOW_ANYTHING) {
            throw new RejectedCertificateException(objection.get());
        }
        objection.ifPresent(what -> warn(who, what));
    }

    /** Says what is wrong with a server's certificate; empty if it is good enough. */
    private Optional<String> objection(X509Certificate leaf, String host, SSLEngine engine, Check check) {
        Optional<String> untimely = untimely(leaf, host);
        if (untimely.isPresent()) {
            return untimely;
        }
        if (!vouched(check)) {
            boolean own = leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal());
            if (!own || config.policy() != Policy.ALLOW_SELF_SIGNED) {
                return Optional.of(unknown(leaf, host));
            }
            warn(host, "its certificate is self-signed");
            return Optional.empty(); // one that vouches for itself may as well vouch for its name
        }
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return vouched(check) ? Optional.empty() : Optional.of("the certificate of " + host + " is for another name: it is for "
            + names(leaf));
    }

    private boolean vouched(Check check) {
        for (X509ExtendedTrustManager authority : authorities) {
            try {
                check.by(authority);
                return true;
            } catch (CertificateException e) {
                System.getLogger(WebTrust.class.getName()).log(System.Logger.Level.DEBUG, "refused: {0}", e.getMessage());
            }
        }
        return false;
    }

    private static String unknown(X509Certificate leaf, String who) {
        return leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
            ? "the certificate of " + who + " is self-signed and not trusted here"
            : "the certificate of " + who + " was issued by " + leaf.getIssuerX500Principal().getName() + ", which is not trusted here";
    }

    private static String names(X509Certificate leaf) {
        try {
            if (leaf.getSubjectAlternativeNames() != null) {
                List<String> names = leaf.getSubjectAlternativeNames().stream().filter(name -> name.get(1) instanceof String)
                    .map(name -> (String) name.get(1)).limit(5).toList();
                return String.join(", ", names);
            }
        } catch (CertificateException e) {
            return "nobody in particular";
        }
        return leaf.getSubjectX500Principal().getName();
    }

    private static Optional<String> untimely(X509Certificate certificate, String who) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            return Optional.of("the certificate of " + who + " expired on " + day(certificate.getNotAfter()));
        } catch (CertificateNotYetValidException e) {
            return Optional.of("the certificate of " + who + " is not valid before " + day(certificate.getNotBefore())
                + "; is the clock of this machine right?");
        }
    }

    private static String day(Date date) {
        return date.toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** Returns the base64 of the SHA-256 of the SubjectPublicKeyInfo (RFC 7469 §2.4). */
    static String pin(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java runtime has it
        }
    }

    private void warn(String who, String what) {
        System.getLogger(WebTrust.class.getName()).log(System.Logger.Level.WARNING,
            "WSS with {0} goes on although {1}, as the policy {2} allows", who, what, config.policy());
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        List<X509Certificate> issuers = new ArrayList<>();
        authorities.forEach(authority -> issuers.addAll(List.of(authority.getAcceptedIssuers())));
        return issuers.toArray(X509Certificate[]::new);
    }

    // ---- JSSE's other doors, which engines do not use

    private static CertificateException closed() {
        return new RejectedCertificateException("certificates are checked for engines only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw closed();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw closed();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        throw closed();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        throw closed();
    }
}
