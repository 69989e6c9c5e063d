package io.earshot.files;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Records from the audio loop without ever making it wait: frames go into a bounded lock-free queue, and a worker carries them to a
 * {@link AudioFileWriter}, opening the file included. When the disk does not keep up and the queue is full, whole blocks are dropped and
 * counted, both sides of them, so that the sides stay in step.
 *
 * <p>A file that cannot be opened ends the recording. A disk that fails later, as a full one does, interrupts it: that is told once, every
 * second of audio it is tried again, and when the disk takes it, silence stands for what is missing. The audio goes on either way.
 *
 * <p>One thread calls {@link #offer}, {@link #offerStereo} and {@link #close}; the rest may be called from any.
 *
 * <pre>{@code
 * RecordingWriter recording = RecordingWriter.start(file, RecordingOptions.stereo(8000), workers);
 * recording.offerStereo(heard, 0, sent, 0, 160); // every 20 ms
 * recording.close().thenAccept(summary -> log(summary));
 * }</pre>
 */
public final class RecordingWriter {
    private static final int BLOCK_SAMPLES = 8192;
    /** The worker is called ten times per second of audio, not for every frame. */
    private static final int HANDOVERS_PER_SECOND = 10;

    private final Opener opener;
    private final Path file;
    private final int channels;
    private final Executor workers;
    private final PcmQueue queue;
    private final int handover;
    private final short[] block;
    private final Runnable carrier = this::carry;
    /** Set while a carrier is on its way or at work: there is never a second one. */
    private final AtomicBoolean carrying = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final CompletableFuture<RecordingSummary> done = new CompletableFuture<>();
    private final Consumer<? super IOException> interrupted;
    private final int retryFrames;
    private final long maxFrames;
    // The carrier's.
    /** Absent until the file has been opened. */
    private AudioFileWriter writer;
    /** Frames that should be in the file by now. */
    private long due;
    private long silenced;
    /** When the disk failed last, in frames; -1 while it works. */
    private long failedAt = -1;

    /** Opens the file, on a worker. */
    @FunctionalInterface
    public interface Opener {
        /** Returns a new file. */
        AudioFileWriter open() throws IOException;
    }

    RecordingWriter(Path file, Opener opener, RecordingOptions options, Executor workers, Consumer<? super IOException> interrupted) {
        this.file = file;
        this.opener = opener;
        this.interrupted = requireNonNull(interrupted);
        retryFrames = options.sampleRate();
        maxFrames = options.maxFrames() == 0 ? Long.MAX_VALUE : options.maxFrames();
        this.workers = requireNonNull(workers);
        channels = options.channels();
        queue = new PcmQueue((int) ((long) options.sampleRate() * channels * options.bufferMillis() / 1000));
        handover = options.sampleRate() * channels / HANDOVERS_PER_SECOND;
        block = new short[BLOCK_SAMPLES];
    }

    /**
     * Starts a recording. Returns at once; the file is created on a worker, and {@link #done()} tells if that fails.
     *
     * @param workers where blocking is allowed
     */
    public static RecordingWriter start(Path file, RecordingOptions options, Executor workers) {
        return start(file, () -> WavWriter.create(file, options.sampleRate(), options.channels(), options.ifExists()), options, workers,
                failed -> { });
    }

    /**
     * Starts a recording of any format.
     *
     * @param file its name, for messages
     * @param workers where blocking is allowed
     * @param interrupted hears, on a worker, of the first failure of a disk that worked before, and again if it works and fails once more
     */
    public static RecordingWriter start(Path file, Opener opener, RecordingOptions options, Executor workers,
            Consumer<? super IOException> interrupted) {
        RecordingWriter recording = new RecordingWriter(requireNonNull(file), requireNonNull(opener), options, workers, interrupted);
        recording.callCarrier();
        return recording;
    }

    /**
     * Appends frames to a recording of one channel. Never blocks.
     *
     * @return whether they were taken; if not, they are counted by {@link #droppedFrames()}
     * @throws IllegalStateException when the recording has two channels
     */
    public boolean offer(short[] pcm, int offset, int frames) {
        checkFromIndexSize(offset, frames, pcm.length);
        requireChannels(1);
        return enqueue(pcm, offset, pcm, offset, frames);
    }

    /**
     * Appends frames to a recording of two channels: left what was heard, right what was sent at the same time. Never blocks.
     *
     * @return whether they were taken; if not, they are counted by {@link #droppedFrames()}
     * @throws IllegalStateException when the recording has one channel
     */
    public boolean offerStereo(short[] heard, int heardOffset, short[] sent, int sentOffset, int frames) {
        checkFromIndexSize(heardOffset, frames, heard.length);
        checkFromIndexSize(sentOffset, frames, sent.length);
        requireChannels(2);
        return enqueue(heard, heardOffset, sent, sentOffset, frames);
    }

    /** Returns the frames that were offered but are not in the file: the queue was full, or the recording had ended. */
    public long droppedFrames() {
        return dropped.get();
    }

    /**
     * Returns the stage that completes on a worker when the file is complete after {@link #close()}, or exceptionally with an
     * {@link IOException} as soon as recording has failed. What was written until then can be played.
     */
    public CompletionStage<RecordingSummary> done() {
        return done.minimalCompletionStage();
    }

    /** Ends the recording. Returns {@link #done()} at once; everything offered before will be in the file. Doing so twice is harmless. */
    public CompletionStage<RecordingSummary> close() {
        closing.set(true);
        callCarrier();
        return done();
    }

    private void requireChannels(int wanted) {
        if (channels != wanted) {
            throw new IllegalStateException("the recording has " + channels + " channels");
        }
    }

    private boolean enqueue(short[] left, int leftOffset, short[] right, int rightOffset, int frames) {
        if (closing.get() || done.isDone() || !queue.offer(left, leftOffset, right, rightOffset, frames, channels)) {
            dropped.addAndGet(frames);
            return false;
        }
        if (queue.available() >= handover) {
            callCarrier();
        }
        return true;
    }

    private void callCarrier() {
        if (carrying.compareAndSet(false, true)) {
            try {
                workers.execute(carrier);
            } catch (RejectedExecutionException e) {
                carrying.set(false);
                done.completeExceptionally(new AudioFileException(file, "recording ended: the worker has been shut down"));
            }
        }
    }

    private void carry() {
        do {
            try {
                if (!done.isDone()) {
                    carryAll();
                }
            } catch (IOException | RuntimeException e) {
                abandon(e);
            } finally {
                carrying.set(false);
            }
            // what came in between the last look at the queue and now has found the carrier still at work
        } while (!done.isDone() && (closing.get() || queue.available() >= handover) && carrying.compareAndSet(false, true));
    }

    private void abandon(Exception cause) {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        done.completeExceptionally(cause);
    }

    private void carryAll() throws IOException {
        if (writer == null) {
            writer = opener.open();
        }
        boolean last = closing.get(); // before the queue is emptied: nothing is offered after it is set
        for (int count = queue.poll(block); count > 0 && !done.isDone(); count = queue.poll(block)) {
            int frames = (int) Math.min(count / channels, maxFrames - due);
            due += frames;
            try {
                keep(frames, last);
            } catch (AudioFileFullException complete) {
                done.completeExceptionally(complete);
            }
            if (due >= maxFrames) {
                finish();
            }
        }
        if (last && !done.isDone()) {
            finish();
        }
    }

    /** Writes what has come, or leaves it until the disk is to be tried again. */
    private void keep(int frames, boolean last) throws AudioFileFullException {
        if (failedAt >= 0 && due - failedAt < retryFrames && !last) {
            return;
        }
        try {
            catchUp(due - frames);
            writer.write(block, 0, frames * channels);
            if (failedAt >= 0) {
                writer.flush();
                failedAt = -1;
            }
        } catch (AudioFileFullException complete) {
            throw complete;
        } catch (IOException full) {
            if (failedAt < 0) {
                interrupted.accept(full);
            }
            failedAt = due;
        }
    }

    /** Silence stands for what the disk did not take. */
    private void catchUp(long until) throws IOException {
        if (writer.frames() >= until) {
            return;
        }
        short[] silence = new short[BLOCK_SAMPLES];
        for (long missing = until - writer.frames(); missing > 0; ) {
            int count = (int) Math.min(missing, BLOCK_SAMPLES / channels);
            writer.write(silence, 0, count * channels);
            silenced += count;
            missing -= count;
        }
    }

    private void finish() throws IOException {
        try {
            catchUp(due);
        } finally {
            writer.close();
        }
        done.complete(new RecordingSummary(file, writer.frames(), dropped.get(), silenced));
    }
}
