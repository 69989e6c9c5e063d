package io.earshot.api.audio;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A recording that is running. Closing finishes the file. The file is playable at any moment, up to a second or so before the last
 * sample, also after the program was killed.
 */
public interface Recording extends AudioPort {
    /** Returns the file. */
    Path file();

    /**
     * Completes with the file when everything is on disk; fails with {@link io.earshot.api.VoipException} when the disk did. The call
     * goes on either way, and what was written before the failure stays playable.
     */
    CompletableFuture<Path> finished();
}
