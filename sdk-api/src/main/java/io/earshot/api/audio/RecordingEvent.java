package io.earshot.api.audio;

import io.earshot.api.Call;
import io.earshot.api.Failure;
import java.nio.file.Path;

/** What becomes of the recordings that {@link Recordings} makes. */
public sealed interface RecordingEvent {
    /** Returns the file. */
    Path file();

    /** A call is being recorded. */
    record Started(Call call, Path file, boolean automatic) implements RecordingEvent { }

    /** A recording is complete. */
    record Saved(Call call, Path file, boolean automatic) implements RecordingEvent { }

    /** A recording could not be made; what was written before can be played. */
    record Failed(Call call, Path file, boolean automatic, Failure failure) implements RecordingEvent { }

    /**
     * A file goes to a server.
     *
     * @param target the server's address, without a password
     */
    record UploadStarted(Path file, String target) implements RecordingEvent { }

    /** The server has the file. */
    record Uploaded(Path file, String target) implements RecordingEvent { }

    /**
     * The server did not take the file.
     *
     * @param again whether it is tried again
     */
    record UploadFailed(Path file, String target, Failure failure, boolean again) implements RecordingEvent { }
}
