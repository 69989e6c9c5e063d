package io.earshot.transport.tunnel.core;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** One end's part in X25519 (RFC 7748), for one connection: who learns the secret later cannot read what went before. */
final class KeyAgreement {
    private final KeyPair pair;

    KeyAgreement() {
        try {
            pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has X25519", missing);
        }
    }

    /** Returns our public key as X.509 has it, 44 bytes. */
    byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }

    /** Returns what both ends know and nobody else; empty for something that is no such key. */
    Optional<byte[]> with(byte[] peer) {
        try {
            PublicKey other = KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(peer));
            javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance("X25519");
            agreement.init(pair.getPrivate());
            agreement.doPhase(other, true);
            return Optional.of(agreement.generateSecret());
        } catch (GeneralSecurityException noKey) {
            return Optional.empty();
        }
    }
}
