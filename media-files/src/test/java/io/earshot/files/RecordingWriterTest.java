package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Most tests run the worker by hand: a worker that is not run is a disk that stalls. */
class RecordingWriterTest {
    private static final int FRAME = 160;

    @TempDir
    Path folder;

    private final Worker worker = new Worker();
    private final List<IOException> interruptions = new ArrayList<>();

    @Test
    void whatIsHeardGoesLeftAndWhatIsSentRight() throws Exception {
        RecordingWriter recording = RecordingWriter.start(file(), RecordingOptions.stereo(8000), worker);
        short[] heard = WavWriterTest.noise(new Random(1), 100 * FRAME + 3);
        short[] sent = WavWriterTest.noise(new Random(2), 100 * FRAME + 5);
        for (int i = 0; i < 100; i++) {
            assertTrue(recording.offerStereo(heard, 3 + i * FRAME, sent, 5 + i * FRAME, FRAME));
        }
        CompletableFuture<RecordingSummary> done = recording.close().toCompletableFuture();
        assertFalse(done.isDone(), "closing does not wait for the disk");
        worker.runAll();
        assertEquals(new RecordingSummary(file(), 16_000, 0), done.get());
        short[] written = WavBytes.readAll(file());
        for (int i = 0; i < 100 * FRAME; i++) {
            assertEquals(heard[3 + i], written[2 * i]);
            assertEquals(sent[5 + i], written[2 * i + 1]);
        }
        assertEquals(32_000, written.length);
    }

    @Test
    void theCallerTouchesNoFileNotEvenToCreateIt() throws Exception {
        RecordingWriter recording = RecordingWriter.start(file(), RecordingOptions.mono(8000), worker);
        recording.offer(new short[FRAME], 0, FRAME);
        recording.close();
        assertFalse(Files.exists(file()));
        worker.runAll();
        assertEquals(FRAME, WavBytes.readAll(file()).length);
    }

    @Test
    void theWorkerIsCalledTenTimesPerSecondAndNeverTwiceAtOnce() {
        RecordingWriter recording = RecordingWriter.start(file(), RecordingOptions.mono(8000), worker);
        worker.runAll();
        worker.calls = 0;
        for (int i = 0; i < 50; i++) {
            recording.offer(new short[FRAME], 0, FRAME);
            assertTrue(worker.tasks.size() <= 1);
            if (i % 5 == 4) {
                worker.runAll();
            }
        }
        assertEquals(10, worker.calls);
    }

    @Test
    void aStalledDiskCostsWholeBlocksThatAreCountedAndNeverTheCaller() throws Exception {
        RecordingOptions options = new RecordingOptions(8000, 2, IfExists.FAIL, 1000);
        RecordingWriter recording = RecordingWriter.start(file(), options, worker);
        short[] heard = new short[FRAME];
        int taken = 0;
        for (int i = 1; i <= 500; i++) {
            Arrays.fill(heard, (short) i);
            taken += recording.offerStereo(heard, 0, heard, 0, FRAME) ? 1 : 0;
        }
        assertTrue(taken >= 50 && taken <= 103, taken + " blocks of 20 ms in a buffer of a second");
        assertEquals((500 - taken) * FRAME, recording.droppedFrames());
        worker.runAll();
        Arrays.fill(heard, (short) 501);
        assertTrue(recording.offerStereo(heard, 0, heard, 0, FRAME), "goes on once the disk does");
        CompletableFuture<RecordingSummary> done = recording.close().toCompletableFuture();
        worker.runAll();
        assertEquals(new RecordingSummary(file(), (taken + 1) * FRAME, (500 - taken) * FRAME), done.get());
        short[] written = WavBytes.readAll(file());
        for (int i = 0; i < written.length; i++) {
            int block = i / (2 * FRAME);
            assertEquals(block == taken ? 501 : block + 1, written[i]);
        }
    }

