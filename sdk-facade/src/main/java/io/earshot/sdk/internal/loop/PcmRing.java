package io.earshot.sdk.internal.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue of samples between a loop, which never waits, and a thread of the application, which may. The lock is held for a copy
 * of one frame, never while waiting.
 */
public final class PcmRing {
    private final short[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long written;
    private long taken;
    private long dropped;
    private boolean closed;
    private long cleared;
    private CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);
    private final Deque<Mark> marks = new ArrayDeque<>();

    /** Behind so many samples. */
    private record Mark(long at, CompletableFuture<Boolean> reached) { }

    /** Makes a queue for so many samples. */
    public PcmRing(int capacity) {
        ring = new short[capacity];
    }

    /** Adds what there is room for, and returns how much that was; -1 when closed. */
    public int offer(short[] pcm, int offset, int samples) {
        lock.lock();
        try {
            return closed ? -1 : add(pcm, offset, samples);
        } finally {
            lock.unlock();
        }
    }

    /** Adds everything, dropping the oldest samples when there is no room. */
    public void force(short[] pcm, int offset, int samples) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            int room = ring.length - size();
            if (room < samples) {
                taken += samples - room;
                dropped += samples - room;
            }
            add(pcm, offset, samples);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds everything, waiting for room. */
    public void put(short[] pcm, int offset, int samples) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int done = 0;
            while (done < samples) {
                if (closed) {
                    throw new IllegalStateException("the port is closed: make another");
                }
                int took = add(pcm, offset + done, samples - done);
                done += took;
                if (took == 0) {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is there, and returns how much that was; -1 when closed and empty. */
    public int poll(short[] pcm, int offset, int samples) {
        lock.lock();
        int count;
        CompletableFuture<Void> done;
        List<Mark> passed;
        try {
            count = size() == 0 && closed ? -1 : remove(pcm, offset, samples);
            done = emptied(count);
            passed = passed();
        } finally {
            lock.unlock();
        }
        tell(done);
        passed.forEach(mark -> mark.reached.complete(true));
        return count;
    }

    /** Takes what is there, waiting until there is something; -1 when closed and empty. */
    public int take(short[] pcm, int offset, int samples) throws InterruptedException {
        lock.lockInterruptibly();
        int count;
        CompletableFuture<Void> done;
        List<Mark> passed;
        try {
            while (size() == 0 && !closed) {
                changed.await();
            }
            count = size() == 0 ? -1 : remove(pcm, offset, samples);
            done = emptied(count);
            passed = passed();
        } finally {
            lock.unlock();
        }
        tell(done);
        passed.forEach(mark -> mark.reached.complete(true));
        return count;
    }

    /** Takes out the marks that lie behind us; steady state allocates nothing. */
    private List<Mark> passed() {
        if (marks.isEmpty() || marks.peek().at > taken) {
            return List.of();
        }
        List<Mark> all = new ArrayList<>();
        while (!marks.isEmpty() && marks.peek().at <= taken) {
            all.add(marks.poll());
        }
        return all;
    }

    private List<Mark> allMarks() {
        List<Mark> all = List.copyOf(marks);
        marks.clear();
        return all;
    }

    /** Wakes who waits for room, and returns who waits for the end of the queue, if this was it. */
    private CompletableFuture<Void> emptied(int count) {
        if (count <= 0) {
            return null;
        }
        changed.signalAll();
        return size() == 0 ? drained : null;
    }

    /** Outside the lock: what follows is the program's. */
    private static void tell(CompletableFuture<Void> done) {
        if (done != null && !done.isDone()) {
            done.complete(null);
        }
    }

    /** Forgets what is queued, and returns how much that was. */
    public int clear() {
        CompletableFuture<Void> done;
        int count;
        List<Mark> missed;
        lock.lock();
        try {
            count = size();
            taken = written;
            cleared += count;
            done = drained;
            missed = allMarks();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        done.complete(null);
        missed.forEach(mark -> mark.reached.complete(false));
        return count;
    }

    /** Returns the samples queued. */
    public int queued() {
        lock.lock();
        try {
            return size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the samples dropped for want of room. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Completes when the queue is empty; on the thread that empties it. */
    public CompletableFuture<Void> drained() {
        lock.lock();
        try {
            if (size() > 0 && drained.isDone()) {
                drained = new CompletableFuture<>();
            }
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses more samples; what is queued can still be taken. */
    public void close() {
        CompletableFuture<Void> done;
        List<Mark> missed;
        lock.lock();
        try {
            closed = true;
            done = drained;
            missed = allMarks();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        done.complete(null);
        missed.forEach(mark -> mark.reached.complete(false));
    }

    /** Tells whether it was closed. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the index of the sample that is taken next; what was dropped or cleared counts. */
    public long position() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the samples taken; what was dropped or cleared does not count. */
    public long used() {
        lock.lock();
        try {
            return taken - dropped - cleared;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes with true when everything added so far was taken, and with false when some of it was cleared, or the queue closed before;
     * on the thread that does it.
     */
    public CompletableFuture<Boolean> mark() {
        lock.lock();
        try {
            CompletableFuture<Boolean> reached = new CompletableFuture<>();
            if (size() == 0 || closed) {
                reached.complete(size() == 0);
            } else {
                marks.add(new Mark(written, reached));
            }
            return reached;
        } finally {
            lock.unlock();
        }
    }

    private int size() {
        return (int) (written - taken);
    }

    private int add(short[] pcm, int offset, int samples) {
        int count = Math.min(samples, ring.length - size());
        int at = (int) (written % ring.length);
        int first = Math.min(count, ring.length - at);
        System.arraycopy(pcm, offset, ring, at, first);
        System.arraycopy(pcm, offset + first, ring, 0, count - first);
        written += count;
        if (count > 0) {
            changed.signalAll();
        }
        return count;
    }

    private int remove(short[] pcm, int offset, int samples) {
        int count = Math.min(samples, size());
        int at = (int) (taken % ring.length);
        int first = Math.min(count, ring.length - at);
        System.arraycopy(ring, at, pcm, offset, first);
        System.arraycopy(ring, 0, pcm, offset + first, count - first);
        taken += count;
        return count;
    }
}
