package io.earshot.api.transport.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who we are in TLS: a private key and the certificates that vouch for it.
 *
 * @param key never printed
 * @param chain our certificate first, then that of its issuer and so on
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    public TlsIdentity {
        requireNonNull(key, "key");
        chain = Check.list(chain, "chain");
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a TLS identity needs at least one certificate: its own first, then those above it");
        }
    }

    /**
     * Takes the first key of a key store.
     *
     * @param password of the key
     * @throws GeneralSecurityException when there is no private key with an X.509 certificate, or the password is wrong
     */
    public static TlsIdentity of(KeyStore store, char[] password) throws GeneralSecurityException {
        requireNonNull(store, "store");
        requireNonNull(password, "password");
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
                List<X509Certificate> chain = new ArrayList<>();
                for (Certificate certificate : store.getCertificateChain(alias)) {
                    if (certificate instanceof X509Certificate x509) {
                        chain.add(x509);
                    }
                }
                return new TlsIdentity(key, chain);
            }
        }
        throw new GeneralSecurityException("the key store has no private key");
    }

    /** Returns whose certificate it is, and nothing of the key. */
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.get(0).getSubjectX500Principal().getName() + "]";
    }
}
