package io.earshot.sdk.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets out of the files of a folder: AES-GCM with a key of the folder's own, which lies beside them in {@code earshot.key} where
 * only the owner may read it. It protects what is copied without the key: a journal in a bug report, a file in a backup. Immutable, for any
 * thread.
 */
public final class Vault {
    private static final String KEY_FILE = "earshot.key";
    private static final int KEY_BYTES = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    private Vault(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Returns the vault of a folder that exists; the first time, its key is made.
     *
     * @throws IOException when the key can be neither read nor written, or is none
     */
    public static Vault of(Path folder) throws IOException {
        Path file = folder.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            make(folder, file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " is no key; delete it, and what was locked with it is lost");
        }
        return new Vault(key);
    }

    private static void make(Path folder, Path file) throws IOException {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        Path made = Files.createTempFile(folder, "key", ".new");
        if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(made, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(made, fresh, StandardOpenOption.WRITE);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns what {@link #open} makes the same bytes of; never the same twice. */
    public byte[] seal(byte[] plain) throws IOException {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        byte[] body = cipher(Cipher.ENCRYPT_MODE, nonce, plain, 0);
        byte[] all = Arrays.copyOf(nonce, NONCE + body.length);
        System.arraycopy(body, 0, all, NONCE, body.length);
        return all;
    }

    /**
     * Returns what was sealed.
     *
     * @throws IOException when it is cut off, changed, or sealed with another key
     */
    public byte[] open(byte[] sealed) throws IOException {
        if (sealed.length < NONCE) {
            throw new IOException("the file is cut off");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), sealed, NONCE);
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] data, int offset) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(data, offset, data.length - offset);
        } catch (GeneralSecurityException wrong) {
            throw new IOException("the file was not written here, or was changed: " + wrong.getMessage(), wrong);
        }
    }
}
