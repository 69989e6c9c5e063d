package io.earshot.sdk.internal.call;

import io.earshot.sdk.internal.loop.Lazy;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.internal.store.ValueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in a file which servers stumbled over an ACK that names the chosen codec, and on which day. What is older than that many days
 * is forgotten, as servers are mended; what cannot be kept is logged and forgotten.
 */
final class FinalCodecMemory implements AutoCloseable {
    static final int DAYS = 90;
    private static final Logger LOG = LoggerFactory.getLogger(FinalCodecMemory.class);
    private static final String FILE = "final-codecs";
    /** As many as an engine keeps. */
    private static final int MOST = 256;

    private final Optional<Path> file;
    private final SerialExecutor writer;
    private final InstantSource clock;
    private final Lazy<Optional<ValueStore>> store;

    FinalCodecMemory(Optional<Path> folder, Executor workers, InstantSource clock) {
        this.file = folder.map(in -> in.resolve(FILE));
        this.writer = new SerialExecutor(workers);
        this.clock = clock;
        this.store = new Lazy<>(() -> file.flatMap(FinalCodecMemory::open));
    }

    private static Optional<ValueStore> open(Path file) {
        try {
            return Optional.of(ValueStore.open(file));
        } catch (IOException refused) {
            LOG.warn("Which servers want empty ACKs is not remembered: {}", refused.getMessage());
            return Optional.empty();
        }
    }

    private long today() {
        return clock.instant().getEpochSecond() / ChronoUnit.DAYS.getDuration().toSeconds();
    }

    /** Returns the servers, the oldest first. Reads a file, if there is one. */
    List<String> servers() {
        if (file.filter(Files::exists).isEmpty()) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        store.get().ifPresent(known -> known.values().forEach((server, day) -> {
            if (isFresh(day)) {
                out.add(server);
            }
        }));
        return out;
    }

    private boolean isFresh(String day) {
        return day.matches("[0-9]{1,9}") && Math.abs(today() - Long.parseLong(day)) <= DAYS;
    }

    /** Keeps one more, on a worker. */
    void keep(String server) {
        String day = Long.toString(today());
        writer.execute(() -> store.get().ifPresent(known -> put(known, server, day)));
    }

    private void put(ValueStore known, String server, String day) {
        try {
            known.put(server, "");
            known.put(server, day);
            Map<String, String> all = known.values();
            int tooMany = all.size() - MOST;
            for (Map.Entry<String, String> one : all.entrySet()) {
                if (!isFresh(one.getValue()) || tooMany > 0) {
                    known.put(one.getKey(), "");
                    tooMany--;
                }
            }
        } catch (IOException full) {
            LOG.warn("Which servers want empty ACKs is not remembered: {}", full.getMessage());
        }
    }

    /** Closes the file when all is kept; nothing may be kept afterwards. */
    @Override
    public void close() {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        writer.execute(() -> kept.complete(null));
        kept.join();
        store.ifPresent(known -> known.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException late) {
                LOG.info("Closing what remembers servers that want empty ACKs met {}", late.toString());
            }
        }));
    }
}
