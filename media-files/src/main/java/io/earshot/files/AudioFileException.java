package io.earshot.files;

import java.io.IOException;
import java.nio.file.Path;

/** An audio file cannot be read or written. The message names the file and what is wrong with it, for a human to act on. */
public class AudioFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String defect;

    /** Makes an exception that reads "{@code file}: {@code defect}". */
    public AudioFileException(Path file, String defect) {
        super(file + ": " + defect);
        this.file = file.toString();
        this.defect = defect;
    }

    /** Makes an exception with the operating system's reason appended. */
    public AudioFileException(Path file, String defect, IOException cause) {
        super(file + ": " + defect + " (" + cause + ")", cause);
        this.file = file.toString();
        this.defect = defect;
    }

    /** Returns the file. */
    public Path file() {
        return Path.of(file);
    }

    /** Returns what is wrong, without the file's name. */
    public String defect() {
        return defect;
    }
}
