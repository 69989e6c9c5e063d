package io.earshot.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The child of {@link KilledWriterTest}: records until it is killed, and says after each block how many frames it has handed over. The
 * pipe that nobody empties is what keeps it from filling the disk.
 */
final class EndlessRecorder {
    static final int RATE = 8000;
    static final int BLOCK = 160;

    private EndlessRecorder() {
    }

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            if (args[0].equals("writer")) {
                write(file, out);
            } else {
                record(file, out);
            }
        }
    }

    private static void write(Path file, OutputStream out) throws IOException {
        try (WavWriter writer = WavWriter.create(file, RATE, 2, IfExists.FAIL)) {
            short[] pcm = new short[2 * BLOCK];
            for (int frames = 0; ; ) {
                for (int i = 0; i < BLOCK; i++) {
                    pcm[2 * i] = left(frames + i);
                    pcm[2 * i + 1] = right(frames + i);
                }
                writer.write(pcm, 0, pcm.length);
                frames += BLOCK;
                report(out, frames);
            }
        }
    }

    private static void record(Path file, OutputStream out) throws IOException {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        RecordingWriter recording = RecordingWriter.start(file, new RecordingOptions(RATE, 2, IfExists.FAIL, 200), pool);
        short[] heard = new short[BLOCK];
        short[] sent = new short[BLOCK];
        for (int frames = 0; ; ) {
            for (int i = 0; i < BLOCK; i++) {
                heard[i] = left(frames + i);
                sent[i] = right(frames + i);
            }
            while (!recording.offerStereo(heard, 0, sent, 0, BLOCK)) {
                Thread.onSpinWait();
            }
            frames += BLOCK;
            report(out, frames);
        }
    }

    static short left(int frame) {
        return (short) frame;
    }

    static short right(int frame) {
        return (short) (frame * 31 + 7);
    }

    private static void report(OutputStream out, int frames) throws IOException {
        out.write((frames + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
