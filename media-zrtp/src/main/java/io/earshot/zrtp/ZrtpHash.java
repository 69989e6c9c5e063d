package io.earshot.zrtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions of RFC 6189 §5.1.2, their MACs, and the key derivation of §4.5.1. */
enum ZrtpHash {
    /** SHA-256, which every peer has. */
    S256("S256", "SHA-256", "HmacSHA256", 32),
    /** SHA-384. */
    S384("S384", "SHA-384", "HmacSHA384", 48);

    final String code;
    final int bytes;
    private final String digest;
    private final String mac;

    ZrtpHash(String code, String digest, String mac, int bytes) {
        this.code = code;
        this.digest = digest;
        this.mac = mac;
        this.bytes = bytes;
    }

    byte[] hash(byte[]... parts) {
        try {
            MessageDigest made = MessageDigest.getInstance(digest);
            for (byte[] part : parts) {
                made.update(part);
            }
            return made.digest();
        } catch (GeneralSecurityException every) {
            throw new IllegalStateException(every);
        }
    }

    byte[] mac(byte[] key, byte[]... parts) {
        try {
            Mac made = Mac.getInstance(mac);
            made.init(new SecretKeySpec(key, mac));
            for (byte[] part : parts) {
                made.update(part);
            }
            return made.doFinal();
        } catch (GeneralSecurityException every) {
            throw new IllegalStateException(every);
        }
    }

    /** Returns the first eight bytes of a MAC, as most messages carry it. */
    byte[] shortMac(byte[] key, byte[]... parts) {
        return Arrays.copyOf(mac(key, parts), 8);
    }

    /** Derives a key of that many bytes (§4.5.1). */
    byte[] derive(byte[] secret, String label, byte[] context, int length) {
        byte[] made = mac(secret, ByteBuffer.allocate(4).putInt(1).array(), ascii(label), new byte[1], context,
            ByteBuffer.allocate(4).putInt(8 * length).array());
        return Arrays.copyOf(made, length);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
