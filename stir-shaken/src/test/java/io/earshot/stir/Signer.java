package io.earshot.stir;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Signs calls, as a provider would, with the keys of signers.p12. */
final class Signer {
    private static final char[] PASSWORD = "password".toCharArray();

    private final KeyStore store;

    Signer() throws Exception {
        store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Signer.class.getResourceAsStream("/signers.p12")) {
            store.load(file, PASSWORD);
        }
    }

    X509Certificate certificate(String alias) throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate(alias);
    }

    /** Returns a certificate in PEM. */
    byte[] pem(String alias) throws GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate(alias).getEncoded());
        return ("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns an Identity header. */
    String identity(String alias, String address, String extension, String claims) throws GeneralSecurityException {
        String kind = extension.isEmpty() ? "" : "\"ppt\":\"" + extension + "\",";
        String head = "{\"alg\":\"ES256\"," + kind + "\"typ\":\"passport\",\"x5u\":\"" + address + "\"}";
        return token(alias, head, claims) + ";info=<" + address + ">;alg=ES256" + (extension.isEmpty() ? "" : ";ppt=\"" + extension + "\"");
    }

    String token(String alias, String head, String claims) throws GeneralSecurityException {
        String input = encode(head) + "." + encode(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign((PrivateKey) store.getKey(alias, PASSWORD));
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
