package io.earshot.transport.tunnel.core;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of one connection, encrypted: AES-128 in GCM, the nonce counts. A box that is changed, left out or comes again does not
 * open. Not for two threads.
 */
final class Seal {
    static final int TAG = 16;
    private static final int KEY = 16;
    private static final int NONCE = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private long count;

    /** Makes one. @param key its first 16 bytes count */
    Seal(byte[] key) {
        this.key = new SecretKeySpec(key, 0, KEY, "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has AES/GCM", missing);
        }
    }

    byte[] seal(ByteBuffer frames) {
        try {
            return run(Cipher.ENCRYPT_MODE, frames);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Optional<byte[]> open(ByteBuffer box) {
        if (box.remaining() < TAG) {
            return Optional.empty(); // for some of these Java's cipher has an exception of its own
        }
        try {
            return Optional.of(run(Cipher.DECRYPT_MODE, box));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private byte[] run(int mode, ByteBuffer in) throws GeneralSecurityException {
        ByteBuffer nonce = ByteBuffer.allocate(NONCE).putLong(NONCE - Long.BYTES, count++);
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce.array()));
        byte[] plain = new byte[in.remaining()];
        in.duplicate().get(plain);
        return cipher.doFinal(plain);
    }
}
