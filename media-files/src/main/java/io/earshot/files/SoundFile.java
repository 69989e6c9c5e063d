package io.earshot.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A sound in memory, mono, at the rate it was recorded with: load it on a worker, play it on a loop. Immutable, so any number of players on
 * any threads share one.
 */
public final class SoundFile {
    private static final int BLOCK = 8192;

    private final short[] pcm;
    private final int sampleRate;

    private SoundFile(short[] pcm, int sampleRate) {
        this.pcm = pcm;
        this.sampleRate = sampleRate;
    }

    /** Loads a WAV file with {@link WavLimits#DEFAULT}; the two sides of stereo are averaged. See {@link WavReader#open(Path)}. */
    public static SoundFile load(Path file) throws IOException {
        return load(file, WavLimits.DEFAULT);
    }

    /**
     * Loads a WAV file.
     *
     * @throws AudioFileException also when it is longer than {@link WavLimits#maxLoadedFrames()}
     */
    public static SoundFile load(Path file, WavLimits limits) throws IOException {
        try (WavReader reader = WavReader.open(file, limits)) {
            if (reader.frames() > limits.maxLoadedFrames()) {
                throw new AudioFileException(file, "has " + reader.frames() + " frames, too many to be held in memory ("
                    + limits.maxLoadedFrames() + ")");
            }
            int channels = reader.format().channels();
            short[] mono = new short[(int) reader.frames()];
            short[] block = new short[BLOCK];
            int filled = 0;
            for (int read = reader.read(block, 0, BLOCK); read > 0; read = reader.read(block, 0, BLOCK)) {
                for (int i = 0; i < read; i += channels) {
                    mono[filled++] = channels == 1 ? block[i] : (short) (block[i] + block[i + 1] >> 1);
                }
            }
            return new SoundFile(filled == mono.length ? mono : Arrays.copyOf(mono, filled), reader.format().sampleRate());
        }
    }

    /**
     * Returns a sound made of samples, which are copied.
     *
     * @param sampleRate samples per second
     */
    public static SoundFile of(short[] pcm, int sampleRate) {
        if (sampleRate < 1) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        return new SoundFile(pcm.clone(), sampleRate);
    }

    /** Returns the samples per second. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Returns the length in samples. */
    public int samples() {
        return pcm.length;
    }

    /** Returns the length in milliseconds, rounded down. */
    public long durationMillis() {
        return pcm.length * 1000L / sampleRate;
    }

    /**
     * Copies samples from a position on.
     *
     * @param position 0 to {@link #samples()}
     * @return the samples copied, fewer than wanted only at the end, 0 there
     */
    public int copy(int position, short[] out, int offset, int wanted) {
        int count = Math.min(wanted, pcm.length - position);
        System.arraycopy(pcm, position, out, offset, count);
        return count;
    }
}
