package io.earshot.files;

import java.nio.file.Path;

/** A file has reached the most that its format can hold; it is complete. */
public final class AudioFileFullException extends AudioFileException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception that reads "{@code file}: {@code defect}". */
    public AudioFileFullException(Path file, String defect) {
        super(file, defect);
    }
}
