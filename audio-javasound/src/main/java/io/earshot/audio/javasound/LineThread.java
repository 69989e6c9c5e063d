package io.earshot.audio.javasound;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The thread behind an open line. A subclass transfers one block at a time; the thread ends when the line is closed or gone. */
abstract class LineThread {
    /** How long a line that moves nothing is believed in, in blocks of 10 ms. */
    static final int PATIENCE_BLOCKS = 200;

    final SampleQueue queue;
    private final SoundSystem.Line line;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable onClosed;

    LineThread(String name, SoundSystem.Line line, SampleQueue queue, Runnable onClosed) {
        this.line = line;
        this.queue = queue;
        this.onClosed = onClosed;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    /** Begins, on a thread of its own or on one for several lines. */
    final void start(Optional<Pump> pump) {
        pump.ifPresentOrElse(shared -> shared.add(this), thread::start);
    }

    /** What came of a turn on a thread for several lines. */
    enum Turn { MOVED, NOTHING, OVER }

    /** Moves one block if that needs no waiting; never after {@link Turn#OVER}. */
    final Turn turn() {
        if (closed.get()) {
            return Turn.OVER;
        }
        if (!line.isReady(blockBytes())) {
            return Turn.NOTHING;
        }
        if (block(line)) {
            return Turn.MOVED;
        }
        if (!closed.get()) {
            queue.markGone();
        }
        return Turn.OVER;
    }

    /** Returns how many bytes a block has on the line at most. */
    abstract int blockBytes();

    private void run() {
        while (!closed.get()) {
            if (!block(line)) {
                if (!closed.get()) {
                    queue.markGone();
                }
                return;
            }
        }
    }

    /** Moves one block and tells whether all of it was moved. */
    abstract boolean block(SoundSystem.Line from);

    /** Stops the thread and closes the line. Doing so twice is harmless. */
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            line.close();
            onClosed.run();
        }
    }
}
