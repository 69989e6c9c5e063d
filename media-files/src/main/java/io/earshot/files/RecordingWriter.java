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

/**
 * Records from the audio loop without ever making it wait: frames go into a bounded lock-free queue, and a worker carries them to a
 * {@link WavWriter}, opening the file included. When the disk does not keep up and the queue is full, whole blocks are dropped and counted,
 * both sides of them, so that the sides stay in step. The first error ends the recording and is told once, by {@link #done()}; the audio
 * goes on.
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
    /** The carrier's; absent until the file has been opened. */
    private WavWriter writer;

    @FunctionalInterface
    interface Opener {
        WavWriter open() throws IOException;
    }

    RecordingWriter(Path file, Opener opener, RecordingOptions options, Executor workers) {
        this.file = file;
        this.opener = opener;
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
        RecordingWriter recording = new RecordingWriter(requireNonNull(file),
            () -> WavWriter.create(file, options.sampleRate(), options.channels(), options.ifExists()), options, workers);
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
        for (int count = queue.poll(block); count > 0; count = queue.poll(block)) {
            writer.write(block, 0, count);
        }
        if (last) {
            writer.close();
            done.complete(new RecordingSummary(file, writer.frames(), dropped.get()));
        }
    }
}
