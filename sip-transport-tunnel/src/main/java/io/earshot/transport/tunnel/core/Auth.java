package io.earshot.transport.tunnel.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to each end that the other one knows the secret, without saying it: HMAC-SHA256 over everything that was said before. Whoever
 * changes a byte of the beginning, the public keys among them, breaks it.
 */
final class Auth {
    private static final String CLIENT = "earshot tunnel 1 client";
    private static final String GATEWAY = "earshot tunnel 1 gateway";
    private static final String SEAL = "earshot tunnel 1 seal ";

    private Auth() {
    }

    static byte[] transcript(Frame.Hello hello, Frame.Challenge challenge) {
        return join(FrameWriter.write(hello), FrameWriter.write(challenge));
    }

    static byte[] client(byte[] secret, byte[] transcript, byte[] token) {
        return hmac(secret, join(CLIENT.getBytes(StandardCharsets.US_ASCII), transcript, token));
    }

    static byte[] gateway(byte[] secret, byte[] transcript, Frame.Proof proof, byte[] token, boolean resumed) {
        return hmac(secret, join(GATEWAY.getBytes(StandardCharsets.US_ASCII), transcript, FrameWriter.write(proof), token,
            new byte[] {(byte) (resumed ? 1 : 0)}));
    }

    /** Returns the key of one direction, from the secret that both ends have agreed upon and the one that both ends knew. */
    static byte[] sealKey(byte[] secret, byte[] transcript, byte[] agreed, String direction) {
        return hmac(hmac(secret, join(agreed, transcript)), (SEAL + direction).getBytes(StandardCharsets.US_ASCII));
    }

    static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", missing);
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
