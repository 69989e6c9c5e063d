package io.earshot.sdk.internal.call;

import io.earshot.sdk.internal.chat.OutboxEntry;
import io.earshot.sdk.internal.chat.OutboxStore;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of waiting messages as the signalling loop uses it: it works elsewhere, in order, and says when it has. */
final class ChatArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ChatArchive.class);

    private final EngineContext context;
    private final Optional<OutboxStore> store;
    private final SerialExecutor work;
    private final Consumer<String> trouble;

    ChatArchive(EngineContext context, Optional<OutboxStore> store, Consumer<String> trouble) {
        this.context = context;
        this.store = store;
        this.trouble = trouble;
        this.work = new SerialExecutor(context.loop().workers());
    }

    List<OutboxEntry> entries() {
        return store.map(OutboxStore::entries).orElse(List.of());
    }

    /** Writes an entry down, then goes on, on the loop; also when there is no disk, or it fails. */
    void keep(OutboxEntry entry, Runnable then) {
        if (store.isEmpty()) {
            then.run();
            return;
        }
        work.execute(() -> {
            attempt(() -> store.get().add(entry));
            context.loop().execute(then);
        });
    }

    void drop(String id) {
        store.ifPresent(disk -> work.execute(() -> attempt(() -> disk.remove(id))));
    }

    /** Waits for what is being written, and closes. */
    void close() {
        if (store.isEmpty()) {
            return;
        }
        CountDownLatch closed = new CountDownLatch(1);
        work.execute(() -> {
            attempt(store.get()::close);
            closed.countDown();
        });
        try {
            if (!closed.await(2, TimeUnit.SECONDS)) {
                LOG.warn("The store of messages did not close within 2 s");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** What blocks, and may fail. */
    private interface Work {
        void run() throws IOException;
    }

    private void attempt(Work step) {
        try {
            step.run();
        } catch (IOException full) {
            LOG.warn("Cannot write down messages that wait", full);
            context.loop().execute(() -> trouble.accept("Messages that wait cannot be written down: " + full.getMessage()));
        }
    }
}
