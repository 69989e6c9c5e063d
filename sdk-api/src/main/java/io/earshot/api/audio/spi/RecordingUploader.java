package io.earshot.api.audio.spi;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Carries files to servers. Stateless, callable from any thread, found by {@link java.util.ServiceLoader}. */
public interface RecordingUploader {
    /** Returns the schemes of the URIs that it serves, in lower case, as {@code ftp}. */
    Set<String> schemes();

    /**
     * Carries one file, blocking. When it returns, the server has confirmed that it has the whole file.
     *
     * @param target where to put it, file name and, where the scheme has them, user and password included
     * @param timeout how long the server may be silent
     * @throws IOException when it could not be done; the message is for an operator and shows no password
     */
    void upload(Path file, URI target, Duration timeout) throws IOException;
}
