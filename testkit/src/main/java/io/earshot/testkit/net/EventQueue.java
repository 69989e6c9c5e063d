package io.earshot.testkit.net;

import io.earshot.api.time.Ticker;
import io.earshot.testkit.ManualTicker;
import io.earshot.testkit.StandstillError;
import java.util.PriorityQueue;

/** What will happen, in order of time and, at the same time, in the order in which it was asked for. */
final class EventQueue {
    /** More than any honest instant holds; at about a microsecond each, a second of real time to notice. */
    static final int EVENTS_PER_INSTANT = 1_000_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final ManualTicker ticker;
    private long sequence;
    private int atThisInstant;

    EventQueue(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /** Adds an event; one in the past happens now. */
    Event add(long time, String name, Runnable action) {
        Event event = new Event(Math.max(time, ticker.now()), sequence++, name, action);
        events.add(event);
        return event;
    }

    long next() {
        while (!events.isEmpty() && events.peek().cancelled) {
            events.remove();
        }
        return events.isEmpty() ? Ticker.NEVER : events.peek().time;
    }

    /** Runs the next event, moving the clock to its time. */
    void step() {
        long time = next();
        Event event = events.remove();
        if (time > ticker.now()) {
            ticker.advanceTo(time);
            atThisInstant = 0;
        } else if (++atThisInstant > EVENTS_PER_INSTANT) {
            throw new StandstillError("virtual time stands still at " + time + " ns: " + EVENTS_PER_INSTANT
                + " events happened at this instant, the last being " + event.name);
        }
        event.action.run();
    }

    /** One thing that will happen unless it is cancelled. */
    static final class Event implements Comparable<Event>, VirtualLoop.Timer {
        private final long time;
        private final long sequence;
        private final String name;
        private final Runnable action;
        private boolean cancelled;

        private Event(long time, long sequence, String name, Runnable action) {
            this.time = time;
            this.sequence = sequence;
            this.name = name;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
