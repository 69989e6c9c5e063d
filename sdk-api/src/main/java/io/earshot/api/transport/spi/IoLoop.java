package io.earshot.api.transport.spi;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The single thread that owns a set of sockets and the state behind them. A transport over NIO channels registers them here and shares
 * the loop's selector; one with threads of its own (an HTTP client, say) hands its results over with {@link #execute}.
 */
public interface IoLoop extends Executor {
    /**
     * Watches a non-blocking channel; call on the loop. The handler runs on the loop whenever the channel is ready.
     *
     * @param interestOps as of {@link SelectionKey}
     */
    SelectionKey register(SelectableChannel channel, int interestOps, ReadyHandler handler) throws IOException;

    /** Runs a task on the loop, soon and in order; callable from any thread. Tasks after the loop's end are dropped. */
    @Override
    void execute(Runnable task);

    /** Returns where work that blocks belongs: DNS, TLS delegated tasks, files. */
    Executor workers();

    /**
     * Runs a task on the loop once this much time has passed, as connections need that must not hang; call on the loop. Unless a loop
     * keeps time by itself, the JDK's timer thread brings the task to it.
     *
     * @param delay in nanoseconds; 0 and less mean soon
     * @return the way to call it off
     */
    default Scheduled schedule(long delay, Runnable task) {
        boolean[] cancelled = new boolean[1]; // read and written on the loop
        CompletableFuture.delayedExecutor(Math.max(0, delay), TimeUnit.NANOSECONDS, this).execute(() -> {
            if (!cancelled[0]) {
                task.run();
            }
        });
        return () -> cancelled[0] = true;
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Scheduled {
        /** Calls the task off; harmless when it has run. Call on the loop. */
        void cancel();
    }

    /** Called on the loop when a channel is ready. */
    @FunctionalInterface
    interface ReadyHandler {
        /** Does what can be done without blocking. */
        void ready(SelectionKey key);
    }
}
