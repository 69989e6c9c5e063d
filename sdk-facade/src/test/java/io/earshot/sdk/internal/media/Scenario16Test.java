package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.CallQuality;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.files.AudioFileWriter;
import io.earshot.files.IfExists;
import io.earshot.files.RecordingOptions;
import io.earshot.files.RecordingSummary;
import io.earshot.files.RecordingWriter;
import io.earshot.files.SoundFile;
import io.earshot.files.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 16: a call is recorded, and the disk fails, is slow, or its folder is removed. The call must not notice. */
class Scenario16Test {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final int SECONDS = 20;
    private static final int BUFFER_MILLIS = 8_000;

    @TempDir
    private Path folder;

    private final MediaPair pair;
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final List<IOException> told = new ArrayList<>();
    private boolean diskWaits;

    Scenario16Test() throws IOException {
        pair = new MediaPair();
    }

    private RecordingWriter record(RecordingWriter.Opener opener) {
        RecordingWriter writer = RecordingWriter.start(file(), opener, new RecordingOptions(8_000, 1, IfExists.FAIL, BUFFER_MILLIS, 0),
            work::add, told::add);
        BridgePort sink = new RecordingSides(writer, 8_000, 1, RecordingConfig.DEFAULT.sync()).left();
        pair.left.engine.bridge().add(sink);
        pair.left.engine.bridge().connect(pair.left.port(), sink, 0);
        return writer;
    }

    private Path file() {
        return folder.resolve("sub").resolve("call.wav");
    }

    private AudioFileWriter wav() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        return WavWriter.create(file(), 8_000, 1, IfExists.FAIL);
    }

    private void run(int millis) {
        for (int at = 0; at < millis; at += 100) {
            pair.run(100);
            if (!diskWaits) {
                work();
            }
        }
    }

    private void work() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }

    private RecordingSummary finish(RecordingWriter writer) {
        CompletableFuture<RecordingSummary> done = writer.close().toCompletableFuture();
        work();
        return done.join();
    }

    /** The peer hears us and we hear it as if nothing was. */
    private void theCallIsUntouched(String what) {
        CallQuality quality = pair.left.quality();
        told("scenario 16, %s: %d of %d packets sent, %d lost, %d ms concealed, %d discarded, told %d times", what,
            pair.left.sent, SECONDS * 50 - 1, quality.packetsLost(), quality.concealed().toMillis(), quality.heard().discarded(),
            told.size());
        assertEquals(SECONDS * 50 - 1, pair.left.sent, 1);
        assertEquals(0, quality.packetsLost());
        assertTrue(quality.concealed().toMillis() <= 20, () -> "concealed " + quality.concealed());
        assertEquals(0, quality.heard().discarded());
        assertEquals(880, pair.left.hears(), 3);
    }

    /** A disk that has no room between two frames of the file. */
    private final class Full implements AudioFileWriter {
        private final AudioFileWriter file;
        private boolean full;

        Full(AudioFileWriter file) {
            this.file = file;
        }

        @Override
        public long frames() {
            return file.frames();
        }

        @Override
        public long bytes() {
            return file.bytes();
        }

        @Override
        public void write(short[] pcm, int offset, int samples) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            file.write(pcm, offset, samples);
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Test
    void aDiskThatIsFullForTenSecondsIsToldOnceAndSilenceStandsForThem() throws IOException {
        List<Full> disk = new ArrayList<>();
        RecordingWriter writer = record(() -> {
            disk.add(new Full(wav()));
            return disk.get(0);
        });
        run(5_000);
        disk.get(0).full = true;
        run(10_000);
        assertTrue(SoundFile.load(file()).durationMillis() > 3_000, "what was written plays meanwhile");
        disk.get(0).full = false;
        run(5_000);
        RecordingSummary summary = finish(writer);
        theCallIsUntouched("no room for 10 s");
        assertEquals(1, told.size());
        assertEquals(0, summary.droppedFrames());
        assertEquals(SECONDS * 8_000, summary.frames(), 320);
        assertEquals(SECONDS * 1_000, SoundFile.load(file()).durationMillis(), 40);
        assertTrue(summary.silencedFrames() > 9 * 8_000 && summary.silencedFrames() < 12 * 8_000, summary.toString());
    }

    @Test
    void aDiskThatTakesNothingForFiveSecondsCostsNothing() throws IOException {
        RecordingWriter writer = record(this::wav);
        run(5_000);
        diskWaits = true;
        run(5_000);
        diskWaits = false;
        run(10_000);
        RecordingSummary summary = finish(writer);
        theCallIsUntouched("5 s in one write");
        assertEquals(0, told.size());
        assertEquals(0, summary.droppedFrames());
        assertEquals(SECONDS * 8_000, summary.frames(), 320);
    }

    /** The queue has a bound: of fifteen seconds, eight are kept. */
    @Test
    void aDiskThatTakesNothingForFifteenSecondsCostsSoundOfTheFileOnly() throws IOException {
        RecordingWriter writer = record(this::wav);
        run(2_500);
        diskWaits = true;
        run(15_000);
        diskWaits = false;
        run(2_500);
        RecordingSummary summary = finish(writer);
        theCallIsUntouched("15 s in one write");
        assertEquals(7 * 8_000, summary.droppedFrames(), 1_600);
        assertEquals((SECONDS - 7) * 1_000, SoundFile.load(file()).durationMillis(), 300);
    }

    @Test
    void aFolderThatIsRemovedMeanwhileCostsTheFileOnly() throws IOException {
        RecordingWriter writer = record(this::wav);
        run(5_000);
        Files.delete(file());
        Files.delete(folder.resolve("sub"));
        run(15_000);
        CompletableFuture<RecordingSummary> done = writer.close().toCompletableFuture();
        work();
        assertTrue(done.isDone(), "with or without an error, as the system has it");
        theCallIsUntouched("folder removed");
    }
}
