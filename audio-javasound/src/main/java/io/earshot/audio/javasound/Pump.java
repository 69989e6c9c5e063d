package io.earshot.audio.javasound;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One thread for several lines: asks each every few milliseconds whether a block can be moved. Runs while it has lines. */
final class Pump {
    private static final int PAUSE_MILLIS = 3;

    private final Set<LineThread> lines = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean running = new AtomicBoolean();

    void add(LineThread line) {
        lines.add(line);
        if (running.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, "earshot-sound");
            thread.setDaemon(true);
            thread.setPriority(Thread.MAX_PRIORITY);
            thread.start();
        }
    }

    private void run() {
        try {
            while (!lines.isEmpty()) {
                boolean moved = false;
                for (LineThread line : lines) {
                    LineThread.Turn turn = line.turn();
                    moved |= turn == LineThread.Turn.MOVED;
                    if (turn == LineThread.Turn.OVER) {
                        lines.remove(line);
                    }
                }
                if (!moved) {
                    new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException stop) {
            lines.clear();
        }
        running.set(false);
        if (!lines.isEmpty()) {
            lines.stream().findAny().ifPresent(this::add);
        }
    }
}
