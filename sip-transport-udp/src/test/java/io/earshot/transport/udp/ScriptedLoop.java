package io.earshot.transport.udp;

import io.earshot.api.transport.spi.IoLoop;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A loop that says a channel is ready when the test says so. */
final class ScriptedLoop implements IoLoop {
    final Queue<Runnable> tasks = new ArrayDeque<>();
    private ReadyHandler handler;
    private Key key;

    @Override
    public SelectionKey register(SelectableChannel channel, int interestOps, ReadyHandler ready) {
        handler = ready;
        key = new Key(channel, interestOps);
        return key;
    }

    void ready(int ops) {
        key.ready = ops & key.interest;
        if (key.ready != 0) {
            handler.ready(key);
        }
    }

    int interest() {
        return key.interest;
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Executor workers() {
        return this;
    }

    private static final class Key extends SelectionKey {
        private final SelectableChannel channel;
        private int interest;
        private int ready;

        private Key(SelectableChannel channel, int interest) {
            this.channel = channel;
            this.interest = interest;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isValid() {
            return channel.isOpen();
        }

        @Override
        public void cancel() {
            interest = 0;
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            interest = ops;
            return this;
        }

        @Override
        public int readyOps() {
            return ready;
        }
    }
}
