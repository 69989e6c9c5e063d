package io.earshot.files;

import static java.util.Objects.requireNonNull;

/**
 * How a call is recorded.
 *
 * @param sampleRate frames per second
 * @param channels 1, or 2 for what is heard on the left and what is sent on the right
 * @param ifExists what to do when the file is there
 * @param bufferMillis how much audio may wait for a slow disk before some is dropped, 100 to 60,000 ms
 * @param maxFrames after how many frames it ends by itself; 0 for never
 */
public record RecordingOptions(int sampleRate, int channels, IfExists ifExists, int bufferMillis, long maxFrames) {
    private static final int DEFAULT_BUFFER_MILLIS = 8000;

    /** Checks the ranges. */
    public RecordingOptions {
        WavWriter.checkFormat(sampleRate, channels);
        requireNonNull(ifExists, "ifExists");
        if (bufferMillis < 100 || bufferMillis > 60_000) {
            throw new IllegalArgumentException("a buffer of " + bufferMillis + " ms");
        }
        if (maxFrames < 0) {
            throw new IllegalArgumentException("a limit of " + maxFrames + " frames");
        }
    }

    /** Makes options without a limit. */
    public RecordingOptions(int sampleRate, int channels, IfExists ifExists, int bufferMillis) {
        this(sampleRate, channels, ifExists, bufferMillis, 0);
    }

    /** Returns a copy that ends by itself after so many frames, 0 for never. */
    public RecordingOptions withMaxFrames(long most) {
        return new RecordingOptions(sampleRate, channels, ifExists, bufferMillis, most);
    }

    /** Returns stereo, heard left and sent right, never over an existing file, sitting out a disk that stalls for eight seconds. */
    public static RecordingOptions stereo(int sampleRate) {
        return new RecordingOptions(sampleRate, 2, IfExists.FAIL, DEFAULT_BUFFER_MILLIS);
    }

    /** Returns one channel, otherwise as {@link #stereo}. */
    public static RecordingOptions mono(int sampleRate) {
        return new RecordingOptions(sampleRate, 1, IfExists.FAIL, DEFAULT_BUFFER_MILLIS);
    }
}
