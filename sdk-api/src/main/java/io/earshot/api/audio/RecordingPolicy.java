package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which calls are recorded, under which names, and what becomes of the files. Immutable; the {@code with} methods return changed copies.
 *
 * @param folder where the files go; made when it is not there
 * @param automatic whether every call is recorded from its answer on
 * @param naming how files are named
 * @param prefix what names begin with
 * @param config format and layout
 * @param target where files are uploaded to when they are complete, {@code FILENAME} standing for the name: {@code ftp}, {@code ftps},
 *        {@code http} or {@code https}, with user and password if need be
 * @param retry how often a failed upload is tried again
 * @param keep whether the file stays here after it was uploaded
 */
public record RecordingPolicy(Path folder, boolean automatic, Naming naming, String prefix, RecordingConfig config, Optional<URI> target,
        Retry retry, boolean keep) {
    /** How files are named; times are {@code yyyyMMddHHmmss} in the zone of this machine. */
    public enum Naming { TIME_AND_PEER, TIME_AND_CALL_ID, CALL_ID, TIME_AND_USER, TIME_USER_AND_PEER }

    /** How often a failed upload is tried again. */
    public enum Retry {
        /** Never. */
        NEVER,
        /** Once. */
        ONCE,
        /** Until it succeeds, ever less often, and after a restart when the phone has a data folder. */
        UNTIL_DONE
    }

    /** Checks. */
    public RecordingPolicy {
        requireNonNull(folder, "folder");
        requireNonNull(naming, "naming");
        if (Check.line(prefix, "prefix").matches(".*[/\\\\].*")) {
            throw new IllegalArgumentException("prefix must be part of a file's name, without / and \\, not '" + prefix + "'");
        }
        requireNonNull(config, "config");
        requireNonNull(target, "target");
        requireNonNull(retry, "retry");
    }

    /** Returns a policy that records when it is told to, as WAV, into a folder. */
    public static RecordingPolicy into(Path folder) {
        return new RecordingPolicy(folder, false, Naming.TIME_AND_PEER, "", RecordingConfig.DEFAULT, Optional.empty(), Retry.UNTIL_DONE,
                true);
    }

    /** Returns a copy that records every call, or only when told to. */
    public RecordingPolicy withAutomatic(boolean on) {
        return new RecordingPolicy(folder, on, naming, prefix, config, target, retry, keep);
    }

    /** Returns a copy that names files differently. */
    public RecordingPolicy withNaming(Naming names, String begin) {
        return new RecordingPolicy(folder, automatic, names, begin, config, target, retry, keep);
    }

    /** Returns a copy with another format or layout. */
    public RecordingPolicy withConfig(RecordingConfig how) {
        return new RecordingPolicy(folder, automatic, naming, prefix, how, target, retry, keep);
    }

    /**
     * Returns a copy that uploads.
     *
     * @param where {@code FILENAME} in it stands for the file's name
     * @param stay whether the file stays here as well
     */
    public RecordingPolicy withUpload(URI where, Retry again, boolean stay) {
        return new RecordingPolicy(folder, automatic, naming, prefix, config, Optional.of(requireNonNull(where, "where")), again, stay);
    }

    /** Returns a copy that does not upload. */
    public RecordingPolicy withoutUpload() {
        return new RecordingPolicy(folder, automatic, naming, prefix, config, Optional.empty(), retry, true);
    }
}
