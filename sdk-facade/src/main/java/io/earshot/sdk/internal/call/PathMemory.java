package io.earshot.sdk.internal.call;

import io.earshot.sdk.internal.store.ValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers in a file by which way the gateway's phone came through the last time. What cannot be kept is logged and forgotten. */
final class PathMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PathMemory.class);
    private static final String FILE = "paths";

    private final Optional<ValueStore> store;
    private final String gateway;

    private PathMemory(Optional<ValueStore> store, String gateway) {
        this.store = store;
        this.gateway = gateway;
    }

    static PathMemory open(Optional<Path> folder, String gateway) {
        if (folder.isPresent()) {
            try {
                return new PathMemory(Optional.of(ValueStore.open(folder.get().resolve(FILE))), gateway);
            } catch (IOException refused) {
                LOG.warn("Which way worked is not remembered: {}", refused.getMessage());
            }
        }
        return new PathMemory(Optional.empty(), gateway);
    }

    boolean wasThroughTunnel() {
        return store.isPresent() && store.get().values().containsKey(gateway);
    }

    /** Keeps it; blocks. */
    void keep(boolean throughTunnel) {
        store.ifPresent(file -> {
            try {
                file.put(gateway, throughTunnel ? "tunnel" : "");
            } catch (IOException full) {
                LOG.warn("Which way worked is not remembered: {}", full.getMessage());
            }
        });
    }

    @Override
    public void close() {
        store.ifPresent(file -> {
            try {
                file.close();
            } catch (IOException late) {
                LOG.info("Closing what remembers ways met {}", late.toString());
            }
        });
    }
}
