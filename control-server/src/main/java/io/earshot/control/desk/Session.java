package io.earshot.control.desk;

import java.util.concurrent.TimeUnit;

/**
 * The session of programs that drive the phone over HTTP, where nobody sees them go: it ends when no request came for a while, and
 * begins again with the next. Connections that are open (TCP, WebSocket, events) keep it alive.
 */
public final class Session {
    /** Stands for no deadline. */
    static final long NEVER = Long.MAX_VALUE;

    /** The time-out of the Windows service, whose documentation has another standard than {@link #STANDARD}. */
    private static final int WINDOWS = 3;
    private static final int STANDARD = 60;

    private int minutes;
    private long timeout;
    private long last;
    private boolean running;

    /** Makes one that has not begun; 0 minutes for no time-out. */
    public Session(int minutes) {
        configure(minutes);
    }

    /** Changes the time-out; 0 minutes for none. */
    public void configure(int minutes) {
        this.minutes = minutes;
        timeout = TimeUnit.MINUTES.toNanos(minutes);
    }

    /** Returns for how many minutes a client of the Windows service may say nothing; 0 for ever. */
    public int windowsMinutes() {
        return minutes == STANDARD ? WINDOWS : minutes;
    }

    void onRequest(long now) {
        running = true;
        last = now;
    }

    void keepAlive(long now) {
        last = now;
    }

    long deadline() {
        return running && timeout > 0 ? last + timeout : NEVER;
    }

    /** Tells whether it has just ended. */
    boolean hasExpired(long now) {
        boolean expired = now >= deadline();
        if (expired) {
            running = false;
        }
        return expired;
    }
}
