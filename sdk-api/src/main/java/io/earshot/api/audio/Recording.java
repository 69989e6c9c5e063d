package io.earshot.api.audio;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A recording that is running. Closing finishes the file. The file is playable at any moment, up to a second or so before the last
 * sample, also after the program was killed. A disk that fails or is full interrupts it: that is told, and it goes on when the disk takes
 * it again, with silence for what is missing.
 */
public interface Recording extends AudioPort {
    /** Returns the file; of two, the one with what the peer says. */
    Path file();

    /** Returns all files: one, or two for {@link RecordingConfig.Format#GSM} in stereo. */
    List<Path> files();

    /**
     * Completes with the file when everything is on disk; fails with {@link io.earshot.api.VoipException} when the file could not
     * be made, or the disk still refuses at the end. The call goes on either way, and what was written before stays playable.
     */
    CompletableFuture<Path> finished();
}
