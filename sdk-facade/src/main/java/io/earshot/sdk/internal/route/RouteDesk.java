package io.earshot.sdk.internal.route;

import io.earshot.api.Nat;
import io.earshot.api.Nat.Ice;
import io.earshot.api.Nat.PublicAddress;
import io.earshot.api.id.IdSource;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.sdk.internal.media.path.HostAddresses;
import io.earshot.sdk.internal.media.path.RelayDialer;
import io.earshot.sdk.internal.media.path.RouteSearch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a phone finds ways through NATs with: the plug-in, if it is there. */
public final class RouteDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RouteDesk.class);
    private static final int STUN_PORT = 3478;
    private static final int TURNS_PORT = 5349;

    private final Optional<RouteFinderProvider> provider;
    private final Executor workers;
    private final RelayDialer dialer;
    private final boolean several;
    private final IdSource ids = IdSource.secure();
    private final TrickleMemory memory = new TrickleMemory();

    /**
     * Makes the desk of one phone; names of servers are looked up on workers.
     *
     * @param several whether its calls may be at several addresses: not where the user has one told instead of ours
     */
    public RouteDesk(Optional<RouteFinderProvider> provider, Executor workers, RelayDialer dialer, boolean several) {
        this.dialer = dialer;
        this.several = several;
        this.provider = provider;
        this.workers = workers;
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
                || nat.publicAddress() != PublicAddress.NEVER && hop.filter(RouteDesk::isPrivate).isEmpty();
        return wanted && provider.isPresent() && !nat.relayOnly() && !nat.stunServers().isEmpty();
    }

    /** Of this machine, its link, or a private network (RFC 1918, RFC 4193). */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length > 4 && (bytes[0] & 0xFE) == 0xFC;
        return address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress() || uniqueLocal;
    }

    /** Makes what asks the servers how they see us, as soon as their names are known; relays are left alone. */
    public CompletableFuture<RouteSearch> ask(Nat nat) {
        return open(new Nat(nat.ice(), nat.stunServers(), List.of(), false, nat.gathering(), nat.publicAddress(),
                Nat.Trickle.NEVER, nat.near().withOtherAddresses(false)), true);
    }

    /** Returns the STUN servers of an account whose names can be found; blocks. */
    static List<InetSocketAddress> stun(Nat nat) {
        return nat.stunServers().stream().map(server -> address(server, STUN_PORT)).flatMap(Optional::stream).toList();
    }

    /** Returns the addresses of this machine that a call with these settings may be at besides that of its SDP. */
    public CompletableFuture<List<InetAddress>> addresses(Nat nat) {
        return provider.isEmpty() || !atOthers(nat) ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(HostAddresses::ofThisMachine, workers);
    }

    private boolean atOthers(Nat nat) {
        return several && nat.near().otherAddresses() && !nat.relayOnly();
    }

    /** Makes the finder of one call, as soon as the names of its servers are known. */
    public CompletableFuture<RouteSearch> open(Nat nat, boolean controlling) {
        return CompletableFuture.supplyAsync(() -> new RouteSearch(provider.orElseThrow().open(new RouteConfig(
                stun(nat),
                nat.relays().stream().map(RouteDesk::relay).flatMap(Optional::stream).toList(),
                nat.relayOnly(), nat.gathering()), controlling, ids), dialer,
                atOthers(nat) ? HostAddresses.ofThisMachine() : List.of()), workers);
    }

    private static Optional<RouteConfig.Relay> relay(Nat.Relay from) {
        return address(from.server(), from.transport() == Nat.Relay.Transport.TLS ? TURNS_PORT : STUN_PORT).map(server ->
                new RouteConfig.Relay(server, from.user(), from.password(), RouteConfig.Relay.Transport.valueOf(from.transport().name())));
    }

    /** One that cannot be found is told of and left out: the call goes on without it. */
    private static Optional<InetSocketAddress> address(String server, int usual) {
        int colon = server.lastIndexOf(':');
        boolean port = colon > 0 && server.substring(colon + 1).matches("[0-9]{1,5}") && (server.indexOf(':') == colon
                || server.charAt(colon - 1) == ']');
        try {
            InetAddress ip = InetAddress.getByName(port ? server.substring(0, colon) : server);
            return Optional.of(new InetSocketAddress(ip, port ? Integer.parseInt(server.substring(colon + 1)) : usual));
        } catch (UnknownHostException | IllegalArgumentException none) {
            LOG.warn("The server {} for ways through NATs cannot be used: {}", server, none.getMessage());
            return Optional.empty();
        }
    }

    /** Tells whether an attribute of SDP is one of ICE's. */
    static boolean isRoute(String name) {
        return List.of("candidate", "ice-ufrag", "ice-pwd", "ice-options", "ice-lite", "remote-candidates", "end-of-candidates")
                .contains(name);
    }
}
