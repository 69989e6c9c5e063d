package io.earshot.dns;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * What the operating system knows: its DNS servers, its hosts file, and names that DNS has not. Everything here may block, so it happens
 * on at most two daemon threads that end when idle.
 */
final class SystemNames implements AutoCloseable {
    private static final long TTL_SECONDS = 30; // nobody tells how long such an answer holds
    private static final long LOOK_AGAIN = 10 * Ticker.SECOND; // the machine may have joined another network
    private static final int THREADS = 2;
    private static final int QUEUE = 512;

    private record Servers(List<InetSocketAddress> list, long until) { }

    private final Ticker ticker = Ticker.system();
    private final ThreadPoolExecutor workers;
    private final Optional<HostsFileParser> hosts;
    private final ConcurrentLinkedQueue<Servers> known = new ConcurrentLinkedQueue<>(); // one entry at most matters: the newest

    SystemNames() {
        workers = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
            Thread thread = new Thread(task, "earshot-dns-system");
            thread.setDaemon(true);
            return thread;
        });
        workers.allowCoreThreadTimeOut(true);
        hosts = hostsFile();
    }

    private static Optional<HostsFileParser> hostsFile() {
        try {
            return Optional.of(new HostsFileParser());
        } catch (RuntimeException none) {
            return Optional.empty();
        }
    }

    /** Answers from the hosts file, or as the system does for a name that is not for DNS; else leaves it to {@code dns}. */
    void look(Name name, RecordType type, CompletableFuture<DnsAnswer> result, Runnable dns) {
        run(result, () -> {
            Optional<DnsAnswer> listed = listed(name, type);
            if (listed.isPresent()) {
                result.complete(listed.get());
            } else if (isLocal(name)) {
                result.complete(system(name, type));
            } else {
                dns.run();
            }
        });
    }

    /** Finds the servers to ask, as the system has them now or had a moment ago. */
    void servers(CompletableFuture<DnsAnswer> result, Consumer<List<InetSocketAddress>> then) {
        Servers recent = known.peek();
        if (recent != null && ticker.now() < recent.until()) {
            then.accept(recent.list());
            return;
        }
        run(result, () -> {
            List<InetSocketAddress> found = SystemServers.find();
            known.add(new Servers(found, ticker.now() + LOOK_AGAIN));
            while (known.size() > 1) {
                known.poll();
            }
            then.accept(found);
        });
    }

    void askSystem(Name name, RecordType type, CompletableFuture<DnsAnswer> result) {
        run(result, () -> result.complete(system(name, type)));
    }

    private void run(CompletableFuture<DnsAnswer> result, Runnable task) {
        try {
            workers.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | LinkageError defect) {
                    result.complete(new DnsAnswer.Failed("The look-up failed: " + defect));
                }
            });
        } catch (RejectedExecutionException full) {
            result.complete(new DnsAnswer.Failed(workers.isShutdown() ? "The resolver is closed"
                    : "Too many DNS questions are under way (" + QUEUE + ")"));
        }
    }

    private Optional<DnsAnswer> listed(Name name, RecordType type) {
        try {
            if (hosts.isEmpty()) {
                return Optional.empty();
            }
            Optional<InetAddress> own = hosts.get().getAddressForHost(name, DnsJavaResolver.number(type));
            if (own.isPresent()) {
                return Optional.of(found(List.of(own.get())));
            }
            int other = type == RecordType.A ? Type.AAAA : Type.A; // a name listed with one family only has none of the other
            return hosts.get().getAddressForHost(name, other).map(elsewhere -> found(List.of()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Names without a dot, {@code localhost} (RFC 6761 §6.3) and multicast DNS (RFC 6762 §3): DNS servers know none of them. */
    static boolean isLocal(Name name) {
        String last = name.getLabelString(Math.max(0, name.labels() - 2)).toLowerCase(Locale.ROOT);
        return name.labels() <= 2 || last.equals("localhost") || last.equals("local");
    }

    private static DnsAnswer system(Name name, RecordType type) {
        try {
            List<InetAddress> addresses = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(name.toString(true))) {
                if (address instanceof Inet4Address == (type == RecordType.A)) {
                    addresses.add(address);
                }
            }
            return found(addresses);
        } catch (UnknownHostException none) {
            return new DnsAnswer.NoSuchName();
        }
    }

    private static DnsAnswer found(List<InetAddress> addresses) {
        return new DnsAnswer.Found(addresses.stream().<DnsAnswer.DnsRecord>map(one -> new DnsAnswer.Address(Reply.nameless(one))).toList(),
                TTL_SECONDS);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
