package io.earshot.sdk.internal.call;

import io.earshot.api.Failure;
import io.earshot.api.RegistrationConfig;
import io.earshot.api.VoipException;
import io.earshot.api.id.IdSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/** The name of this device, which has to stay the same over restarts (RFC 5626 §4.1). */
public final class InstanceName {
    private static final long MAX_BYTES = 1_000;

    private InstanceName() {
    }

    /**
     * Returns the name that was configured, or the one in the file, which is made when it is not there. Blocks.
     *
     * @throws VoipException when the file cannot be read or written, or holds something else
     */
    static Optional<String> of(RegistrationConfig config) {
        return config.instance().or(() -> config.instanceFile().map(InstanceName::kept));
    }

    /** Returns a new name. */
    public static String random() {
        IdSource ids = IdSource.secure();
        // RFC 9562 §5.4: version 4 and the variant, the rest by chance.
        return "urn:uuid:" + new UUID(ids.nextLong() & ~0xF000L | 0x4000L, ids.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    private static String kept(Path file) {
        try {
            if (!Files.exists(file)) {
                return made(file);
            }
            String text = Files.size(file) > MAX_BYTES ? "" : Files.readString(file).strip();
            if (text.startsWith("urn:uuid:")) {
                return "urn:uuid:" + UUID.fromString(text.substring(9));
            }
        } catch (IOException broken) {
            throw new VoipException(new Failure.LocalResource("The instance file '" + file + "' cannot be read or written: "
                    + broken.getMessage() + "."), broken);
        } catch (IllegalArgumentException malformed) {
            throw bad(file);
        }
        throw bad(file);
    }

    private static VoipException bad(Path file) {
        return Addresses.bad("The instance file '" + file + "' holds no urn:uuid: delete it, or give another.");
    }

    /** Writes beside it and moves it there, so that a crash leaves no half of a name. */
    private static String made(Path file) throws IOException {
        String name = random();
        Path whole = file.toAbsolutePath();
        Files.createDirectories(whole.getParent());
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        Files.writeString(part, name + System.lineSeparator());
        Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        return name;
    }
}
