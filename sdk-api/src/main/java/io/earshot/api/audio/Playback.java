package io.earshot.api.audio;

import java.util.concurrent.CompletableFuture;

/** A file that is playing. Closing stops it. */
public interface Playback extends AudioPort {
    /** Completes with {@code true} when the last sample was played and with {@code false} when it was closed before. */
    CompletableFuture<Boolean> done();
}
