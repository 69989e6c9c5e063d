package io.earshot.ice.agent;

import io.earshot.ice.sdp.IceSdp;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteOutput;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An agent as the phone sees it. */
final class IceRoute implements RouteFinder {
    private static final int SOUND = 1;
    private static final int REPORTS = 2;

    private final IceAgent agent;
    private final boolean relayOnly;
    private Sockets sockets = new Sockets(List.of(), List.of());
    /** Whether the owner was told to go on: what is found from then on is late. */
    private boolean gathered;
    private boolean complete;

    /** Makes one; {@code relayOnly} tells whether nothing may leave but by relays. */
    IceRoute(IceAgent agent, boolean relayOnly) {
        this.agent = agent;
        this.relayOnly = relayOnly;
    }

    @Override
    public void gather(Sockets from, long now) {
        gathered = false;
        agent.gather(use(from), now);
    }

    private List<LocalAddress> use(Sockets from) {
        sockets = from;
        return Stream.concat(from.rtp().stream().map(address -> new LocalAddress(SOUND, address)),
            from.rtcp().stream().map(address -> new LocalAddress(REPORTS, address))).toList();
    }

    @Override
    public List<String> attributes() {
        return IceSdp.format(agent.local());
    }

    @Override
    public Optional<InetSocketAddress> defaultAddress() {
        return defaultFor(SOUND);
    }

    @Override
    public Optional<InetSocketAddress> defaultReports() {
        return defaultFor(REPORTS);
    }

    private Optional<InetSocketAddress> defaultFor(int component) {
        IceDescription all = agent.local();
        List<Candidate> ofFirst = all.candidates().stream().filter(each -> !isOther(each.address())
            && each.related().filter(this::isOther).isEmpty()).toList();
        return new IceDescription(all.credentials(), all.lite(), all.options(), ofFirst, all.complete(), all.remotes())
            .defaultFor(component).map(Candidate::address);
    }

    private boolean isOther(InetSocketAddress address) {
        return sockets.rtp().indexOf(address) > 0 || sockets.rtcp().indexOf(address) > 0;
    }

    @Override
    public Optional<Boolean> remote(List<String> attributes, Sockets from, long now) {
        return IceSdp.parse(attributes).map(description -> {
            boolean anew = agent.isNew(description);
            if (anew) {
                restart(from, now);
            }
            agent.remote(description, now);
            return anew;
        });
    }

    @Override
    public boolean answered(List<String> attributes, Sockets from, long now) {
        Optional<IceDescription> told = IceSdp.parse(attributes);
        told.ifPresent(description -> {
            if (agent.isNew(description)) {
                agent.forked(use(from), now);
            } else if (from.rtcp().isEmpty()) {
                agent.shared(now);
            }
            agent.remote(description, now);
        });
        return told.isPresent();
    }

    @Override
    public void restart(Sockets from, long now) {
        gathered = false;
        agent.restart(use(from), now);
    }

    @Override
    public void mapped(Optional<InetSocketAddress> toRtp, Optional<InetSocketAddress> toRtcp, long now) {
        agent.mapped(sockets.rtp().get(0), toRtp, now);
        sockets.rtcp().stream().findFirst().ifPresent(first -> agent.mapped(first, toRtcp, now));
    }

    @Override
    public boolean routesReports() {
        return agent.routes(REPORTS) || relayOnly;
    }

    @Override
    public boolean relayTo(InetSocketAddress peer, long now) {
        agent.shared(now);
        return agent.relayTo(peer, now);
    }

    @Override
    public long refused() {
        IceCounters counters = agent.counters();
        return counters.malformed() + counters.wrongIntegrity() + counters.unknownTransaction() + counters.asymmetric()
            + counters.unanswered() + counters.relayed();
    }

    @Override
    public void streamOpened(int stream, long now) {
        agent.streamOpened(stream, now);
    }

    @Override
    public void streamReceived(int stream, byte[] buffer, int offset, int length, long now) {
        agent.streamReceived(stream, buffer, offset, length, now);
    }

    @Override
    public void streamClosed(int stream, long now) {
        agent.streamClosed(stream, now);
    }

    @Override
    public Receipt received(InetSocketAddress local, InetSocketAddress source, byte[] buffer, int offset, int length, long now) {
        return switch (agent.received(local, source, buffer, offset, length, now)) {
            case CONSUMED -> Receipt.CONSUMED;
            case MEDIA -> Receipt.MEDIA;
            case STRANGER -> Receipt.STRANGER;
        };
    }

