package io.earshot.srtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** HMAC-SHA1 (RFC 2104) over the JDK's SHA-1, whose {@code Mac} allocates for each packet. */
final class HmacSha1 {
    static final int BYTES = 20;
    private static final int BLOCK = 64;

    private final MessageDigest sha1;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];
    private final byte[] result = new byte[BYTES];

    /** The key has at most 64 bytes. */
    HmacSha1(byte[] key) {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < BLOCK; i++) {
            byte k = i < key.length ? key[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5C);
        }
    }

    void begin() {
        sha1.update(inner, 0, BLOCK);
    }

    void update(byte[] buffer, int offset, int length) {
        sha1.update(buffer, offset, length);
    }

    /** Returns the tag in an array that the next call overwrites. */
    byte[] end() {
        try {
            sha1.digest(result, 0, BYTES);
            sha1.update(outer, 0, BLOCK);
            sha1.update(result, 0, BYTES);
            sha1.digest(result, 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return result;
    }
}
