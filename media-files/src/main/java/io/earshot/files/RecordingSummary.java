package io.earshot.files;

import java.nio.file.Path;

/**
 * What became of a recording.
 *
 * @param file where it is
 * @param frames frames in the file
 * @param droppedFrames frames that are missing because the disk did not keep up
 */
public record RecordingSummary(Path file, long frames, long droppedFrames) { }
