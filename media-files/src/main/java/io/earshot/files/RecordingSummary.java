package io.earshot.files;

import java.nio.file.Path;

/**
 * What became of a recording.
 *
 * @param file where it is
 * @param frames frames in the file
 * @param droppedFrames frames that are missing because the disk did not keep up
 * @param silencedFrames frames that are silent because the disk failed meanwhile
 */
public record RecordingSummary(Path file, long frames, long droppedFrames, long silencedFrames) {
    /** Makes the summary of a recording whose disk never failed. */
    public RecordingSummary(Path file, long frames, long droppedFrames) {
        this(file, frames, droppedFrames, 0);
    }
}
