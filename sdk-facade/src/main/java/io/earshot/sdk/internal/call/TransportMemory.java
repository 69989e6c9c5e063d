package io.earshot.sdk.internal.call;

import io.earshot.api.AccountConfig;
import io.earshot.sdk.internal.loop.Lazy;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.internal.store.ValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers in a file over which transport each account's server answered the last time. What cannot be kept is logged and forgotten. */
final class TransportMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransportMemory.class);
    private static final String FILE = "transports";

    private final Lazy<Optional<ValueStore>> store;
    /** One thing after the other: two workers would leave the older one of two in the file. */
    private final SerialExecutor writer;

    TransportMemory(Optional<Path> folder, Executor workers) {
        this.writer = new SerialExecutor(workers);
        this.store = new Lazy<>(() -> folder.flatMap(TransportMemory::open));
    }

    private static Optional<ValueStore> open(Path folder) {
        try {
            return Optional.of(ValueStore.open(folder.resolve(FILE)));
        } catch (IOException refused) {
            LOG.warn("Which transport worked is not remembered: {}", refused.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the server to begin with: 0 is the account's own over UDP. Reads a file the first time. */
    int first(AccountConfig config) {
        int rungs = Rungs.of(config).size();
        return rungs == 0 ? 0 : store.get().map(known -> known.values().get(config.address())).map(text -> index(text, rungs)).orElse(0);
    }

    private static int index(String text, int rungs) {
        int known = text.matches("[0-9]") ? Integer.parseInt(text) : 0;
        return known <= rungs ? known : 0;
    }

    /** Keeps which server of an account answered; backups are no transports, and do not count. */
    void keep(AccountConfig config, int server) {
        int rungs = Rungs.of(config).size();
        if (rungs > 0 && server <= rungs) {
            writer.execute(() -> store.get().ifPresent(file -> put(file, config.address(), server)));
        }
    }

    private static void put(ValueStore file, String account, int server) {
        try {
            file.put(account, server == 0 ? "" : Integer.toString(server));
        } catch (IOException full) {
            LOG.warn("Which transport worked is not remembered: {}", full.getMessage());
        }
    }

    @Override
    public void close() {
        store.ifPresent(known -> known.ifPresent(file -> {
            try {
                file.close();
            } catch (IOException late) {
                LOG.info("Closing what remembers transports met {}", late.toString());
            }
        }));
    }
}
