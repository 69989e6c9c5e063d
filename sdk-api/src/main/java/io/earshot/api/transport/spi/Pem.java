package io.earshot.api.transport.spi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The text form of certificates and keys (RFC 7468), and of keys before PKCS#8, which tools still write. */
final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final byte[] RSA = {0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01,
        0x05, 0x00};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private Pem() {
    }

    static boolean isPem(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /** Returns the blocks of one kind only: a file may have a key beside certificates, which their reader does not like. */
    static byte[] only(byte[] pem, String kind) {
        StringBuilder kept = new StringBuilder();
        Matcher blocks = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            if (blocks.group(1).equals(kind) || blocks.group(1).equals("X509 " + kind)) {
                kept.append("-----BEGIN ").append(kind).append("-----").append(blocks.group(2)).append("-----END ").append(kind)
                    .append("-----\n");
            }
        }
        return kept.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads the first private key.
     *
     * @param fits the public key of its certificate, which tells the algorithm and, for elliptic curves, the curve
     */
    static PrivateKey privateKey(String pem, PublicKey fits, char[] password) throws GeneralSecurityException {
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.endsWith("PRIVATE KEY")) {
                if (blocks.group(2).contains("Proc-Type:")) {
                    throw new InvalidKeyException("it is encrypted in the old way of OpenSSL; write it anew with 'openssl pkcs8 -topk8'");
                }
                byte[] der = decode(blocks.group(2));
                PKCS8EncodedKeySpec spec = switch (kind) {
                    case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(der);
                    case "ENCRYPTED PRIVATE KEY" -> decrypted(der, password);
                    case "RSA PRIVATE KEY" -> new PKCS8EncodedKeySpec(wrapped(RSA, der));
                    case "EC PRIVATE KEY" -> new PKCS8EncodedKeySpec(wrapped(algorithmOf(fits), der));
                    default -> throw new InvalidKeyException("a '" + kind + "' is not known here; write it as PKCS#8");
                };
                return KeyFactory.getInstance(fits.getAlgorithm()).generatePrivate(spec);
            }
        }
        throw new InvalidKeyException("there is no private key in the file");
    }

    private static byte[] decode(String text) throws InvalidKeyException {
        try {
            return Base64.getMimeDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("its base64 is broken", e);
        }
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] der, char[] password) throws GeneralSecurityException {
        if (password.length == 0) {
            throw new InvalidKeyException("it is encrypted, and there is no password for it");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            String algorithm = info.getAlgName().equals("PBES2") ? info.getAlgParameters().toString() : info.getAlgName();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)),
                info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidKeyException("it does not open with the password", e);
        }
    }

    /** PrivateKeyInfo of RFC 5958: version, algorithm, key. */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(VERSION_0);
        body.writeBytes(algorithm);
        body.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, body.toByteArray());
    }

    private static byte[] element(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.length < 0x80) {
            out.write(value.length);
        } else if (value.length < 0x100) {
            out.write(0x81);
            out.write(value.length);
        } else {
            out.write(0x82);
            out.write(value.length >> 8);
            out.write(value.length);
        }
        out.writeBytes(value);
        return out.toByteArray();
    }

    /** The AlgorithmIdentifier of a SubjectPublicKeyInfo: its first element. */
    private static byte[] algorithmOf(PublicKey key) throws InvalidKeyException {
        byte[] info = key.getEncoded();
        if (info.length < 4 || info[0] != SEQUENCE) {
            throw new InvalidKeyException("the certificate's key has an unknown form");
        }
        int start = (info[1] & 0x80) == 0 ? 2 : 2 + (info[1] & 0x7f);
        int length = info[start + 1];
        if (info[start] != SEQUENCE || length < 0 || start + 2 + length > info.length) {
            throw new InvalidKeyException("the certificate's key has an unknown form");
        }
        return java.util.Arrays.copyOfRange(info, start, start + 2 + length);
    }
}
