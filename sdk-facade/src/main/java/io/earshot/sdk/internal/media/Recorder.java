package io.earshot.sdk.internal.media;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.Recording;
import io.earshot.files.RecordingOptions;
import io.earshot.files.RecordingWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A sink that writes a file. The loop hands frames over and never waits for the disk. */
final class Recorder extends PortHandle implements Recording {
    private final Path file;
    private final RecordingWriter writer;
    private final CompletableFuture<Path> finished = new CompletableFuture<>();
    /** The sink of the right channel of a stereo recording. */
    private final PortHandle right;

    private Recorder(MediaRoom room, Path file, RecordingWriter writer, Channel left, Channel right) {
        super(room, "recorder " + file.getFileName(), left);
        this.file = file;
        this.writer = writer;
        this.right = right == null ? null : new PortHandle(room, "recorder " + file.getFileName() + " (right)", right);
        writer.done().whenComplete((summary, defect) -> room.callbacks().execute(() -> {
            if (defect == null) {
                finished.complete(file);
            } else {
                finished.completeExceptionally(new VoipException(new Failure.LocalResource("The recording " + file + " stopped: "
                        + message(defect) + ". What was written before can be played."), defect));
            }
        }));
    }

    /** Starts a recording of one channel. */
    static Recorder mono(MediaRoom room, Path file, int rate) {
        check(file);
        RecordingWriter writer = RecordingWriter.start(file, RecordingOptions.mono(rate), room.loop().workers());
        return new Recorder(room, file, writer, new Channel(rate, (frame, samples) -> writer.offer(frame, 0, samples), writer), null);
    }

    /** Starts a recording of two channels; connect {@link #right()} as well. */
    static Recorder stereo(MediaRoom room, Path file, int rate) {
        check(file);
        RecordingWriter writer = RecordingWriter.start(file, RecordingOptions.stereo(rate), room.loop().workers());
        short[] heard = new short[Bridge.MAX_FRAME];
        // The bridge pushes to ports in the order in which they were added: left, then right.
        Channel left = new Channel(rate, (frame, samples) -> System.arraycopy(frame, 0, heard, 0, samples), writer);
        Channel right = new Channel(rate, (frame, samples) -> writer.offerStereo(heard, 0, frame, 0, samples), writer);
        return new Recorder(room, file, writer, left, right);
    }

    /** Returns the sink of the right channel. */
    PortHandle right() {
        return right;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public CompletableFuture<Path> finished() {
        return finished.copy();
    }

    @Override
    void onClosed() {
        if (right != null) {
            right.close();
        }
    }

    private static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.exists(file)) {
            throw new VoipException(new Failure.LocalResource("Cannot record to " + file + ": the file exists already."));
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new VoipException(new Failure.LocalResource("Cannot record to " + file + ": there is no folder " + folder + "."));
        }
    }

    private static String message(Throwable defect) {
        Throwable cause = defect.getCause() == null ? defect : defect.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** Takes frames of one channel. */
    @FunctionalInterface
    private interface Frames {
        void take(short[] frame, int samples);
    }

    /** The loop's side of one channel. */
    private record Channel(int rate, Frames frames, RecordingWriter writer) implements BridgePort {
        @Override
        public boolean isSource() {
            return false;
        }

        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public void push(short[] frame, int samples, boolean sound) {
            frames.take(frame, samples);
        }

        @Override
        public void onRemoved() {
            writer.close();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
