package io.earshot.sdk.internal.secure;

import io.earshot.rtp.secure.SecretShelf;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.internal.store.ValueStore;
import io.earshot.sdk.internal.store.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remembered of peers, in the phone's data folder: each value sealed with the folder's key, in a file that only its owner may read.
 * Changes are written one after the other by a worker; after a crash there are all but the last ones. What cannot be kept is logged and
 * forgotten.
 */
public final class KeptSecrets implements SecretShelf, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptSecrets.class);
    private static final String FILE = "zrtp";

    private final ValueStore store;
    private final Vault vault;
    private final SerialExecutor writer;

    private KeptSecrets(ValueStore store, Vault vault, Executor workers) {
        this.store = store;
        this.vault = vault;
        this.writer = new SerialExecutor(workers);
    }

    /** Opens the secrets of a folder; empty where they cannot be kept. Blocks. */
    public static Optional<KeptSecrets> open(Path folder, Executor workers) {
        try {
            ValueStore store = ValueStore.open(folder.resolve(FILE));
            return Optional.of(new KeptSecrets(store, Vault.of(folder), workers));
        } catch (IOException refused) {
            LOG.warn("Peers are not remembered, so that the next calls have to be compared again: {}", refused.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Map<String, String> kept() {
        Map<String, String> all = new LinkedHashMap<>();
        store.values().forEach((name, sealed) -> {
            try {
                all.put(name, new String(vault.open(Base64.getDecoder().decode(sealed)), StandardCharsets.US_ASCII));
            } catch (IOException | IllegalArgumentException damaged) {
                LOG.warn("A peer is not remembered: {}", damaged.getMessage());
            }
        });
        return all;
    }

    @Override
    public void keep(String name, String secret) {
        writer.execute(() -> {
            try {
                store.put(name, secret.isEmpty() ? ""
                        : Base64.getEncoder().encodeToString(vault.seal(secret.getBytes(StandardCharsets.US_ASCII))));
            } catch (IOException full) {
                LOG.warn("A peer is not remembered: {}", full.getMessage());
            }
        });
    }

    /** Closes the file behind what waits to be written. */
    @Override
    public void close() {
        writer.execute(() -> {
            try {
                store.close();
            } catch (IOException late) {
                LOG.info("Closing what remembers peers met {}", late.toString());
            }
        });
    }
}
