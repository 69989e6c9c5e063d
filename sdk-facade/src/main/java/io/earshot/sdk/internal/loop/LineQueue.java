package io.earshot.sdk.internal.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Things that wait to be fetched, the oldest first, no more than so many: when one more comes the oldest is lost, and counted. For any
 * number of threads.
 *
 * @param <T> what waits
 */
public final class LineQueue<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Deque<T> waiting = new ArrayDeque<>();
    private final int most;
    private long lost;

    /** Makes a queue of at most this many. */
    public LineQueue(int most) {
        this.most = most;
    }

    /** What was fetched, and how many were lost since the time before. */
    public record Batch<T>(List<T> items, long lost) { }

    /** Adds one; never waits. */
    public void add(T item) {
        lock.lock();
        try {
            waiting.add(item);
            while (waiting.size() > most) {
                waiting.remove();
                lost++;
            }
            some.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes everything there is, perhaps nothing. */
    public Batch<T> takeAll() {
        lock.lock();
        try {
            Batch<T> batch = new Batch<>(new ArrayList<>(waiting), lost);
            waiting.clear();
            lost = 0;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something and takes everything. */
    public Batch<T> awaitAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                some.await();
            }
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes one, waiting this long for it at most; nothing when none came. */
    public List<T> takeOne(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (waiting.isEmpty() && left > 0) {
                left = some.awaitNanos(left);
            }
            return waiting.isEmpty() ? List.of() : List.of(waiting.remove());
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything, and returns how many that were. */
    public int clear() {
        lock.lock();
        try {
            int dropped = waiting.size();
            waiting.clear();
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
