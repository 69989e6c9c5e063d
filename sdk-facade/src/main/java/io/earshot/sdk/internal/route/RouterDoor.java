package io.earshot.sdk.internal.route;

import io.earshot.api.Nat;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.route.MapperOutput;
import io.earshot.rtp.route.PortMapper;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.net.Gateways;
import io.earshot.sdk.internal.net.RouterHttp;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routers of the networks that this machine is in, and the ports that they pass on to us. Confined to the signalling loop. */
public final class RouterDoor {
    private static final Logger LOG = LoggerFactory.getLogger(RouterDoor.class);

    private final EventLoop loop;
    private final Optional<RouteFinderProvider> provider;
    private final Function<InetAddress, Optional<InetAddress>> gateways;
    private final Function<MapperOutput.Http, RouterHttp.Answer> http;
    private final IdSource ids = IdSource.secure();
    private final Map<InetAddress, Router> routers = new HashMap<>();
    /** What is told of an operator's, each sentence once. */
    private Consumer<String> notices = sentence -> { };
    /** Requests to routers that are under way. */
    private final List<CompletableFuture<Void>> asking = new ArrayList<>();
    private boolean closed;

    /** Makes a door through which nobody has gone yet; gateways are looked up, and routers asked by HTTP, on workers. */
    public RouterDoor(EventLoop loop, Optional<RouteFinderProvider> provider) {
        this(loop, provider, Gateways::of, RouterHttp::ask);
    }

    RouterDoor(EventLoop loop, Optional<RouteFinderProvider> provider, Function<InetAddress, Optional<InetAddress>> gateways,
            Function<MapperOutput.Http, RouterHttp.Answer> http) {
        this.loop = loop;
        this.provider = provider;
        this.gateways = gateways;
        this.http = http;
    }

    /** Has sentences that operators should read go there. */
    public void notices(Consumer<String> where) {
        notices = where;
    }

    /** Who hears of one port; on the signalling loop. */
    public interface Taker {
        /** The router passes on what comes to this address, or with none does not, or no longer. Told at each change. */
        void mapped(Optional<InetSocketAddress> external);
    }

    /** One port that somebody wants passed on. */
    public final class Lease {
        private final Router router;
        private final int port;
        private final Taker taker;

        private Lease(Router router, int port, Taker taker) {
            this.router = router;
            this.port = port;
            this.taker = taker;
        }

        /** Gives the port back. Doing so twice is harmless. */
        public void close() {
            router.give(this);
        }
    }

    /** Tells whether a router is to be asked for ports of this address of ours, for peers that are reached by way of that hop. */
    public boolean wanted(Nat nat, InetAddress local, Optional<InetAddress> hop) {
        return nat.near().portMapping() && !nat.relayOnly() && provider.isPresent() && !closed && local instanceof Inet4Address
                && Addresses.isPrivate(local) && !local.isLoopbackAddress() && hop.filter(Addresses::isPrivate).isEmpty();
    }

    /** Asks for a port of ours. */
    public Lease open(InetAddress local, int port, Taker taker) {
        Router router = routers.computeIfAbsent(local, Router::new);
        Lease lease = new Lease(router, port, taker);
        router.take(lease);
        return lease;
    }

    /** Something is odd: the routers are asked whether they still know us. */
    public void check() {
        routers.values().forEach(router -> router.tell(mapper -> mapper.check(loop.now())));
    }

    /** Gives all ports back; completes when the routers have been told, as far as they listen. */
    public CompletableFuture<Void> close() {
        closed = true;
        List.copyOf(routers.values()).forEach(Router::close);
        routers.clear();
        return CompletableFuture.allOf(asking.toArray(CompletableFuture[]::new));
    }

    /** The router of one network. */
    private final class Router {
        private final InetAddress local;
        private final List<Lease> leases = new ArrayList<>();
        private final Map<Integer, InetSocketAddress> known = new HashMap<>();
        private Optional<PortMapper> mapper = Optional.empty();
        private Optional<RouterSocket> socket = Optional.empty();
        private String told = "";
        private long deadline = Ticker.NEVER;
        private boolean over;

