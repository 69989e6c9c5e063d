package io.earshot.sdk.classic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The working folder: {@code datafolder}, or {@code mwphonedata} where the program runs or in the user's home. Files in it have
 * plain names; nothing outside is reached. A file is either written as a whole or not at all.
 */
final class ClassicFolder {
    private static final String NAME = "mwphonedata";
    private static final byte[] SECRET = "EARSHOT-SECRET-1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final long MOST_BYTES = 64L << 20;

    private final Supplier<ClassicParameters> parameters;

    ClassicFolder(Supplier<ClassicParameters> parameters) {
        this.parameters = parameters;
    }

    /** Returns the folder, which need not exist yet. */
    Path path() {
        Path here = Path.of(NAME).toAbsolutePath();
        return parameters.get().given("datafolder").map(Path::of).map(Path::toAbsolutePath)
                .orElseGet(() -> Files.isDirectory(here) || Files.isWritable(here.getParent()) ? here : home());
    }

    /** Returns the folder that is used when the first cannot be. */
    Path home() {
        return Path.of(System.getProperty("user.home", "."), NAME).toAbsolutePath();
    }

    /** Returns the folder of the program. */
    static Path program() {
        return Path.of("").toAbsolutePath();
    }

    /**
     * Returns the path of a file.
     *
     * @throws IllegalArgumentException when the name is none, or would lead out of the folder
     */
    Path file(String name) {
        try {
            Path file = path().resolve(name).normalize();
            boolean inside = !name.isBlank() && file.startsWith(path()) && !file.equals(path()) && file.getParent().equals(path());
            if (inside && !Files.isSymbolicLink(file)) {
                return file;
            }
        } catch (InvalidPathException none) {
            throw new IllegalArgumentException("'" + name + "' is no file name: " + none.getReason(), none);
        }
        throw new IllegalArgumentException("'" + name + "' is no file in the folder " + path() + "; give a plain name");
    }

    void write(String name, String content, boolean secret) throws IOException {
        ClassicSaved.checkFiles(parameters.get());
        Path file = file(name);
        Files.createDirectories(path());
        byte[] plain = content.getBytes(StandardCharsets.UTF_8);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, secret ? sealed(plain) : plain);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    String read(String name) throws IOException {
        Path file = file(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " has more than " + MOST_BYTES + " bytes");
        }
        byte[] raw = Files.readAllBytes(file);
        boolean secret = raw.length > SECRET.length && Arrays.equals(raw, 0, SECRET.length, SECRET, 0, SECRET.length);
        return new String(secret ? opened(raw) : raw, StandardCharsets.UTF_8);
    }

    // ---- secrets: AES-GCM with a key of this folder's own

    private byte[] sealed(byte[] plain) throws IOException {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        byte[] body = cipher(Cipher.ENCRYPT_MODE, nonce, plain, 0, plain.length);
        byte[] all = Arrays.copyOf(SECRET, SECRET.length + NONCE + body.length);
        System.arraycopy(nonce, 0, all, SECRET.length, NONCE);
        System.arraycopy(body, 0, all, SECRET.length + NONCE, body.length);
        return all;
    }

    private byte[] opened(byte[] raw) throws IOException {
        int start = SECRET.length + NONCE;
        if (raw.length < start) {
            throw new IOException("the file is cut off");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(raw, SECRET.length, start), raw, start, raw.length - start);
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] data, int offset, int length) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(data, offset, length);
        } catch (GeneralSecurityException wrong) {
            throw new IOException("the file was not written here, or was changed: " + wrong.getMessage(), wrong);
        }
    }

    private byte[] key() throws IOException {
        Path file = path().resolve("earshot.key");
        if (!Files.exists(file)) {
            byte[] fresh = new byte[16];
            new SecureRandom().nextBytes(fresh);
            Path made = Files.createTempFile(path(), "key", ".new");
            Files.write(made, fresh, StandardOpenOption.WRITE);
            if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(made, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readAllBytes(file);
    }
}
