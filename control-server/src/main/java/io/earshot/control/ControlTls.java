package io.earshot.control;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The certificate by which the control server encrypts. Immutable. */
public final class ControlTls {
    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext context;

    private ControlTls(SSLContext context) {
        this.context = context;
    }

    /**
     * Takes a certificate.
     *
     * @param chain our certificate, then those of its authorities
     * @throws IllegalArgumentException with a sentence when they cannot be used
     */
    public static ControlTls of(PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("control", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new ControlTls(context);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException("the certificate of the control server cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Returns an engine for one connection: TLS 1.2 or 1.3, HTTP/1.1. */
    public SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
