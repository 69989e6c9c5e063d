package io.earshot.sip.ua;

import io.earshot.api.WebSockets;
import io.earshot.api.WebSockets.ViaTransport;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.Target;
import io.earshot.sip.transaction.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an account with WebSocket servers reaches the world: everything goes over one of them, the heaviest that works, and comes back over
 * the same connection, as nobody can connect to a client of RFC 7118. That is why its name in Via and Contact leads nowhere (§5).
 */
final class WebSocketWay {
    private static final int NAME_BITS = 60;
    private static final int TEST_NET = 254;
    private static final int MOST_DOUBLINGS = 16;

    private final Context context;
    private final WebSockets settings;
    private final String name;
    private Optional<Target> current = Optional.empty();
    private int attempts;

    WebSocketWay(Context context, WebSockets settings) {
        this.context = context;
        this.settings = settings;
        // An address of documentation (RFC 5737) stands for no machine either.
        this.name = settings.isEmpty() ? "" : settings.addressInContact() ? "192.0.2." + context.between(1, TEST_NET)
            : context.ids.token(NAME_BITS) + ".invalid";
    }

    boolean isUsed() {
        return !settings.isEmpty();
    }

    // ---- the servers

    /** Looks for the servers, as {@link Context#find} does for a URI. */
    void find(Context.Finder finder, long now) {
        Hunt hunt = new Hunt(finder, settings.servers().size());
        for (int i = 0; i < settings.servers().size(); i++) {
            WebSockets.Server server = settings.servers().get(i);
            String host = server.uri().getHost();
            SipUri uri = SipUri.ofHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host).withPort(server.port())
                .withParameter("transport", server.isSecure() ? "wss" : "ws");
            context.find(uri, hunt.part(i, server), now);
        }
    }

    /** The searches for all servers, put together in the order of the servers. */
    private final class Hunt {
        private final Context.Finder finder;
        private final List<List<Target>> found = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private int open;

        private Hunt(Context.Finder finder, int servers) {
            this.finder = finder;
            this.open = servers;
            for (int i = 0; i < servers; i++) {
                found.add(List.of());
            }
        }

        private Context.Finder part(int index, WebSockets.Server server) {
            return new Context.Finder() {
                @Override
                public void found(List<Target> targets, long now) {
                    found.set(index, targets.stream()
                        .map(target -> new Target(target.protocol(), target.address(), server.uri().toString())).toList());
                    settle(now);
                }

                @Override
                public void notFound(String reason, long now) {
                    reasons.add(reason);
                    settle(now);
                }
            };
        }

        private void settle(long now) {
            open--;
            if (open > 0) {
                return;
            }
            List<Target> targets = new ArrayList<>(found.stream().flatMap(List::stream).distinct().toList());
            current.filter(targets::remove).ifPresent(used -> targets.add(0, used)); // calls are where the connection is
            if (targets.isEmpty()) {
                finder.notFound(reasons.get(0), now);
            } else {
                finder.found(targets, now);
            }
        }
    }

    /** Takes note of the server that has our registration. */
    void use(Hop hop) {
        if (isOver(hop)) {
            attempts = 0;
            current = Optional.of(new Target(hop.protocol(), hop.peer(), hop.host()));
        }
    }

    /** The connection is lost: the heaviest server that works is the right one again. */
    void lost() {
        current = Optional.empty();
    }

    /** Returns how long to wait before the next attempt to connect, in ns: ever longer, by chance, within what is set. */
    long pause() {
        long upper = Ticker.SECOND << Math.min(MOST_DOUBLINGS, attempts++);
        return Math.max(settings.shortestRecovery().toNanos(), Math.min(settings.longestRecovery().toNanos(),
            context.between(0, upper) + Ticker.SECOND));
    }

    // ---- who we are there

    private boolean isOver(Hop hop) {
        return isUsed() && WebSockets.isAddress(hop.host());
    }

    /** Tells whether what comes over this flow comes from one of the servers. */
    boolean isAt(Flow flow) {
        return isUsed() && current.filter(used -> used.protocol().equals(flow.protocol()) && used.address().equals(flow.remote()))
            .isPresent();
    }

    /** Returns a hop to one of the servers with the sent-by of Via that it needs; any other as it is. */
    Hop dress(Hop hop) {
        if (!isOver(hop)) {
            return hop;
        }
        String via = settings.via() == ViaTransport.TCP ? "TCP" : settings.via() == ViaTransport.WS ? "WS" : hop.protocol();
        return new Hop(hop.protocol(), hop.reliable(), hop.peer(), hop.host(), hop.flow(), name, -1, via);
    }

    /** Returns our Contact for requests over this hop; empty if that is not for us to say. */
    Optional<SipUri> contact(String user, Hop hop) {
        return isOver(hop) ? Optional.of(contact(user)) : Optional.empty();
    }

    /** Returns our Contact for answers over this flow; empty if that is not for us to say. */
    Optional<SipUri> contact(String user, Flow flow) {
        return isAt(flow) ? Optional.of(contact(user)) : Optional.empty();
    }

    private SipUri contact(String user) {
        if (settings.contact().isPresent() && Uri.parse(settings.contact().get()) instanceof SipUri own) {
            return own;
        }
        SipUri bare = user.isEmpty() ? SipUri.ofHost(name) : SipUri.of(user, name);
        return bare.withParameter("transport", "ws");
    }

    /** Puts the server into the Route of a request that begins something, if that is wanted and nothing else is there. */
    void route(RequestBuilder request, boolean inDialog, Hop hop) {
        if (!isOver(hop) || !settings.preloadedRoute() || inDialog) {
            return;
        }
        settings.servers().stream().filter(server -> server.uri().toString().equals(hop.host())).findFirst().ifPresent(server -> {
            SipUri host = SipUri.ofHost(server.uri().getHost());
            SipUri uri = server.uri().getPort() < 0 ? host : host.withPort(server.uri().getPort());
            request.set(HeaderName.ROUTE, NameAddr.of(uri.withParameter("lr").withParameter("transport", "ws")));
        });
    }
}
