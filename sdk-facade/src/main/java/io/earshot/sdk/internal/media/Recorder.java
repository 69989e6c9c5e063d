package io.earshot.sdk.internal.media;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Layout;
import io.earshot.files.IfExists;
import io.earshot.files.RecordingOptions;
import io.earshot.files.RecordingWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A sink that writes a file. The loop hands frames over and never waits for the disk. */
final class Recorder extends PortHandle implements Recording {
    private static final int BUFFER_MILLIS = 8000;

    private final List<Path> files;
    private final CompletableFuture<Path> finished = new CompletableFuture<>();
    /** The sink of the right channel of a stereo recording. */
    private final Optional<PortHandle> right;

    private Recorder(MediaRoom room, List<Path> files, RecordingWriter writer, RecordingSides sides) {
        super(room, "recorder " + files.get(0).getFileName(), sides.left());
        this.files = files;
        this.right = sides.right().map(port -> new PortHandle(room, name() + " (right)", port));
        writer.done().whenComplete((summary, defect) -> {
            close();
            room.callbacks().execute(() -> {
                if (defect == null) {
                    finished.complete(file());
                } else {
                    finished.completeExceptionally(new VoipException(new Failure.LocalResource("The recording " + file() + " stopped: "
                            + message(defect) + ". What was written before can be played."), defect));
                }
            });
        });
    }

    /**
     * Starts a recording.
     *
     * @param callRate what to record at when the configuration leaves it open
     * @param channels 2 to have {@link #right()} as well
     * @param trouble hears of a disk that fails meanwhile
     */
    static Recorder start(MediaRoom room, Path file, RecordingConfig config, int callRate, int channels, Consumer<Failure> trouble) {
        int rate = RecordingFormats.rate(config, callRate);
        List<Path> files = RecordingFormats.files(file, config, channels);
        files.forEach(Recorder::check);
        RecordingWriter.Opener opener = room.formats().opener(files, config.format(), rate, channels);
        RecordingOptions options = new RecordingOptions(rate, channels, IfExists.FAIL, BUFFER_MILLIS,
                config.longest().toMillis() * rate / 1000);
        RecordingWriter writer = RecordingWriter.start(file, opener, options, room.disk(),
                failed -> trouble.accept(new Failure.LocalResource("The recording " + file + " is interrupted: " + failed.getMessage()
                        + ". It goes on when the disk takes it.")));
        return new Recorder(room, files, writer, new RecordingSides(writer, rate, channels, config.sync()));
    }

    /** Returns how many channels a call's recording has. */
    static int channels(RecordingConfig config) {
        return config.layout() == Layout.STEREO ? 2 : 1;
    }

    /** Returns the sink of the right channel. */
    Optional<PortHandle> right() {
        return right;
    }

    @Override
    public Path file() {
        return files.get(0);
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public CompletableFuture<Path> finished() {
        return finished.copy();
    }

    @Override
    void onClosed() {
        right.ifPresent(PortHandle::close);
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
}
