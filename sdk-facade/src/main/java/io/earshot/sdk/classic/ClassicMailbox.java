package io.earshot.sdk.classic;

import io.earshot.sdk.internal.loop.LineQueue;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The notifications for a program that fetches them (parameter {@code polling}, B-203 and B-206). Each is handed out once. When nobody
 * fetches them for long, the oldest are lost, and the next to fetch is told how many. Safe for use by any thread.
 */
public final class ClassicMailbox {
    /** How many wait at most. */
    static final int MOST = 10_000;
    private static final int NO_POLLING = 0;
    private static final int ONLY_POLLING = 3;

    private final ClassicPhone phone;
    private final LineQueue<String> waiting = new LineQueue<>(MOST);
    private final AtomicBoolean polled = new AtomicBoolean();

    ClassicMailbox(ClassicPhone phone) {
        this.phone = phone;
    }

    void add(Notification notification) {
        if (mode() != NO_POLLING) {
            waiting.add(notification.line());
        }
    }

    /** Tells whether notifications go nowhere else. */
    boolean isOnlyWay() {
        return mode() == ONLY_POLLING;
    }

    private int mode() {
        int given = (int) phone.parameters().number("polling");
        return given < 0 && polled.get() ? ONLY_POLLING : given;
    }

    /**
     * Returns the notifications since the last time, with CRLF between them; empty when there are none. From now on they wait here only,
     * unless {@code polling} says otherwise.
     */
    public String fetch() {
        polled.set(true);
        return text(waiting.takeAll());
    }

    /** Waits until there are some and returns them as {@link #fetch()} does; empty when the thread is interrupted. */
    public String await() {
        polled.set(true);
        try {
            return text(waiting.awaitAll());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String text(LineQueue.Batch<String> batch) {
        List<String> lines = batch.items();
        String joined = String.join("\r\n", lines);
        return batch.lost() == 0 ? joined : Notification.bare("WARNING", batch.lost()
                + " notifications were lost: nobody fetched them in time").line() + "\r\n" + joined;
    }
}
