package io.earshot.sdk.internal.loop;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;

/**
 * Takes tasks from a loop that must neither wait nor leave garbage, and has workers do them. An executor keeps a task in an object made for
 * it, and a pool may make a thread; here the loop puts it into a ring that is there from the start, and a thread of our own gives it to the
 * workers. Tasks of other threads go straight to them. Tasks begin in no certain order.
 */
public final class HandOver implements Executor, AutoCloseable {
    private static final int ROOM = 1024;

    private final String name;
    private final Executor workers;
    private final BooleanSupplier onLoop;
    private final AtomicReferenceArray<Runnable> ring = new AtomicReferenceArray<>(ROOM);
    private final Semaphore waiting = new Semaphore(0);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The loop's. */
    private int put;
    /** The thread's. */
    private int taken;

    /**
     * Makes one; its thread begins with the first task.
     *
     * @param name of the thread, a daemon
     * @param onLoop tells whether the caller is the one loop that hands over; {@link #close} is called there too, or when it has ended
     */
    public HandOver(String name, Executor workers, BooleanSupplier onLoop) {
        this.name = requireNonNull(name);
        this.workers = requireNonNull(workers);
        this.onLoop = requireNonNull(onLoop);
    }

    @Override
    public void execute(Runnable task) {
        requireNonNull(task);
        start();
        if (closed.get() || !onLoop.getAsBoolean() || !offer(task)) {
            workers.execute(task);
        }
    }

    /** Begins before the loop needs it: whoever starts a recording is no loop. */
    private void start() {
        if (!started.get() && started.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private boolean offer(Runnable task) {
        if (ring.getAcquire(put) != null) {
            return false; // so far behind that it has not begun what was put here a whole ring ago
        }
        ring.setRelease(put, task);
        put = (put + 1) % ROOM;
        waiting.release();
        return true;
    }

    private void run() {
        Runnable task;
        do {
            waiting.acquireUninterruptibly();
            task = ring.getAcquire(taken);
            if (task != null) {
                ring.setRelease(taken, null);
                taken = (taken + 1) % ROOM;
                pass(task);
            }
        } while (task != null);
    }

    /** What no worker takes any more is done here: nothing is lost. */
    private void pass(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException over) {
            task.run();
        }
    }

    /** Ends the thread after the tasks so far; later ones go straight to the workers. Twice is harmless. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            waiting.release();
        }
    }
}
