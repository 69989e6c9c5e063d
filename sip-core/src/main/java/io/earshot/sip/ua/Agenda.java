package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.NEVER;

import java.util.TreeMap;

/** What is to be done later, in the order of time and, at one time, of arrival. */
final class Agenda {
    /** Something to do; called once, at or after its time. */
    @FunctionalInterface
    interface Task {
        void run(long now);
    }

    /** An entry, to cancel it by. Equal entries are the same entry. */
    record Entry(long deadline, long number) implements Comparable<Entry> {
        /** Stands for no entry at all; cancelling it is harmless. */
        static final Entry NONE = new Entry(NEVER, 0);

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(deadline, other.deadline);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final TreeMap<Entry, Task> tasks = new TreeMap<>();
    private long last;

    Entry at(long deadline, Task task) {
        Entry entry = new Entry(deadline, ++last);
        tasks.put(entry, task);
        return entry;
    }

    void cancel(Entry entry) {
        tasks.remove(entry);
    }

    long deadline() {
        return tasks.isEmpty() ? NEVER : tasks.firstKey().deadline();
    }

    /** Removes and returns the first task that is due, or one that does nothing. */
    Task takeDue(long now) {
        return deadline() <= now ? tasks.pollFirstEntry().getValue() : then -> { };
    }

    int size() {
        return tasks.size();
    }
}
