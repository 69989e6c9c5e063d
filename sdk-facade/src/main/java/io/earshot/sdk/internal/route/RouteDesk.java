package io.earshot.sdk.internal.route;

import io.earshot.api.Nat;
import io.earshot.api.Nat.Ice;
import io.earshot.api.Nat.PublicAddress;
import io.earshot.api.id.IdSource;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.path.HostAddresses;
import io.earshot.sdk.internal.media.path.RelayDialer;
import io.earshot.sdk.internal.media.path.RouteSearch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a phone finds ways through NATs with: the plug-in, if it is there. Confined to the signalling loop, but for what says otherwise. */
public final class RouteDesk {
    private static final int STUN_PORT = 3478;
    private static final int TURNS_PORT = 5349;
    /** How long names are waited for that nobody has looked up before, where nothing else is waited for. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private final Optional<RouteFinderProvider> provider;
    private final EventLoop loop;
    private final ServerNames names;
    private final RelayDialer dialer;
    private final boolean several;
    private final IdSource ids = IdSource.secure();
    private final TrickleMemory memory = new TrickleMemory();

    /**
     * Makes the desk of one phone.
     *
     * @param loop the signalling loop
     * @param several whether its calls may be at several addresses: not where the user has one told instead of ours
     */
    public RouteDesk(Optional<RouteFinderProvider> provider, EventLoop loop, RelayDialer dialer, boolean several) {
        this(provider, loop, new ServerNames(loop, ServerNames.system(loop.workers())), dialer, several);
    }

    RouteDesk(Optional<RouteFinderProvider> provider, EventLoop loop, ServerNames names, RelayDialer dialer, boolean several) {
        this.dialer = dialer;
        this.several = several;
        this.provider = provider;
        this.loop = loop;
        this.names = names;
    }

    /** Looks the names of an account's servers up, so that its first call need not wait for the DNS. */
    public void prepare(Nat nat) {
        if (provider.isPresent()) {
            servers(nat).forEach(names::begin);
        }
    }

    /** Tells whether candidates come and go one by one with these settings, where the peer does so. */
    public boolean trickles(Nat nat) {
        return provider.isPresent() && nat.ice() != Ice.NEVER && nat.trickle() != Nat.Trickle.NEVER;
    }

    /** Returns which peers are known to take candidates one by one; confined to the signalling loop. */
    public TrickleMemory trickling() {
        return memory;
    }

    /** Tells whether ways are looked for in a call that we place, or that comes in with this said of the peer's. */
    public boolean seeks(Nat nat, boolean offering, boolean peerDoes) {
        return provider.isPresent() && (offering ? nat.ice() == Ice.OFFERED : nat.ice() != Ice.NEVER && peerDoes);
    }

    /** Tells whether a call without ICE takes a relay, whose address it names. */
    public boolean relays(Nat nat) {
        return provider.isPresent() && nat.relayOnly() && !nat.relays().isEmpty();
    }

    /** Tells whether a call without ICE is to name the address at which servers see us; the signalling goes by way of that hop. */
    public boolean learns(Nat nat, Optional<InetAddress> hop) {
        boolean wanted = nat.publicAddress() == PublicAddress.ALWAYS
                || nat.publicAddress() != PublicAddress.NEVER && hop.filter(Addresses::isPrivate).isEmpty();
        return wanted && provider.isPresent() && !nat.relayOnly() && !nat.stunServers().isEmpty();
    }

    /** Makes what asks the servers how they see us, as soon as their names are known; relays are left alone. */
    public CompletableFuture<RouteSearch> ask(Nat nat) {
        return open(new Nat(nat.ice(), nat.stunServers(), List.of(), false, nat.gathering(), nat.publicAddress(),
                Nat.Trickle.NEVER, nat.near().withOtherAddresses(false)), true);
    }

    /** Returns the addresses of this machine that a call with these settings may be at besides that of its SDP. */
    public CompletableFuture<List<InetAddress>> addresses(Nat nat) {
        return provider.isEmpty() || !atOthers(nat) ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(HostAddresses::ofThisMachine, loop.workers());
    }

    private boolean atOthers(Nat nat) {
        return several && nat.near().otherAddresses() && !nat.relayOnly();
    }

    /**
     * Makes the finder of one call, as soon as the names of its servers are known, or half of the account's budget is used up by looking
     * for them: what is not known by then is left out of this call. What is left of the budget is the servers'.
     */
    public CompletableFuture<RouteSearch> open(Nat nat, boolean controlling) {
        long began = loop.now();
        Duration half = nat.gathering().dividedBy(2);
        return names.find(servers(nat), half.compareTo(LEAST) < 0 ? LEAST : half).thenApplyAsync(known -> {
            Duration left = nat.gathering().minusNanos(loop.now() - began);
            RouteConfig config = new RouteConfig(
                    nat.stunServers().stream().map(server -> known.at(server, STUN_PORT)).flatMap(Optional::stream).toList(),
                    nat.relays().stream().map(relay -> relay(relay, known)).flatMap(Optional::stream).toList(),
                    nat.relayOnly(), left.isNegative() ? Duration.ZERO : left);
            return new RouteSearch(provider.orElseThrow().open(config, controlling, ids), dialer,
                    atOthers(nat) ? HostAddresses.ofThisMachine() : List.of());
        }, loop.workers());
    }

    private static List<String> servers(Nat nat) {
        return Stream.concat(nat.stunServers().stream(), nat.relays().stream().map(Nat.Relay::server)).toList();
    }

    private static Optional<RouteConfig.Relay> relay(Nat.Relay from, ServerNames.Known known) {
        return known.at(from.server(), from.transport() == Nat.Relay.Transport.TLS ? TURNS_PORT : STUN_PORT).map(server ->
                new RouteConfig.Relay(server, from.user(), from.password(), RouteConfig.Relay.Transport.valueOf(from.transport().name())));
    }

    /** Finds the addresses of an account's STUN servers. From any thread. */
    CompletableFuture<List<InetSocketAddress>> stun(Nat nat, Duration most) {
        return loop.submit(() -> names.find(nat.stunServers(), most)).thenCompose(Function.identity()).thenApply(known ->
                nat.stunServers().stream().map(server -> known.at(server, STUN_PORT)).flatMap(Optional::stream).toList());
    }

    /** Tells whether an attribute of SDP is one of ICE's. */
    static boolean isRoute(String name) {
        return List.of("candidate", "ice-ufrag", "ice-pwd", "ice-options", "ice-lite", "remote-candidates", "end-of-candidates")
                .contains(name);
    }
}
