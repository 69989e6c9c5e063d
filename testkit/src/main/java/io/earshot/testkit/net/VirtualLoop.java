package io.earshot.testkit.net;

import static java.util.Objects.requireNonNull;

import io.earshot.api.transport.spi.IoLoop;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Executor;

/**
 * The loop of a host on virtual time. Tasks run in the order given, at the virtual instant at which they were given; workers' tasks too,
 * so that a run is repeatable. Real channels cannot be registered here.
 */
public final class VirtualLoop implements IoLoop {
    private final VirtualNetwork network;
    private final String name;

    VirtualLoop(VirtualNetwork network, String name) {
        this.network = network;
        this.name = name;
    }

    /** Returns the virtual time in nanoseconds. */
    public long now() {
        return network.now();
    }

    @Override
    public void execute(Runnable task) {
        network.events().add(now(), "a task of " + name, requireNonNull(task));
    }

    /** Runs a task at this virtual time, or now if that is past. */
    public Timer at(long time, Runnable task) {
        return network.events().add(time, "a timer of " + name, requireNonNull(task));
    }

    @Override
    public Scheduled schedule(long delay, Runnable task) {
        return at(now() + Math.max(0, delay), task)::cancel;
    }

    @Override
    public Executor workers() {
        return this;
    }

    /** Always fails: sockets of the virtual network come from {@link VirtualHost}'s providers. */
    @Override
    public SelectionKey register(SelectableChannel channel, int interestOps, ReadyHandler handler) {
        throw new UnsupportedOperationException("a virtual loop cannot watch a real channel:"
            + " open transports with the providers of VirtualHost");
    }

    boolean belongsTo(VirtualNetwork other) {
        return network == other;
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    public interface Timer {
        /** Calls it off; harmless when it has run. */
        void cancel();
    }
}
