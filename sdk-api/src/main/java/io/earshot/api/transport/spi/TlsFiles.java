package io.earshot.api.transport.spi;

import io.earshot.api.check.Check;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Certificates and keys from files, as other programs write them: PEM, DER, PKCS#12. Reads at once and keeps no file open; callable from
 * any thread, but not from a loop. Every {@link IOException} has a message that names the file and what is wrong with it.
 */
public final class TlsFiles {
    private static final char[] NO_PASSWORD = new char[0];

    private TlsFiles() {
    }

    /**
     * Reads certificates: for {@link TlsConfig#trustingOnly} and {@link TlsConfig#trustingAlso}.
     *
     * @param file PEM with one certificate or more, one in DER, or PKCS#12 that needs no password or an empty one
     * @throws IOException when the file cannot be read or has no certificate in it
     */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] bytes = read(Check.requireNonNull(file, "file"));
        if (isPkcs12(file)) {
            return all(file, store(file, NO_PASSWORD));
        }
        List<X509Certificate> found = new ArrayList<>();
        try (InputStream in = new ByteArrayInputStream(Pem.isPem(bytes) ? Pem.only(bytes, "CERTIFICATE") : bytes)) {
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                if (certificate instanceof X509Certificate x509) {
                    found.add(x509);
                }
            }
        } catch (CertificateException e) {
            throw new IOException("The file " + file + " has a certificate that cannot be read: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IOException("The file " + file + " has no certificate in it");
        }
        return found;
    }

    /**
     * Reads who we are from PEM files: PKCS#8, encrypted or not, or the older PKCS#1 (RSA) and SEC 1 (EC) forms, not encrypted.
     *
     * @param chain our certificate first, then those of its issuers
     * @param key may be the same file
     * @param password of the key; ignored where it is not encrypted
     * @throws IOException when a file cannot be read, has not what is looked for, or does not open with the password
     */
    public static TlsIdentity identity(Path chain, Path key, char[] password) throws IOException {
        Check.requireNonNull(chain, "chain");
        Check.requireNonNull(key, "key");
        Check.requireNonNull(password, "password");
        List<X509Certificate> certificates = certificates(chain);
        byte[] bytes = read(key);
        if (!Pem.isPem(bytes)) {
            throw new IOException("The file " + key + " is no PEM file: '-----BEGIN PRIVATE KEY-----' is missing");
        }
        try {
            PrivateKey read = Pem.privateKey(new String(bytes, StandardCharsets.ISO_8859_1), certificates.get(0).getPublicKey(), password);
            return new TlsIdentity(read, certificates);
        } catch (GeneralSecurityException e) {
            throw new IOException("The private key in " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Reads who we are from a PKCS#12 file ({@code .p12}, {@code .pfx}): its first key.
     *
     * @param password of the file and the key
     * @throws IOException when it cannot be read, has no key in it, or does not open with the password
     */
    public static TlsIdentity identity(Path file, char[] password) throws IOException {
        try {
            return TlsIdentity.of(store(Check.requireNonNull(file, "file"), Check.requireNonNull(password, "password")), password);
        } catch (GeneralSecurityException e) {
            throw new IOException("The private key in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Tells whether a file is taken for PKCS#12: by its name. */
    public static boolean isPkcs12(Path file) {
        String name = Check.requireNonNull(file, "file").toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    private static KeyStore store(Path file, char[] password) throws IOException {
        byte[] bytes = read(file);
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("The file " + file + " does not open as PKCS#12: the password is wrong, or it is none", e);
        }
    }

    private static List<X509Certificate> all(Path file, KeyStore store) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate x509) {
                    found.add(x509);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IOException("The file " + file + " has no certificate in it");
        }
        return found;
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("There is no file " + file, e);
        } catch (IOException e) {
            throw new IOException("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
