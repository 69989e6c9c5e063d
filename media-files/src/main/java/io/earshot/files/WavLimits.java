package io.earshot.files;

/**
 * What a WAV file may ask of its reader; beyond, it is refused.
 *
 * @param maxChunks chunks to walk through in search of the audio
 * @param minSampleRate lowest sample rate, per second
 * @param maxSampleRate highest sample rate, per second
 * @param maxLoadedFrames frames of a file that is loaded as a whole by {@link SoundFile}
 */
public record WavLimits(int maxChunks, int minSampleRate, int maxSampleRate, int maxLoadedFrames) {
    /** 1000 chunks, 1 kHz to 384 kHz, and ten minutes at 48 kHz in memory. */
    public static final WavLimits DEFAULT = new WavLimits(1000, 1000, 384_000, 28_800_000);

    /** Checks that the limits leave something to read. */
    public WavLimits {
        if (maxChunks < 2 || minSampleRate < 1 || maxSampleRate < minSampleRate || maxLoadedFrames < 1) {
            throw new IllegalArgumentException("limits that no file can keep");
        }
    }
}
