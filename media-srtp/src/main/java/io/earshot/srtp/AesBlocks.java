package io.earshot.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES over whole blocks. The JDK's counter and GCM modes allocate for each packet, as each wants a new IV; its plain block mode does not,
 * and is the same hardware instruction. So the modes are ours and the cipher is the JDK's.
 */
final class AesBlocks {
    static final int BLOCK = 16;
    /** Blocks that are made at once. */
    static final int CHUNK = 96;

    private final Cipher cipher;

    AesBlocks(byte[] key) {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES of " + key.length * 8 + " bits", e);
        }
    }

    void encrypt(byte[] in, int blocks, byte[] out) {
        try {
            cipher.update(in, 0, blocks * BLOCK, out, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