    @Test
    void aFileThatCannotBeCreatedFailsTheRecordingOnce() throws Exception {
        Files.writeString(file(), "precious");
        RecordingWriter recording = RecordingWriter.start(file(), RecordingOptions.mono(8000), worker);
        assertTrue(recording.offer(new short[FRAME], 0, FRAME), "not known yet");
        worker.runAll();
        assertInstanceOf(FileAlreadyExistsException.class, failure(recording));
        assertFalse(recording.offer(new short[FRAME], 0, FRAME));
        assertEquals(FRAME, recording.droppedFrames());
        recording.close();
        worker.runAll();
        assertInstanceOf(FileAlreadyExistsException.class, failure(recording));
        assertEquals("precious", Files.readString(file()));
    }

    @Test
    void aFullDiskThatStaysFullCostsTheRestAndIsToldOnce() throws Exception {
        FailingSink sink = new FailingSink(file(), 30_044);
        RecordingWriter recording = new RecordingWriter(file(), () -> new WavWriter(file(), sink, 8000, 1, Integer.MAX_VALUE),
            RecordingOptions.mono(8000), worker, interruptions::add);
        short[] pcm = WavWriterTest.noise(new Random(3), 500 * FRAME);
        for (int i = 0; i < 500; i++) {
            assertTrue(recording.offer(pcm, i * FRAME, FRAME), "goes on listening");
            worker.runAll();
        }
        assertEquals(1, interruptions.size());
        assertTrue(sink.failures >= 2 && sink.failures < 10, sink.failures + " trials in ten seconds");
        recording.close();
        worker.runAll();
        assertTrue(sink.closed);
        assertTrue(failure(recording).getMessage().contains("No space left on device"), failure(recording).getMessage());
        assertArrayEquals(Arrays.copyOf(pcm, 15_000), WavBytes.readAll(file()));
    }

    @Test
    void aDiskThatHasRoomAgainGoesOnAndSilenceStandsForWhatIsMissing() throws Exception {
        FailingSink sink = new FailingSink(file(), 30_044);
        RecordingWriter recording = new RecordingWriter(file(), () -> new WavWriter(file(), sink, 8000, 1, Integer.MAX_VALUE),
            RecordingOptions.mono(8000), worker, interruptions::add);
        short[] pcm = WavWriterTest.noise(new Random(4), 500 * FRAME);
        for (int i = 0; i < 500; i++) {
            if (i == 250) {
                sink.room = Integer.MAX_VALUE;
            }
            recording.offer(pcm, i * FRAME, FRAME);
            worker.runAll();
        }
        CompletableFuture<RecordingSummary> done = recording.close().toCompletableFuture();
        worker.runAll();
        RecordingSummary summary = done.get();
        assertEquals(1, interruptions.size());
        assertEquals(500 * FRAME, summary.frames());
        assertTrue(summary.silencedFrames() > 20_000 && summary.silencedFrames() < 40_000, summary.toString());
        short[] written = WavBytes.readAll(file());
        assertArrayEquals(Arrays.copyOf(pcm, 15_000), Arrays.copyOf(written, 15_000));
        int heardAgain = 15_000 + (int) summary.silencedFrames();
        for (int i = 15_000; i < written.length; i++) {
            assertEquals(i < heardAgain ? 0 : pcm[i], written[i], "sample " + i);
        }
    }

    @Test
    void aRecordingWithALimitEndsThereByItself() throws Exception {
        RecordingWriter recording = RecordingWriter.start(file(), RecordingOptions.mono(8000).withMaxFrames(1000), worker);
        for (int i = 0; i < 20; i++) {
            recording.offer(new short[FRAME], 0, FRAME);
            worker.runAll();
        }
        assertEquals(1000, recording.done().toCompletableFuture().get(5, TimeUnit.SECONDS).frames());
        assertFalse(recording.offer(new short[FRAME], 0, FRAME));
        recording.close();
        worker.runAll();
        assertEquals(1000, WavBytes.readAll(file()).length);
        assertThrows(IllegalArgumentException.class, () -> RecordingOptions.mono(8000).withMaxFrames(-1));
    }

    @Test
    void aWorkerThatHasBeenShutDownFailsTheRecordingInsteadOfTheCaller() {
        RecordingWriter recording = RecordingWriter.start(file(), RecordingOptions.mono(8000), task -> {
            throw new RejectedExecutionException();
        });
        assertFalse(recording.offer(new short[FRAME], 0, FRAME));
        assertTrue(failure(recording).getMessage().endsWith("recording ended: the worker has been shut down"));
    }

