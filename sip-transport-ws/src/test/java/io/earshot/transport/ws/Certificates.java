package io.earshot.transport.ws;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates of {@code make-certificates.sh} of sip-transport-tls. */
final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final KeyStore STORE = load();

    private Certificates() {
    }

    private static KeyStore load() {
        try (InputStream in = Certificates.class.getResourceAsStream("/certificates.p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static X509Certificate certificate(String alias) {
        return identity(alias).chain().get(0);
    }

    static TlsIdentity identity(String alias) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (java.security.cert.Certificate each : STORE.getCertificateChain(alias)) {
                chain.add((X509Certificate) each);
            }
            return new TlsIdentity((PrivateKey) STORE.getKey(alias, PASSWORD), chain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Verifies all, and knows just this authority. */
    static TlsConfig trusting(String authority) {
        return TlsConfig.DEFAULT.trustingOnly(List.of(certificate(authority)));
    }
}
