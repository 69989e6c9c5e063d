package io.earshot.dns;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;

/** The one daemon thread of a resolver, started by its first question, ended by {@link #close()}. It never waits but for its sockets. */
final class DnsLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsLoop.class);
    private static final long PREFERENCE = 60 * Ticker.SECOND;
    private static final int SHARE_OF_ONE_SERVER = 5; // of the whole time: two servers in two rounds of 1 and 2 shares, and some

    private final Ticker ticker = Ticker.system();
    private final DnsLimits limits;
    private final long timeout;
    private final Selector selector;
    private final Lookup.Shared shared;
    private final Queue<Lookup> asked = new ConcurrentLinkedQueue<>();
    private final List<Lookup> lookups = new ArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private InetSocketAddress preferred; // confined to the thread: who answered last, for when the first on the list is dead
    private long preferredUntil;

    DnsLoop(DnsConfig config, DnsLimits limits) {
        this.limits = limits;
        this.timeout = config.timeout().toNanos();
        try {
            selector = Selector.open();
        } catch (IOException none) {
            throw new UncheckedIOException("cannot open a selector for DNS: " + none.getMessage(), none);
        }
        shared = new Lookup.Shared(selector, limits, IdSource.secure(), timeout / SHARE_OF_ONE_SERVER, this::answered);
    }

    /** Callable from any thread. */
    void ask(Name name, int type, List<InetSocketAddress> servers, CompletableFuture<DnsAnswer> result) {
        List<InetSocketAddress> some = servers.subList(0, Math.min(servers.size(), limits.servers()));
        asked.add(new Lookup(shared, name, type, new ArrayList<>(some), ticker.now() + timeout, result));
        if (closed.get()) {
            result.complete(closing());
            return;
        }
        if (started.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, "earshot-dns");
            thread.setDaemon(true);
            thread.start();
        }
        selector.wakeup();
    }

    private static DnsAnswer closing() {
        return new DnsAnswer.Failed("the resolver is closed");
    }

    private void run() {
        try {
            while (!closed.get()) {
                try {
                    turn();
                } catch (IOException | RuntimeException defect) {
                    LOG.warn("A turn of the DNS loop failed", defect);
                }
            }
        } finally {
            release();
        }
    }

    private void turn() throws IOException {
        long deadline = lookups.stream().mapToLong(Lookup::deadline).min().orElse(Ticker.NEVER);
        if (deadline == Ticker.NEVER) {
            selector.select();
        } else {
            selector.select(Math.max(1, (deadline - ticker.now() + Ticker.MILLISECOND - 1) / Ticker.MILLISECOND));
        }
        long now = ticker.now();
        for (Lookup next = asked.poll(); next != null; next = asked.poll()) {
            Lookup fresh = next;
            lookups.add(fresh);
            guarded(fresh, () -> fresh.start(now, preferred(now)));
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof Exchange exchange) {
                guarded(exchange.lookup, () -> exchange.lookup.onReady(exchange, key, now));
            }
        }
        selector.selectedKeys().clear();
        for (Lookup lookup : lookups) {
            guarded(lookup, () -> lookup.onTime(now));
        }
        lookups.removeIf(Lookup::isOver);
    }

    /** A defect met with one question must not cost the others theirs. */
    private static void guarded(Lookup lookup, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException defect) {
            LOG.warn("A DNS look-up failed unexpectedly", defect);
            lookup.finish(new DnsAnswer.Failed("the look-up failed: " + defect));
        }
    }

    private Optional<InetSocketAddress> preferred(long now) {
        return now < preferredUntil ? Optional.ofNullable(preferred) : Optional.empty();
    }

    private void answered(InetSocketAddress server) {
        if (!server.equals(preferred) || ticker.now() >= preferredUntil) {
            preferred = server;
            preferredUntil = ticker.now() + PREFERENCE; // then the first on the list gets its chance again
        }
    }

    private void release() {
        for (Lookup next = asked.poll(); next != null; next = asked.poll()) {
            lookups.add(next);
        }
        lookups.forEach(lookup -> lookup.finish(closing()));
        closeSelector();
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException gone) {
            LOG.debug("The selector did not close well: {}", gone.getMessage());
        }
    }

    /** Ends the thread soon, without waiting for it. Doing so twice is harmless. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (started.compareAndSet(false, true)) {
                release(); // there is no thread, and will not be one
            } else {
                selector.wakeup();
            }
        }
    }
}
