package io.earshot.api.transport.spi;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Executor;

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

    /** Called on the loop when a channel is ready. */
    @FunctionalInterface
    interface ReadyHandler {
        /** Does what can be done without blocking. */
        void ready(SelectionKey key);
    }
}
