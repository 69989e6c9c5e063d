package io.earshot.control.desk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether notifications wait to be asked for or go out by sockets, as the parameter polling says: -1 whichever is used first, 0 sockets
 * only, 1 and 3 asking only, 2 both. Whoever asks in the mode -1 gets them from then on.
 */
public final class Delivery {
    /** The parameter's values. */
    static final int AUTOMATIC = -1;
    static final int SOCKETS = 0;
    static final int BOTH = 2;
    static final int ASKING = 3;

    private final int capacity;
    private final Deque<String> queue = new ArrayDeque<>();
    private int wanted;
    private int mode;
    private long dropped;

    /**
     * Makes one.
     *
     * @param polling the parameter
     * @param capacity how many notifications wait; the oldest go first
     */
    public Delivery(int polling, int capacity) {
        this.capacity = capacity;
        configure(polling);
    }

    /** Changes the parameter. */
    public void configure(int polling) {
        wanted = polling;
        mode = polling;
        if (!queues()) {
            queue.clear();
        }
    }

    /** Notes that a command came by a socket that gets notifications. */
    public void onSocketCommand() {
        if (mode == AUTOMATIC) {
            mode = SOCKETS;
            queue.clear();
        }
    }

    private boolean queues() {
        return mode != SOCKETS;
    }

    /** Tells whether sockets get notifications now. */
    public boolean toSockets() {
        return mode == AUTOMATIC || mode == SOCKETS || mode == BOTH;
    }

    /** Takes a notification for those who ask. */
    void add(String line) {
        if (queues()) {
            if (queue.size() == capacity) {
                queue.removeFirst();
                dropped++;
            }
            queue.addLast(line);
        }
    }

    /** Tells whether somebody who asks would get something. */
    boolean hasSome() {
        return !queue.isEmpty();
    }

    /**
     * Returns what waits, each line once, with a line break between two.
     *
     * @param only whether notifications go nowhere else from now on, in the mode -1
     * @param mostBytes an upper limit; what does not fit stays
     */
    String take(boolean only, int mostBytes) {
        if (wanted == AUTOMATIC && mode != ASKING) {
            mode = only ? ASKING : BOTH;
        }
        StringBuilder lines = new StringBuilder();
        if (dropped > 0) {
            lines.append("WPNOTIFICATION,EVENT,WARNING,").append(dropped)
                    .append(" notifications were lost: nobody asked for them in time,NEOL");
            dropped = 0;
        }
        int bytes = lines.length();
        for (String next = queue.peek(); next != null; next = queue.peek()) {
            bytes += 2 + next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > mostBytes && lines.length() > 0) {
                break;
            }
            lines.append(lines.length() == 0 ? "" : "\r\n").append(queue.remove());
        }
        return lines.toString();
    }
}
