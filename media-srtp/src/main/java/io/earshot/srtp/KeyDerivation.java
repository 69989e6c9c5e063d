package io.earshot.srtp;

import java.util.Arrays;

/** Session keys from master keys: RFC 3711 §4.3.1 and §4.3.3, RFC 6188 §3 for the longer keys, RFC 7714 §11 for salts of 96 bits. */
final class KeyDerivation {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private final KeyStream stream;
    private final byte[] salt;

    KeyDerivation(byte[] masterKey, byte[] masterSalt) {
        stream = new KeyStream(new AesBlocks(masterKey));
        salt = Arrays.copyOf(masterSalt, 14);
    }

    /** Derives {@code bytes} bytes; {@code rate} is the packet index divided by the key derivation rate, 0 without one. */
    byte[] derive(int label, long rate, int bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | salt[i] & 0xFF;
        }
        for (int i = 8; i < 14; i++) {
            low = low << 8 | salt[i] & 0xFF;
        }
        high ^= label;
        low = (low ^ rate & 0xFFFF_FFFF_FFFFL) << 16;
        byte[] out = new byte[bytes];
        stream.apply(out, 0, bytes, high, low);
        return out;
    }
}