    @Test
    void closingTwiceAndOfferingAfterwardsAreHarmless() throws Exception {
        RecordingWriter recording = RecordingWriter.start(file(), RecordingOptions.mono(8000), worker);
        recording.close();
        CompletableFuture<RecordingSummary> done = recording.close().toCompletableFuture();
        assertFalse(recording.offer(new short[FRAME], 0, FRAME));
        worker.runAll();
        assertEquals(0, done.get().frames());
        recording.close();
        worker.runAll();
        assertEquals(0, WavBytes.readAll(file()).length);
    }

    @Test
    void aBugInTheWriterFailsTheRecordingAndLeavesNoFileOpen() throws Exception {
        FailingSink sink = new FailingSink(file(), 1000);
        RecordingWriter recording = new RecordingWriter(file(), () -> new WavWriter(file(), sink, 8000, 2, 1000),
            RecordingOptions.mono(8000), worker, interruptions::add);
        recording.offer(new short[3], 0, 3); // three samples are no whole frames of that writer
        recording.close();
        worker.runAll();
        assertInstanceOf(IllegalArgumentException.class, failure(recording));
        assertTrue(sink.closed);
    }

    @Test
    void theWrongNumberOfSidesIsAProgrammingError() {
        RecordingWriter mono = RecordingWriter.start(file(), RecordingOptions.mono(8000), worker);
        assertThrows(IllegalStateException.class, () -> mono.offerStereo(new short[1], 0, new short[1], 0, 1));
        RecordingWriter stereo = RecordingWriter.start(file(), RecordingOptions.stereo(8000), worker);
        assertThrows(IllegalStateException.class, () -> stereo.offer(new short[1], 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RecordingOptions(8000, 1, IfExists.FAIL, 99));
    }

    /** Real threads: everything that was taken arrives once and in order, whatever the interleaving. */
    @Test
    void severalRecordingsOnAPoolKeepEverySampleInOrder() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 20; round++) {
                Path target = folder.resolve(round + ".wav");
                RecordingOptions options = new RecordingOptions(8000, 1 + round % 2, IfExists.FAIL, 200);
                RecordingWriter recording = RecordingWriter.start(target, options, pool);
                short[] pcm = WavWriterTest.noise(new Random(round), 60_000);
                feed(recording, options.channels(), pcm, new Random(round));
                RecordingSummary summary = recording.close().toCompletableFuture().get(30, TimeUnit.SECONDS);
                assertEquals(60_000, summary.frames());
                short[] written = WavBytes.readAll(target);
                for (int i = 0; i < written.length; i++) {
                    assertEquals(pcm[i / options.channels()], written[i], "round " + round + ", sample " + i);
                }
            }
        } finally {
            pool.shutdown();
            assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    private static void feed(RecordingWriter recording, int channels, short[] pcm, Random random) {
        for (int at = 0; at < pcm.length; ) {
            int frames = Math.min(1 + random.nextInt(400), pcm.length - at);
            boolean taken = channels == 1 ? recording.offer(pcm, at, frames) : recording.offerStereo(pcm, at, pcm, at, frames);
            if (taken) {
                at += frames;
            } else {
                Thread.onSpinWait(); // this producer is faster than any clock: let the disk catch up
            }
        }
    }

    private Path file() {
        return folder.resolve("call.wav");
    }

    private static Throwable failure(RecordingWriter recording) {
        CompletableFuture<RecordingSummary> done = recording.done().toCompletableFuture();
        assertTrue(done.isCompletedExceptionally());
        Throwable first = assertThrows(ExecutionException.class, done::get).getCause();
        CompletableFuture<RecordingSummary> again = recording.done().toCompletableFuture();
        assertSame(first, assertThrows(ExecutionException.class, again::get).getCause());
        assertTrue(first instanceof IOException || first instanceof RuntimeException);
        return first;
    }

    /** An executor whose tasks run when the test says so. */
    private static final class Worker implements Executor {
        final Queue<Runnable> tasks = new ArrayDeque<>();
        int calls;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            calls++;
        }

        void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }
}