    @Override
    public boolean send(byte[] datagram, long now) {
        return agent.send(SOUND, datagram, now);
    }

    @Override
    public boolean sendReport(byte[] datagram, long now) {
        return agent.routes(REPORTS) && agent.send(REPORTS, datagram, now);
    }

    @Override
    public void resolved(String name, List<InetAddress> addresses, long now) {
        agent.resolved(name, addresses, now);
    }

    @Override
    public void onTime(long now) {
        agent.timer(now);
    }

    @Override
    public RouteOutput poll(long now) {
        for (;;) {
            Optional<RouteOutput> next = translated(agent.poll(now));
            if (next.isPresent()) {
                return next.get();
            }
        }
    }

    /** What is of no use to the phone is passed over: candidates one by one but for those that are late, states on the way. */
    private Optional<RouteOutput> translated(IceOutput output) {
        if (output instanceof IceOutput.Transmit transmit) {
            return Optional.of(new RouteOutput.Transmit(transmit.local(), transmit.remote(), transmit.data()));
        } else if (output instanceof IceOutput.Media media) {
            return Optional.of(new RouteOutput.Relayed(media.component() == REPORTS, media.remote(), media.data()));
        } else if (output instanceof IceOutput.Found) {
            return gathered ? Optional.of(new RouteOutput.Late()) : Optional.empty();
        } else if (output instanceof IceOutput.Gathered all) {
            gathered = true;
            complete = all.complete();
            return Optional.of(new RouteOutput.Gathered());
        } else if (output instanceof IceOutput.EndOfCandidates) {
            return gathered && !complete ? Optional.of(new RouteOutput.Complete()) : Optional.empty();
        } else if (output instanceof IceOutput.Resolve resolve) {
            return Optional.of(new RouteOutput.Resolve(resolve.name()));
        } else if (output instanceof IceOutput.Selected selected) {
            IcePath path = selected.path();
            return Optional.of(new RouteOutput.Selected(selected.component() == REPORTS, path.local(), path.remote(), path.relayed(),
                path.localType().token(), path.remoteType().token()));
        } else if (output instanceof IceOutput.ReportsLost lost) {
            return Optional.of(new RouteOutput.ReportsLost(lost.reason()));
        } else if (output instanceof IceOutput.Changed changed
                && (changed.state() == IceState.FAILED || changed.state() == IceState.DISCONNECTED)) {
            return Optional.of(new RouteOutput.Lost(changed.reason()));
        }
        return output instanceof IceOutput.Wait wait ? Optional.of(new RouteOutput.Wait(wait.deadline())) : ofRelays(output);
    }

    private static Optional<RouteOutput> ofRelays(IceOutput output) {
        if (output instanceof IceOutput.Connect connect) {
            TurnConfig relay = connect.server();
            return Optional.of(new RouteOutput.Connect(connect.stream(), relay.server(), relay.transport() == TurnConfig.Transport.TLS));
        } else if (output instanceof IceOutput.StreamTransmit transmit) {
            return Optional.of(new RouteOutput.StreamTransmit(transmit.stream(), transmit.data()));
        } else if (output instanceof IceOutput.Disconnect disconnect) {
            return Optional.of(new RouteOutput.Disconnect(disconnect.stream()));
        } else if (output instanceof IceOutput.RelayFailed failed) {
            return Optional.of(new RouteOutput.RelayLost(failed.server().server(), failed.reason()));
        } else if (output instanceof IceOutput.CredentialsExpired expired) {
            return Optional.of(new RouteOutput.RelayLost(expired.server().server(), "it no longer takes our name and password"));
        }
        return doubt(output).map(RouteOutput.Doubtful::new);
    }

    private static Optional<RouteOutput.Doubt> doubt(IceOutput output) {
        if (output instanceof IceOutput.Doubtful doubtful) {
            return Optional.of(switch (doubtful.doubt()) {
                case SUSPECT -> RouteOutput.Doubt.SUSPECT;
                case DEAD -> RouteOutput.Doubt.DEAD;
                case OVER -> RouteOutput.Doubt.OVER;
            });
        }
        return output instanceof IceOutput.Moved ? Optional.of(RouteOutput.Doubt.MOVED) : Optional.empty();
    }

    @Override
    public boolean pending() {
        return agent.pending();
    }

    @Override
    public void close(long now) {
        agent.close(now);
    }
}
