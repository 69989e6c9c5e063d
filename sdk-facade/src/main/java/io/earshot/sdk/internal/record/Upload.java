package io.earshot.sdk.internal.record;

import io.earshot.api.audio.RecordingPolicy.Retry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file on its way to a server.
 *
 * @param id unique in its queue
 * @param target file name, user and password included
 * @param attempts trials so far
 * @param keep whether the file stays when the server has it
 */
public record Upload(String id, Path file, URI target, Retry retry, int attempts, boolean keep) {
    private static final String SEPARATOR = "\n";

    /** Returns this after another trial. */
    Upload tried() {
        return new Upload(id, file, target, retry, attempts + 1, keep);
    }

    /** Returns the target as people may read it. */
    public String shown() {
        String user = target.getRawUserInfo();
        return user == null ? target.toString() : target.toString().replace(user + "@", user.replaceFirst(":.*", "") + "@");
    }

    /** Returns the target with the file's name in it. */
    public static URI named(URI target, Path file) {
        String name = URLEncoder.encode(file.getFileName().toString(), StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create(target.toString().replace("FILENAME", name));
    }

    byte[] bytes() {
        return String.join(SEPARATOR, id, file.toString(), target.toString(), retry.name(), String.valueOf(attempts), String.valueOf(keep))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Upload> of(byte[] record) {
        String[] fields = new String(record, StandardCharsets.UTF_8).split(SEPARATOR, -1);
        try {
            return fields.length != 6 ? Optional.empty() : Optional.of(new Upload(fields[0], Path.of(fields[1]), URI.create(fields[2]),
                    Retry.valueOf(fields[3]), Integer.parseInt(fields[4]), Boolean.parseBoolean(fields[5])));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
