package io.earshot.sdk.internal.route;

import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of STUN servers and relays. A name that was found once is used at once from then on, and looked up again now and then; no
 * call waits for a DNS that does not answer longer than it says. Confined to the signalling loop.
 */
final class ServerNames {
    private static final Logger LOG = LoggerFactory.getLogger(ServerNames.class);
    private static final long FRESH = 60 * Ticker.SECOND;
    /** More servers than a program has any use for. */
    private static final int MOST = 256;

    private final EventLoop loop;
    private final Function<String, CompletableFuture<InetAddress>> dns;
    private final Map<String, Entry> found = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Void>> asked = new HashMap<>();

    private record Entry(InetAddress address, long since) { }

    /** A server as it is written: {@code host} or {@code host:port}, an IPv6 address in brackets where a port follows. */
    private record Written(String host, int port) {
        static Written of(String server) {
            int colon = server.lastIndexOf(':');
            boolean port = colon > 0 && server.substring(colon + 1).matches("[0-9]{1,5}") && (server.indexOf(':') == colon
                    || server.charAt(colon - 1) == ']');
            return port ? new Written(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))) : new Written(server, 0);
        }

        /** Tells whether nobody has to be asked for it. */
        boolean isAddress() {
            return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        }
    }

    /** What is known of the servers that were asked for. */
    record Known(Map<String, InetAddress> addresses) {
        /** Returns where a server is, with the usual port where it names none; empty where it is not known, or its port is none. */
        Optional<InetSocketAddress> at(String server, int usual) {
            Written written = Written.of(server);
            return Optional.ofNullable(addresses.get(written.host)).filter(ip -> written.port < 65536)
                    .map(ip -> new InetSocketAddress(ip, written.port == 0 ? usual : written.port));
        }
    }

    ServerNames(EventLoop loop, Function<String, CompletableFuture<InetAddress>> dns) {
        this.loop = loop;
        this.dns = dns;
    }

    /** Returns what asks this machine's own DNS. */
    static Function<String, CompletableFuture<InetAddress>> system(Executor workers) {
        return name -> CompletableFuture.supplyAsync(() -> {
            try {
                return InetAddress.getByName(name);
            } catch (UnknownHostException none) {
                throw new CompletionException(none);
            }
        }, workers);
    }

    /** Finds these, and completes, on the loop, when all are known, or cannot be, or the time is over. */
    CompletableFuture<Known> find(List<String> servers, Duration most) {
        servers.forEach(this::begin);
        Set<String> hosts = servers.stream().map(server -> Written.of(server).host).collect(Collectors.toCollection(HashSet::new));
        CompletableFuture<?>[] open = hosts.stream().filter(host -> !found.containsKey(host)).map(asked::get).filter(Objects::nonNull)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Known> answer = new CompletableFuture<>();
        CompletableFuture.allOf(open).thenRun(() -> answer.complete(known(hosts)));
        if (!answer.isDone()) {
            loop.schedule(most.toNanos(), () -> answer.complete(known(hosts)));
        }
        return answer;
    }

    private Known known(Set<String> hosts) {
        return new Known(hosts.stream().filter(found::containsKey).collect(Collectors.toMap(host -> host, host -> found.get(host)
                .address)));
    }

    /** Asks for the address of a server, unless that is known, or asked for already. */
    void begin(String server) {
        Written written = Written.of(server);
        Entry entry = found.get(written.host);
        if (entry != null && loop.now() - entry.since < FRESH || asked.containsKey(written.host)) {
            return;
        }
        if (written.isAddress()) {
            literal(written.host);
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        asked.put(written.host, done);
        dns.apply(written.host).whenComplete((address, none) -> loop.execute(() -> {
            asked.remove(written.host);
            if (none == null) {
                remember(written.host, address);
            } else {
                LOG.warn("The server {} for ways through NATs cannot be used: {}", server, none.getMessage());
            }
            done.complete(null);
        }));
    }

    private void literal(String host) {
        try {
            remember(host, InetAddress.getByName(host));
        } catch (UnknownHostException wrong) {
            LOG.warn("The server {} for ways through NATs cannot be used: {}", host, wrong.getMessage());
        }
    }

    private void remember(String host, InetAddress address) {
        if (found.size() >= MOST && !found.containsKey(host)) {
            found.remove(found.keySet().iterator().next());
        }
        found.put(host, new Entry(address, loop.now()));
    }
}
