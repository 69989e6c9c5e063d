package io.earshot.transport.common;

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
import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides on certificates by the policy, and objects in sentences. Runs on workers, one call per handshake; has no state of its own. The
 * name is checked here and not by JSSE, which knows HTTPS only and does not say which name the certificate has instead.
 */
public final class PeerTrust extends X509ExtendedTrustManager {
    private final TlsConfig config;
    private final HostNames.Kind names;
    private final List<X509ExtendedTrustManager> authorities = new ArrayList<>();

    PeerTrust(TlsConfig config, HostNames.Kind names) throws GeneralSecurityException {
        this.config = config;
        this.names = names;
        if (!config.trusted().isEmpty()) {
            KeyStore store = TlsEngines.emptyStore();
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

    // ---- servers

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        String host = engine.getPeerHost();
        X509Certificate leaf = chain[0];
        Optional<String> objection = objection(chain, host, trusted -> trusted.checkServerTrusted(chain, authType, engine));
        HostNames covered = new HostNames(leaf, names);
        if (objection.isEmpty() && !covered.cover(host)) {
            objection = Optional.of("the certificate of " + host + " is for another name: it is for " + covered);
        }
        decide(host, objection);
        String pin = pin(leaf);
        if (!config.pins().isEmpty() && !config.pins().contains(pin)) {
            throw new RejectedCertificateException("the key of " + host + " is not among the pinned ones; its pin is sha256/" + pin);
        }
    }

    // ---- clients

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        String peer = engine.getPeerHost();
        decide(peer, objection(chain, peer, trusted -> trusted.checkClientTrusted(chain, authType, engine)));
    }

    // ---- both

    /** Asks one trust manager. */
    @FunctionalInterface
    private interface Check {
        void by(X509ExtendedTrustManager authority) throws CertificateException;
    }

    private void decide(String who, Optional<String> objection) throws RejectedCertificateException {
        if (objection.isPresent()) {
            if (config.policy() != Policy.ALLOW_ANYTHING) {
                throw new RejectedCertificateException(objection.get());
            }
            warn(who, objection.get());
        }
    }

    private Optional<String> objection(X509Certificate[] chain, String who, Check check) {
        X509Certificate leaf = chain[0];
        Optional<String> untimely = untimely(leaf, "the certificate of " + who);
        if (untimely.isPresent()) {
            return untimely;
        }
        Optional<CertificateException> refusal = refusal(check);
        if (refusal.isEmpty()) {
            return Optional.empty();
        }
        if (selfSigned(leaf)) {
            if (config.policy() == Policy.ALLOW_SELF_SIGNED) {
                warn(who, "its certificate is self-signed");
                return Optional.empty();
            }
            return Optional.of("the certificate of " + who + " is self-signed and not trusted here");
        }
        for (int i = 1; i < chain.length && expired(refusal.get()); i++) {
            Optional<String> late = untimely(chain[i], "the authority " + chain[i].getSubjectX500Principal().getName()
                + " behind the certificate of " + who);
            if (late.isPresent()) {
                return late;
            }
        }
        return Optional.of("the certificate of " + who + " was issued by " + leaf.getIssuerX500Principal().getName()
            + ", which is not trusted here" + detail(refusal.get()));
    }

    /** Returns why none of the authorities vouches for it; empty if one does. */
    private Optional<CertificateException> refusal(Check check) {
        CertificateException refusal = new CertificateException("there are no authorities to ask");
        for (X509ExtendedTrustManager authority : authorities) {
            try {
                check.by(authority);
                return Optional.empty();
            } catch (CertificateException e) {
                refusal = e;
            }
        }
        return Optional.of(refusal);
    }

    private static Optional<String> untimely(X509Certificate certificate, String what) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            return Optional.of(what + " expired on " + day(certificate.getNotAfter()));
        } catch (CertificateNotYetValidException e) {
            return Optional.of(what + " is not valid before " + day(certificate.getNotBefore()) + "; is the clock of this machine right?");
        }
    }

    private static String day(Date date) {
        return date.toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static boolean expired(Throwable refusal) {
        return pathFailure(refusal).filter(failure -> failure.getReason() == CertPathValidatorException.BasicReason.EXPIRED
            || failure.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID).isPresent();
    }

    /** An unknown issuer needs no explanation; a weak algorithm or a wrong use does. */
    private static String detail(Throwable refusal) {
        return pathFailure(refusal).map(failure -> ": " + failure.getMessage()).orElse("");
    }

    private static Optional<CertPathValidatorException> pathFailure(Throwable refusal) {
        for (Throwable next = refusal; next != null; next = next.getCause()) {
            if (next instanceof CertPathValidatorException failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    private static boolean selfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns the base64 of the SHA-256 of the SubjectPublicKeyInfo (RFC 7469 §2.4). */
    public static String pin(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java runtime has it
        }
    }

    private void warn(String who, String what) {
        System.getLogger(PeerTrust.class.getName()).log(System.Logger.Level.WARNING,
            "TLS with {0} goes on although {1}, as the policy {2} allows", who, what, config.policy());
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
