package io.earshot.sdk.internal.route;

import io.earshot.api.Failure;
import io.earshot.api.Nat;
import io.earshot.api.Nat.PublicAddress;
import io.earshot.api.NatKind;
import io.earshot.api.NatReport;
import io.earshot.api.VoipException;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.route.NatProbe;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.sdk.internal.loop.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks what kind of NAT stands in front of this machine, and remembers it. Confined to the signalling loop, but for {@link #ask}. */
public final class NatDesk {
    private static final Logger LOG = LoggerFactory.getLogger(NatDesk.class);
    private static final Duration BUDGET = Duration.ofSeconds(3);
    /** How long the names of servers are waited for: nobody waits for us. */
    private static final Duration NAMES = Duration.ofSeconds(30);
    /** More servers than a program has any use for. */
    private static final int MOST = 64;

    private final EventLoop loop;
    private final Optional<RouteFinderProvider> provider;
    private final RouteDesk routes;
    private final IdSource ids = IdSource.secure();
    /** How many networks there were before; read by any thread. */
    private final AtomicInteger networks = new AtomicInteger();
    private final Map<Key, CompletableFuture<NatReport>> known = new HashMap<>();

    private record Key(InetAddress local, List<String> servers) { }

    /** Makes a desk that knows nothing. */
    public NatDesk(EventLoop loop, Optional<RouteFinderProvider> provider, RouteDesk routes) {
        this.loop = loop;
        this.routes = routes;
        this.provider = provider;
    }

    /** Asks from the address of ours that a server is reached from; from any thread. */
    public CompletableFuture<NatReport> ask(Nat nat, Function<InetSocketAddress, InetAddress> local) {
        if (provider.isEmpty()) {
            return CompletableFuture.failedFuture(new VoipException(new Failure.LocalResource(
                    "The kind of NAT cannot be asked for: the module io.earshot:media-ice is not there.")));
        }
        if (nat.stunServers().isEmpty()) {
            return CompletableFuture.failedFuture(new VoipException(new Failure.BadArgument(
                    "The kind of NAT cannot be asked for: there is no STUN server; name one with withStunServers(host).")));
        }
        CompletableFuture<NatReport> report = new CompletableFuture<>();
        int asked = networks.get();
        report.thenAccept(found -> {
            if (asked == networks.get()) {
                known.put(new Key(found.local().getAddress(), nat.stunServers()), report);
            }
        });
        routes.stun(nat, NAMES).thenAccept(servers -> loop.execute(() ->
                begin(servers, servers.isEmpty() ? InetAddress.getLoopbackAddress() : local.apply(servers.get(0)), report)));
        return report;
    }

    private void begin(List<InetSocketAddress> servers, InetAddress local, CompletableFuture<NatReport> report) {
        try {
            new Round(servers, local, report).turn();
        } catch (IOException none) {
            report.completeExceptionally(new VoipException(new Failure.LocalResource("The kind of NAT cannot be asked for: "
                    + none.getMessage() + "."), none));
        }
    }

    /** Has the kind of NAT found out, if the calls or the registration of this account go by it, or tell it. Empty where it cannot. */
    public Optional<CompletableFuture<NatReport>> look(Nat nat, boolean registration, InetAddress local) {
        Key key = new Key(local, nat.stunServers());
        boolean goesByIt = registration || nat.near().kindTold() || nat.publicAddress() == PublicAddress.WHERE_PORTS_ARE_KEPT
                || nat.publicAddress() == PublicAddress.UNLESS_SYMMETRIC;
        if (goesByIt && !nat.stunServers().isEmpty() && provider.isPresent() && !known.containsKey(key) && known.size() < MOST) {
            CompletableFuture<NatReport> asked = ask(nat, server -> local);
            known.put(key, asked);
            asked.thenAccept(report -> LOG.info("The NAT is {}, {} is seen at {}", report.kind(), report.local(), report.seenAt()));
        }
        return Optional.ofNullable(known.get(key));
    }

    /** Returns what was found out by now. */
    public Optional<NatReport> report(Nat nat, InetAddress local) {
        return Optional.ofNullable(known.get(new Key(local, nat.stunServers())))
                .filter(asked -> asked.isDone() && !asked.isCompletedExceptionally()).map(CompletableFuture::join);
    }

    /** The network is another one: what was known of its router may be wrong. */
    public void forget() {
        networks.incrementAndGet();
        known.clear();
    }

    /** Tells whether what servers see goes into the SDP of this account's calls, as far as the kind of NAT matters and is known. */
    public boolean allows(Nat nat, InetAddress local) {
        Optional<NatReport> report = report(nat, local);
        return switch (nat.publicAddress()) {
            case WHERE_PORTS_ARE_KEPT -> report.filter(one -> one.stable() && one.tests() > 1 && one.portKept()).isPresent();
            case UNLESS_SYMMETRIC -> report.filter(one -> one.kind() == NatKind.SYMMETRIC).isEmpty();
            default -> true;
        };
    }

    /** One round of questions, from a port of its own. */
    private final class Round {
        private final RouterSocket socket;
        private final NatProbe probe;
        private final CompletableFuture<NatReport> report;

        Round(List<InetSocketAddress> servers, InetAddress local, CompletableFuture<NatReport> report) throws IOException {
            this.report = report;
            socket = RouterSocket.open(local, loop, this::received);
            probe = provider.flatMap(one -> one.probe(socket.localAddress(), servers, BUDGET, ids, loop.now())).orElseThrow();
        }

        private void received(InetSocketAddress source, byte[] data) {
            probe.received(source, data, loop.now());
            turn();
        }

        void turn() {
            for (NatProbe.Output next = probe.poll();; next = probe.poll()) {
                if (next instanceof NatProbe.Output.Transmit transmit) {
                    socket.send(transmit.to(), transmit.data());
                } else if (next instanceof NatProbe.Output.Done done) {
                    report.complete(new NatReport(NatKind.valueOf(done.kind()), socket.localAddress(), done.mapped(), done.stable(),
                            done.tests()));
                } else {
                    sleep(((NatProbe.Output.Wait) next).deadline());
                    return;
                }
            }
        }

        private void sleep(long deadline) {
            if (report.isDone() || deadline == Ticker.NEVER) {
                socket.close();
            } else {
                loop.schedule(deadline - loop.now(), () -> {
                    if (!report.isDone()) {
                        probe.onTime(loop.now());
                        turn();
                    }
                });
            }
        }
    }
}
