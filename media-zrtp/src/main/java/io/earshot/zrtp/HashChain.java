package io.earshot.zrtp;

import io.earshot.api.id.IdSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Hash images: each message is sealed by the one that a later message shows (RFC 6189 §9). */
final class HashChain {
    static final int BYTES = 32;
    private static final int SEAL = 8;

    final byte[] h0;
    final byte[] h1;
    final byte[] h2;
    final byte[] h3;

    HashChain(IdSource ids) {
        ByteBuffer random = ByteBuffer.allocate(BYTES);
        while (random.hasRemaining()) {
            random.putLong(ids.nextLong());
        }
        h0 = random.array();
        h1 = next(h0);
        h2 = next(h1);
        h3 = next(h2);
    }

    static byte[] next(byte[] image) {
        return ZrtpHash.S256.hash(image);
    }

    /** Returns a message with its seal behind the parts. */
    static byte[] sealed(String type, byte[] key, byte[]... parts) {
        byte[][] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = new byte[SEAL];
        byte[] message = ZrtpFrame.compose(type, all);
        byte[] seal = ZrtpHash.S256.shortMac(key, Arrays.copyOf(message, message.length - SEAL));
        System.arraycopy(seal, 0, message, message.length - SEAL, SEAL);
        return message;
    }

    /** Tells whether a message was sealed by somebody who knew this image then. */
    static boolean fits(byte[] message, byte[] key) {
        return MessageDigest.isEqual(ZrtpHash.S256.shortMac(key, Arrays.copyOf(message, message.length - SEAL)),
            Arrays.copyOfRange(message, message.length - SEAL, message.length));
    }
}
