package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.TlsFiles;
import io.earshot.api.transport.spi.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys in the forms that other programs write, and what is said of files that are none of them. */
class TlsFilesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "pem");
    private static final char[] NONE = {};
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path temporary;

    private static Path file(String name) {
        return FOLDER.resolve(name);
    }

    /** The key must be the one that the certificate is about. */
    private static void fits(TlsIdentity identity) throws GeneralSecurityException {
        String algorithm = identity.key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(identity.key());
        byte[] signed = signature.sign();
        signature.initVerify(identity.chain().get(0).getPublicKey());
        assertTrue(signature.verify(signed));
    }

    private static String says(Executable reading) {
        String message = assertThrows(IOException.class, reading).getMessage();
        return message.replace(FOLDER.toString() + java.io.File.separator, "");
    }

    @Test
    void everyFormOfPrivateKeyIsRead() throws Exception {
        fits(TlsFiles.identity(file("rsa.pem"), file("rsa-pkcs8.pem"), NONE));
        fits(TlsFiles.identity(file("rsa.pem"), file("rsa-pkcs1.pem"), NONE));
        fits(TlsFiles.identity(file("ec.pem"), file("ec-pkcs8.pem"), NONE));
        fits(TlsFiles.identity(file("ec.pem"), file("ec-sec1.pem"), NONE));
        fits(TlsFiles.identity(file("ec.pem"), file("ec-encrypted.pem"), PASSWORD));
        fits(TlsFiles.identity(file("ec-all.pem"), file("ec-all.pem"), NONE));
        fits(TlsFiles.identity(file("ec.p12"), PASSWORD));
    }

    @Test
    void certificatesAreReadOneOrSeveralInTextOrBinary() throws Exception {
        assertEquals(List.of("CN=ec", "CN=rsa"), TlsFiles.certificates(file("both.pem")).stream()
            .map(each -> each.getSubjectX500Principal().getName()).toList());
        assertEquals(TlsFiles.certificates(file("ec.pem")), TlsFiles.certificates(file("ec.der")));
        assertEquals(TlsFiles.certificates(file("ec.pem")), TlsFiles.certificates(file("ec-all.pem")));
    }

    @Test
    void whatIsWrongIsSaidWithTheFilesName() throws IOException {
        assertEquals("There is no file none.pem", says(() -> TlsFiles.certificates(file("none.pem"))));
        assertEquals("The file ec-pkcs8.pem has no certificate in it", says(() -> TlsFiles.certificates(file("ec-pkcs8.pem"))));
        assertEquals("The private key in rsa.pem cannot be used: there is no private key in the file",
            says(() -> TlsFiles.identity(file("rsa.pem"), file("rsa.pem"), NONE)));
        assertEquals("The private key in ec-encrypted.pem cannot be used: it does not open with the password",
            says(() -> TlsFiles.identity(file("ec.pem"), file("ec-encrypted.pem"), "wrong".toCharArray())));
        assertEquals("The private key in ec-encrypted.pem cannot be used: it is encrypted, and there is no password for it",
            says(() -> TlsFiles.identity(file("ec.pem"), file("ec-encrypted.pem"), NONE)));
        assertEquals("The private key in rsa-old-encrypted.pem cannot be used: it is encrypted in the old way of OpenSSL; "
            + "write it anew with 'openssl pkcs8 -topk8'",
            says(() -> TlsFiles.identity(file("rsa.pem"), file("rsa-old-encrypted.pem"), PASSWORD)));
        assertEquals("The file ec.p12 does not open as PKCS#12: the password is wrong, or it is none",
            says(() -> TlsFiles.identity(file("ec.p12"), "wrong".toCharArray())));
        assertEquals("The file ec.der is no PEM file: '-----BEGIN PRIVATE KEY-----' is missing",
            says(() -> TlsFiles.identity(file("ec.pem"), file("ec.der"), NONE)));
    }

    @Test
    void cutFilesNeverDoMoreThanFailWithASentence() throws IOException {
        for (String name : List.of("ec-sec1.pem", "rsa-pkcs1.pem", "ec-encrypted.pem", "ec.pem", "ec.der")) {
            byte[] whole = Files.readAllBytes(file(name));
            for (int length = 0; length < whole.length; length += 37) {
                Path cut = Files.write(temporary.resolve("cut"), Arrays.copyOf(whole, length));
                assertTrue(says(() -> {
                    TlsFiles.identity(file("ec.pem"), cut, PASSWORD);
                    throw new IOException("whole"); // cut behind the key is fine
                }).length() > 4);
                try {
                    TlsFiles.certificates(cut);
                } catch (IOException sentence) {
                    assertTrue(sentence.getMessage().contains("cut"), sentence.getMessage());
                }
            }
        }
    }
}
