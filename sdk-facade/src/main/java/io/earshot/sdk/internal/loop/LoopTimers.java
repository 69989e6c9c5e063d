package io.earshot.sdk.internal.loop;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a loop is to do later, in the order of time and, at one time, of arrival. Confined to the loop. */
final class LoopTimers {
    private record Entry(long deadline, long number) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(deadline, other.deadline);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final TreeMap<Entry, Runnable> tasks = new TreeMap<>();
    private long last;

    IoLoop.Scheduled at(long deadline, Runnable task) {
        Entry entry = new Entry(deadline, ++last);
        tasks.put(entry, task);
        return () -> tasks.remove(entry);
    }

    long deadline() {
        return tasks.isEmpty() ? Ticker.NEVER : tasks.firstKey().deadline();
    }

    /** Returns what is due; one may still call another off, which then does nothing. */
    List<Runnable> takeDue(long now) {
        List<Runnable> due = new ArrayList<>();
        for (Entry entry : tasks.headMap(new Entry(now, Ticker.NEVER), true).keySet()) {
            due.add(() -> {
                Runnable task = tasks.remove(entry);
                if (task != null) {
                    task.run();
                }
            });
        }
        return due;
    }
}
