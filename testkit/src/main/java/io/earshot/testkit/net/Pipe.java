package io.earshot.testkit.net;

import io.earshot.api.time.Ticker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One direction of a reliable stream over a lossy link. A lost segment is tried again after 200 ms, then after twice that and so on;
 * those behind it wait, as in TCP. After two minutes in vain the connection is broken.
 */
final class Pipe {
    static final long FIRST_RETRY = 200 * Ticker.MILLISECOND;
    static final long GIVE_UP = 120 * Ticker.SECOND;

    private final VirtualNetwork network;
    private final Place from;
    private final Link link;
    private final Consumer<String> onBroken;
    private final Queue<Segment> waiting = new ArrayDeque<>();
    private boolean retrying;
    private boolean broken;
    private long lastArrival;
    private long firstTry;
    private long retry = FIRST_RETRY;

    Pipe(VirtualNetwork network, Place from, Place to, Consumer<String> onBroken) {
        this.network = network;
        this.from = from;
        this.link = network.link(from, to);
        this.onBroken = onBroken;
    }

    void send(int bytes, Runnable arrival) {
        waiting.add(new Segment(bytes, arrival));
        if (!retrying) {
            firstTry = network.now();
            pump();
        }
    }

    int split(int length) {
        return link.split(length);
    }

    private void pump() {
        retrying = false;
        while (!waiting.isEmpty() && !broken) {
            Segment head = waiting.element();
            long arrival = link.segment(head.bytes, network.now());
            if (arrival == Ticker.NEVER) {
                again();
                return;
            }
            waiting.remove();
            firstTry = network.now();
            retry = FIRST_RETRY;
            lastArrival = Math.max(lastArrival, arrival);
            network.events().add(lastArrival, "a segment from " + from.name(), head.arrival);
        }
    }

    private void again() {
        if (network.now() - firstTry >= GIVE_UP) {
            broken = true;
            waiting.clear();
            onBroken.accept("no answer for " + GIVE_UP / Ticker.SECOND + " seconds");
            return;
        }
        retrying = true;
        network.events().add(network.now() + retry, "a retry of " + from.name(), this::pump);
        retry *= 2;
    }

    private record Segment(int bytes, Runnable arrival) { }
}
