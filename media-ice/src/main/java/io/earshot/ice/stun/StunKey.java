package io.earshot.ice.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of MESSAGE-INTEGRITY; RFC 8489 §9.1.1 and §9.2.2. Printing it reveals nothing. */
public final class StunKey {
    private final byte[] key;

    private StunKey(byte[] key) {
        this.key = key;
    }

    /** The short-term key: the password itself, as ICE uses it. */
    public static StunKey shortTerm(String password) {
        return new StunKey(opaque(password).getBytes(StandardCharsets.UTF_8));
    }

    /** The long-term key of a user in a realm. */
    public static StunKey longTerm(String user, String realm, String password, PasswordAlgorithm algorithm) {
        String text = opaque(user) + ':' + opaque(realm) + ':' + opaque(password);
        return new StunKey(digest(algorithm.digest(), text));
    }

    /** USERHASH: SHA-256 over user and realm (RFC 8489 §14.4). */
    public static byte[] userHash(String user, String realm) {
        return digest("SHA-256", opaque(user) + ':' + opaque(realm));
    }

    /** What matters of the OpaqueString profile (RFC 8265) for credentials that people type: NFC, and every space is a space. */
    static String opaque(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints()
            .map(point -> Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static byte[] digest(String name, String text) {
        try {
            return MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + name, e);
        }
    }

    byte[] hmac(String name, byte[] data, int length, int declared) {
        try {
            Mac mac = Mac.getInstance(name);
            // An empty password is legal; SecretKeySpec refuses it, and HMAC pads with zeros anyway.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
            mac.update(data, 0, 2);
            mac.update((byte) (declared >>> 8));
            mac.update((byte) declared);
            mac.update(data, 4, length - 4);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + name, e);
        }
    }

    @Override
    public String toString() {
        return "StunKey";
    }
}
