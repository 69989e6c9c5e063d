package io.earshot.control.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events, for clients that come back after a break. */
public final class EventLog {
    private final int capacity;
    private final Deque<Event> events = new ArrayDeque<>();

    /** Makes an empty log. */
    public EventLog(int capacity) {
        this.capacity = capacity;
    }

    void add(Event event) {
        if (events.size() == capacity) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /** Returns the events after one, oldest first. */
    public List<Event> after(long id) {
        return events.stream().filter(event -> event.id() > id).toList();
    }

    /** Returns the events of a type, oldest first. */
    public List<Event> ofType(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }
}
