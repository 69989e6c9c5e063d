package io.earshot.files;

import java.io.IOException;

/** Writes the two channels of a recording into two files of one channel each. */
public final class SplitWriter implements AudioFileWriter {
    private final AudioFileWriter left;
    private final AudioFileWriter right;
    private short[] side = new short[0];

    /** Makes a writer that owns both. */
    public SplitWriter(AudioFileWriter left, AudioFileWriter right) {
        this.left = left;
        this.right = right;
    }

    /** Returns what both files have. */
    @Override
    public long frames() {
        return Math.min(left.frames(), right.frames());
    }

    @Override
    public long bytes() {
        return left.bytes() + right.bytes();
    }

    @Override
    public void write(short[] pcm, int offset, int samples) throws IOException {
        if (side.length < samples / 2) {
            side = new short[samples / 2];
        }
        long before = frames();
        write(left, pcm, offset, samples, before);
        write(right, pcm, offset + 1, samples, before);
    }

    /** A side that is ahead since the other one's disk failed has this already, or a part of it. */
    private void write(AudioFileWriter writer, short[] pcm, int offset, int samples, long before) throws IOException {
        int known = (int) Math.min(writer.frames() - before, samples / 2);
        for (int i = known; i < samples / 2; i++) {
            side[i] = pcm[offset + 2 * i];
        }
        writer.write(side, known, samples / 2 - known);
    }

    @Override
    public void flush() throws IOException {
        left.flush();
        right.flush();
    }

    @Override
    public void close() throws IOException {
        try {
            left.close();
        } finally {
            right.close();
        }
    }
}
