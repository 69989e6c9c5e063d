package io.earshot.sdk.internal.call;

import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.Published;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Looks at this machine's addresses now and then, on a worker, and compares on the loop. That the wall clock has gone further than the
 * monotonic one means that the machine slept: connections and NAT mappings are dead then, whatever the addresses say.
 */
final class NetworkMonitor implements Signalling.Timed {
    private static final long SLEPT = 5 * Ticker.SECOND;

    private final long interval;
    private final Supplier<Set<String>> source;
    private final Executor workers;
    private final Executor loop;
    private final InstantSource wallClock;
    private final Runnable changed;
    private final Published<List<String>> known = new Published<>(List.of());

    // Confined to the loop.
    private boolean first = true;
    private boolean looking;
    private boolean demanded;
    private long nextLook;
    private long lastTurn;
    private long lastMillis;

    /**
     * Makes a monitor, which looks for the first time on its first turn.
     *
     * @param interval in ns; {@link Ticker#NEVER} looks only when asked
     * @param source the addresses now; may block
     * @param loop runs tasks on the signalling loop
     * @param changed is called on the loop
     */
    NetworkMonitor(long interval, Supplier<Set<String>> source, Executor workers, Executor loop, InstantSource wallClock,
            Runnable changed) {
        this.interval = interval;
        this.source = source;
        this.workers = workers;
        this.loop = loop;
        this.wallClock = wallClock;
        this.changed = changed;
    }

    @Override
    public long onTime(long now) {
        if (interval == Ticker.NEVER && !demanded && !first) {
            return Ticker.NEVER;
        }
        if (now >= nextLook || demanded) {
            nextLook = interval == Ticker.NEVER ? Ticker.NEVER : now + interval;
            demanded |= slept(now);
            if (!looking) {
                looking = true;
                workers.execute(() -> {
                    Set<String> found = source.get();
                    loop.execute(() -> compare(found));
                });
            }
        }
        return nextLook;
    }

    private boolean slept(long now) {
        long millis = wallClock.millis();
        boolean jump = !first && (millis - lastMillis) * Ticker.MILLISECOND - (now - lastTurn) > SLEPT;
        lastTurn = now;
        lastMillis = millis;
        return jump;
    }

    private void compare(Set<String> found) {
        looking = false;
        List<String> sorted = List.copyOf(new TreeSet<>(found));
        boolean news = !first && !sorted.equals(known.get());
        known.set(sorted);
        boolean tell = news || demanded;
        first = false;
        demanded = false;
        if (tell) {
            changed.run();
        }
    }

    /** Tells whether there is an address that others can reach. */
    boolean isOnline() {
        return !known.get().isEmpty();
    }

    /** Returns the addresses found last. */
    List<String> addresses() {
        return known.get();
    }

    /** Looks soon, and tells only if there is news; on the loop. */
    void look() {
        nextLook = interval == Ticker.NEVER ? nextLook : Long.MIN_VALUE;
    }

    /** Looks at once. */
    void check() {
        loop.execute(() -> demanded = true);
    }
}