        Router(InetAddress local) {
            this.local = local;
            loop.workers().execute(() -> {
                Optional<InetAddress> gateway = gateways.apply(local);
                loop.execute(() -> begin(gateway));
            });
        }

        private void begin(Optional<InetAddress> gateway) {
            if (over) {
                return;
            }
            try {
                socket = Optional.of(RouterSocket.open(local, loop, this::received));
            } catch (java.io.IOException gone) {
                LOG.info("The router of {} is not asked for ports: {}", local.getHostAddress(), gone.getMessage());
                leases.forEach(lease -> lease.taker.mapped(Optional.empty()));
                return;
            }
            mapper = provider.flatMap(one -> one.ports(local, gateway, ids));
            List.copyOf(leases).forEach(lease -> tell(one -> one.map(lease.port, loop.now())));
        }

        void take(Lease lease) {
            leases.add(lease);
            InetSocketAddress external = known.get(lease.port);
            if (external != null) {
                lease.taker.mapped(Optional.of(external));
            } else {
                tell(one -> one.map(lease.port, loop.now()));
            }
        }

        void give(Lease lease) {
            if (leases.remove(lease) && leases.stream().noneMatch(other -> other.port == lease.port)) {
                known.remove(lease.port);
                tell(one -> one.unmap(lease.port, loop.now()));
            }
        }

        private void received(InetSocketAddress source, byte[] data) {
            tell(one -> one.received(source, data, loop.now()));
        }

        void tell(Consumer<PortMapper> what) {
            mapper.ifPresent(one -> {
                what.accept(one);
                drain(one);
            });
        }

        private void drain(PortMapper one) {
            MapperOutput next = one.poll();
            for (; !(next instanceof MapperOutput.Wait); next = one.poll()) {
                perform(next);
            }
            wake(((MapperOutput.Wait) next).deadline());
        }

        private void wake(long at) {
            if (at != deadline && at != Ticker.NEVER && !over) {
                deadline = at;
                loop.schedule(Math.max(0, at - loop.now()), () -> {
                    // Others that were planned before may come too early, or late; that is harmless.
                    deadline = deadline == at ? Ticker.NEVER : deadline;
                    if (!over) {
                        tell(mapper -> mapper.onTime(loop.now()));
                    }
                });
            }
        }

        private void perform(MapperOutput next) {
            if (next instanceof MapperOutput.Transmit transmit) {
                socket.ifPresent(one -> one.send(transmit.to(), transmit.data()));
            } else if (next instanceof MapperOutput.Http request) {
                ask(request);
            } else if (next instanceof MapperOutput.Mapped mapped) {
                LOG.info("The router passes on {} to port {} ({})", mapped.external(), mapped.port(), mapped.protocol());
                told = "";
                known.put(mapped.port(), mapped.external());
                news(mapped.port(), Optional.of(mapped.external()));
            } else if (next instanceof MapperOutput.Unmapped refused) {
                unmapped(refused);
            }
        }

        private void unmapped(MapperOutput.Unmapped refused) {
            boolean lost = known.remove(refused.port()) != null;
            String about = refused.reason().replaceAll("port \\d+", "a port");
            if (!about.equals(told)) {
                told = about;
                LOG.info("The router of {} passes on nothing to port {}: {}", local.getHostAddress(), refused.port(), refused.reason());
                if (lost || refused.reason().contains("refused")) {
                    notices.accept("The router no longer passes on to us, or refuses to: " + refused.reason() + ".");
                }
            }
            news(refused.port(), Optional.empty());
        }

        private void news(int port, Optional<InetSocketAddress> external) {
            leases.stream().filter(lease -> lease.port == port).toList().forEach(lease -> lease.taker.mapped(external));
        }

        private void ask(MapperOutput.Http request) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            asking.add(done);
            loop.workers().execute(() -> {
                RouterHttp.Answer answer = http.apply(request);
                done.complete(null);
                loop.execute(() -> {
                    asking.remove(done);
                    tell(one -> one.answered(request.request(), answer.status(), answer.body(), loop.now()));
                });
            });
        }

        void close() {
            tell(one -> one.close(loop.now()));
            over = true;
            socket.ifPresent(RouterSocket::close);
        }
    }
}
