package io.earshot.zrtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The block ciphers of RFC 6189 §5.1.3: of the Confirm messages, and of SRTP. */
enum ZrtpCipher {
    /** AES with 128 bits, which every peer has. */
    AES1("AES1", 16),
    /** AES with 256 bits. */
    AES3("AES3", 32);

    final String code;
    final int keyBytes;

    ZrtpCipher(String code, int keyBytes) {
        this.code = code;
        this.keyBytes = keyBytes;
    }

    /** Encrypts or decrypts by AES in CFB of whole blocks; what is missing to one at the end does not count. */
    byte[] cfb(int mode, byte[] key, byte[] iv, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return Arrays.copyOf(cipher.doFinal(Arrays.copyOf(text, (text.length + 15) / 16 * 16)), text.length);
        } catch (GeneralSecurityException every) {
            throw new IllegalStateException(every);
        }
    }
}
