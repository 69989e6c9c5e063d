package io.earshot.control.desk;

import java.util.ArrayDeque;
import java.util.Queue;

/** Lets the requests of one connection pass one after the other, so that answers keep their order; only so many wait. */
public final class Lane {
    private final int most;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Something to do that is over when it calls back. */
    @FunctionalInterface
    public interface Work {
        /** Begins. */
        void begin(Runnable over);
    }

    /** Makes one for so many requests that wait. */
    public Lane(int most) {
        this.most = most;
    }

    /** Takes a request, or returns false when too many wait. */
    public boolean offer(Work work) {
        if (waiting.size() >= most) {
            return false;
        }
        waiting.add(work);
        next();
        return true;
    }

    /** Tells whether it is time to stop reading. */
    public boolean isFull() {
        return waiting.size() >= most / 2;
    }

    /** Tells whether nothing is under way. */
    public boolean isIdle() {
        return !busy && waiting.isEmpty();
    }

    private void next() {
        while (!busy && !waiting.isEmpty()) {
            busy = true;
            waiting.remove().begin(this::over);
        }
    }

    private void over() {
        busy = false;
        next();
    }
}
