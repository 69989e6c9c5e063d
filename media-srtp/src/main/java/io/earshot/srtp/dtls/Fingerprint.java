package io.earshot.srtp.dtls;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hash of a certificate, as {@code a=fingerprint} has it (RFC 8122 §5). Immutable. */
public final class Fingerprint {
    /** Hash functions that are believed, weakest first. MD2 and MD5 are not (RFC 8122 §5). */
    public enum Hash {
        /** What old peers use; nobody has found another certificate to a given hash. Counts only where the peer tells no better. */
        SHA_1("sha-1", 20),
        /** 224 bits. */
        SHA_224("sha-224", 28),
        /** What everybody uses. */
        SHA_256("sha-256", 32),
        /** 384 bits. */
        SHA_384("sha-384", 48),
        /** 512 bits. */
        SHA_512("sha-512", 64);

        private final String text;
        private final int bytes;

        Hash(String text, int bytes) {
            this.text = text;
            this.bytes = bytes;
        }
    }

    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();
    private final Hash hash;
    private final byte[] value;

    private Fingerprint(Hash hash, byte[] value) {
        this.hash = requireNonNull(hash);
        this.value = value;
    }

    /** Returns the fingerprint of a certificate in DER. */
    public static Fingerprint of(Hash hash, byte[] certificate) {
        try {
            return new Fingerprint(hash, MessageDigest.getInstance(hash.text).digest(certificate));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no " + hash.text, e);
        }
    }

    /** Parses what follows {@code a=fingerprint:}; empty if it is malformed or of a hash function that is not believed. */
    public static Optional<Fingerprint> parse(String text) {
        String[] parts = text.strip().split("[ \t]+");
        if (parts.length != 2) {
            return Optional.empty();
        }
        for (Hash hash : Hash.values()) {
            if (hash.text.equalsIgnoreCase(parts[0]) && parts[1].matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){" + (hash.bytes - 1) + '}')) {
                return Optional.of(new Fingerprint(hash, HEX.parseHex(parts[1].toUpperCase(Locale.ROOT))));
            }
        }
        return Optional.empty();
    }

    /** Returns the hash function. */
    public Hash hash() {
        return hash;
    }

    /** Tells whether this is the fingerprint of a certificate in DER. */
    public boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(value, of(hash, certificate).value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && hash == that.hash && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Returns what follows {@code a=fingerprint:}. */
    @Override
    public String toString() {
        return hash.text + ' ' + HEX.formatHex(value);
    }
}
