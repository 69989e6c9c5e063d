package io.earshot.sdk.classic;

import io.earshot.sdk.internal.store.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The working folder: {@code datafolder}, or {@code mwphonedata} where the program runs or in the user's home. Files in it have
 * plain names; nothing outside is reached. A file is either written as a whole or not at all.
 */
final class ClassicFolder {
    private static final String NAME = "mwphonedata";
    private static final byte[] SECRET = "EARSHOT-SECRET-1".getBytes(StandardCharsets.US_ASCII);
    private static final long MOST_BYTES = 64L << 20;

    private final Supplier<ClassicParameters> parameters;
    private final Path program;

    ClassicFolder(Supplier<ClassicParameters> parameters) {
        this(parameters, program());
    }

    /** {@code program} is where the program runs. */
    ClassicFolder(Supplier<ClassicParameters> parameters, Path program) {
        this.parameters = parameters;
        this.program = program;
    }

    /** Returns the folder, which need not exist yet. */
    Path path() {
        Path here = program.resolve(NAME);
        return parameters.get().given("datafolder").map(Path::of).map(Path::toAbsolutePath)
                .orElseGet(() -> isUsable(Files.exists(here) ? here : program) ? here : home());
    }

    private static boolean isUsable(Path folder) {
        return Files.isDirectory(folder) && Files.isWritable(folder);
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

    private byte[] sealed(byte[] plain) throws IOException {
        byte[] body = Vault.of(path()).seal(plain);
        byte[] all = Arrays.copyOf(SECRET, SECRET.length + body.length);
        System.arraycopy(body, 0, all, SECRET.length, body.length);
        return all;
    }

    private byte[] opened(byte[] raw) throws IOException {
        return Vault.of(path()).open(Arrays.copyOfRange(raw, SECRET.length, raw.length));
    }
}
