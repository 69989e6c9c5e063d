package io.earshot.sdk.internal.media.path;

import io.earshot.api.CallPath;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteOutput;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of the RTP port through NATs, if it is looked for: what is sent takes it whatever address it is sent to, and what comes by it
 * seems to come from where the peer said it would. Confined to the media loop; a direct way costs no allocation.
 */
final class RoutePort implements WaySocket {
    private static final Logger LOG = LoggerFactory.getLogger(RoutePort.class);
    private static final byte[] KNOCK = {'\r', '\n'};

    private final EventLoop loop;
    private final MediaSocket raw;
    private final MediaReceiver media;
    private final RouteListener listener;
    private final ReportPort reports;
    private final HostPorts others = new HostPorts(this::received);
    private HostSockets sockets = HostSockets.NONE;
    private Optional<RouteFinder> finder = Optional.empty();
    private Optional<RelayStreams> streams = Optional.empty();
    private Optional<CompletableFuture<LocalRoute>> waiting = Optional.empty();
    private Optional<InetSocketAddress> learned = Optional.empty();
    /** What the router passes on to the socket of RTP, and to that of RTCP. */
    private Optional<InetSocketAddress> mapped = Optional.empty();
    private Optional<InetSocketAddress> mappedRtcp = Optional.empty();
    private boolean agreed;
    /** Whether RTCP shares the port, so that it has no way of its own. */
    private boolean shared = true;
    /** Whether the peer, which is not told of ICE, is to be sent to by a relay only. */
    private boolean byRelay;
    /** Whether it is so; the address of the peer then. */
    private Optional<InetSocketAddress> relayedTo = Optional.empty();
    private InetSocketAddress signalled;
    /** Null while there is no direct way. */
    private InetSocketAddress direct;
    /** What such a way begins at. */
    private MediaSocket way;
    /** The address of the first socket as finders know it; null before there is one. */
    private InetSocketAddress first;
    /** Null before there is a way. */
    private InetSocketAddress peer;
    private long deadline = Ticker.NEVER;
    private CallPath.End ours;
    private CallPath.End theirs = CallPath.End.SIGNALLED;
    private long strangers;
    /** What finders before this one refused. */
    private long refusedBefore;
    private CallPath shown = CallPath.NONE;
    private InetSocketAddress peerShown;

    /** Makes a port without any way to find. */
    RoutePort(EventLoop loop, Half rtp, Half rtcp, RouteListener listener) {
        this.loop = loop;
        this.raw = rtp.raw();
        this.way = raw;
        this.media = rtp.media();
        this.listener = listener;
        this.reports = new ReportPort(this, rtcp);
        this.ours = signalledEnd();
    }

    /** Returns the port of RTCP. */
    ReportPort reports() {
        return reports;
    }

    /** Returns what looks for ways, if anything does. */
    Optional<RouteFinder> finder() {
        return finder;
    }

    /** Returns the same, or null: asked for each packet. */
    RouteFinder current() {
        return finder.isPresent() ? finder.get() : null;
    }

    long now() {
        return loop.now();
    }

    private CallPath.End signalledEnd() {
        return raw.tunnelled() ? CallPath.End.TUNNEL : raw.proxied() ? CallPath.End.PROXY : CallPath.End.SIGNALLED;
    }

    /** Begins to look for ways from this address of ours, and from others that these open sockets on. */
    CompletableFuture<LocalRoute> seek(RouteSearch search, InetAddress local, HostSockets more) {
        return seekAs(search, local, more, false);
    }

    private CompletableFuture<LocalRoute> seekAs(RouteSearch search, InetAddress local, HostSockets more, boolean withoutIce) {
        close(loop.now());
        byRelay = withoutIce;
        shared = !search.reports();
        // At the end of a tunnel, or of a proxy, are no addresses of ours.
        sockets = raw.tunnelled() || raw.proxied() ? HostSockets.NONE : more;
        RouteFinder with = search.finder();
        finder = Optional.of(with);
        streams = Optional.of(new RelayStreams(search, loop, loop::now, this::drain));
        CompletableFuture<LocalRoute> ready = new CompletableFuture<>();
        waiting = Optional.of(ready);
        with.gather(all(local, search.addresses()), loop.now());
        with.mapped(mapped, mappedRtcp, loop.now());
        drain();
        return ready;
    }

    /** Asks relays for an address to tell a peer without ICE, whose packets take no other way. */
    CompletableFuture<LocalRoute> relay(RouteSearch with, InetAddress local) {
        return seekAs(with, local, HostSockets.NONE, true);
    }

    /** Tells whether packets take a relay without ICE. */
    boolean isRelayed() {
        return byRelay || relayedTo.isPresent();
    }

    /** The router passes on what comes to these addresses, or with none no longer does. */
    void mapped(Optional<InetSocketAddress> rtp, Optional<InetSocketAddress> rtcp) {
        mapped = rtp;
        mappedRtcp = rtcp;
        if (finder.isPresent()) {
            finder.get().mapped(rtp, rtcp, loop.now());
            drain();
        }
    }

    /** Returns what there is to tell now. */
    LocalRoute told() {
        return finder.map(this::told).orElse(plain());
    }

    /** Without ICE: a port that the router passes on is open to everybody, what a server sees perhaps not. */
    private LocalRoute plain() {
        return new LocalRoute(List.of(), mapped.or(() -> learned), mapped.isPresent() ? mappedRtcp : Optional.empty());
    }

    /** Opens what is wanted and returns what all our sockets are bound to, that of the SDP first. */
    private RouteFinder.Sockets all(InetAddress local, List<InetAddress> ofThisMachine) {
        first = new InetSocketAddress(local, raw.localAddress().getPort());
        others.open(sockets, HostAddresses.besides(local, ofThisMachine), ofThisMachine);
        return opened(shared);
    }

    /** Returns what our sockets are bound to, with those of RTCP where it has its own port. */
    private RouteFinder.Sockets opened(boolean withoutReports) {
        List<InetSocketAddress> rtp = Stream.concat(Stream.of(first), others.all().stream()).toList();
        return new RouteFinder.Sockets(rtp, withoutReports ? List.of() : reports.open(first.getAddress(), others, sockets));
    }

    /**
     * Begins anew from this address of ours, because that is another one, or the way broke; what works goes on meanwhile.
     *
     * @param ofThisMachine as in {@link RouteSearch#addresses}
     */
    CompletableFuture<LocalRoute> restart(InetAddress local, List<InetAddress> ofThisMachine) {
        if (finder.isEmpty() || !agreed && !isRelayed()) {
            return CompletableFuture.completedFuture(told());
        }
        waiting.ifPresent(ready -> ready.complete(told(finder.get())));
        CompletableFuture<LocalRoute> ready = new CompletableFuture<>();
        waiting = Optional.of(ready);
        Optional<InetSocketAddress> used = others.addressOf(way);
        RouteFinder.Sockets now = all(local, ofThisMachine);
        if (used.isPresent() && !now.rtp().contains(used.get())) {
            way = raw;
        }
        finder.get().restart(now, loop.now());
        finder.get().mapped(mapped, mappedRtcp, loop.now());
        drain();
        return ready;
    }

    /** Asks how others see us, and no more: what there is to tell is an address, and packets go as ever. */
    CompletableFuture<LocalRoute> learn(RouteSearch with, InetAddress local) {
        return seek(with, local, HostSockets.NONE).thenApply(told -> {
            learned = told.address();
            close(loop.now());
            return plain();
        });
    }

    /** Takes what the peer told before we answer it, which may make us begin anew; with a way for RTCP unless that shares the port. */
    CompletableFuture<LocalRoute> follow(List<String> attributes, boolean sharing) {
        CompletableFuture<LocalRoute> ready = new CompletableFuture<>();
        Optional<Boolean> anew = finder.flatMap(one -> one.remote(attributes, opened(sharing), loop.now()));
        if (anew.orElse(false)) {
            shared = sharing;
            if (shared) {
                reports.giveUp();
            }
            waiting = Optional.of(ready);
        } else {
            ready.complete(told());
        }
        drain();
        return ready;
    }

    private LocalRoute told(RouteFinder from) {
        Optional<InetSocketAddress> address = from.defaultAddress();
        boolean byRouter = address.isPresent() && address.equals(mapped);
        Optional<InetSocketAddress> rtcp = from.defaultReports().or(() -> byRouter ? mappedRtcp : Optional.empty());
        return new LocalRoute(byRelay ? List.of() : from.attributes(), address, rtcp);
    }

    /** Takes what the peer's offer or answer told; a peer without ICE is sent to where it says. */
    void apply(MediaPath.Remote told) {
        search(told.route(), told.rtp(), told.rtcp().isEmpty());
        // What has a port of its own takes no relay without ICE, and would show the peer where we are.
        reports.apply(told.rtcp(), isRelayed() && told.rtcp().isPresent());
    }

    private void search(List<String> attributes, InetSocketAddress remote, boolean sharing) {
        boolean news = !remote.equals(signalled);
        signalled = remote;
        if (finder.isEmpty()) {
            ours = signalledEnd();
            if (news && ours != CallPath.End.SIGNALLED) {
                listener.changed(path());
            }
            return;
        }
        shared = sharing;
        agreed = !byRelay && finder.get().answered(attributes, opened(sharing), loop.now());
        if (!finder.get().routesReports()) {
            reports.giveUp();
        }
        boolean relayed = !agreed && finder.get().relayTo(remote, loop.now());
        relayedTo = relayed ? Optional.of(remote) : Optional.empty();
        if (agreed || relayed || byRelay) {
            drain();
            showRelay(relayed, news);
        } else {
            close(loop.now());
        }
    }

    private void showRelay(boolean relayed, boolean news) {
        if (relayed && news) {
            ours = CallPath.End.RELAYED;
            listener.changed(path());
        } else if (byRelay && !relayed && news) {
            listener.trouble("There is no relay, and the sound may take no other way");
        }
    }

    @Override
    public boolean isAgreed() {
        return agreed;
    }

    @Override
    public void received(InetSocketAddress source, ByteBuffer datagram) {
        received(first, source, datagram);
    }

    private void received(InetSocketAddress local, InetSocketAddress source, ByteBuffer datagram) {
        if (finder.isEmpty()) {
            media.received(source, datagram);
            return;
        }
        int offset = datagram.arrayOffset() + datagram.position();
        RouteFinder.Receipt receipt = finder.get().received(local, source, datagram.array(), offset, datagram.remaining(), loop.now());
        if (receipt == RouteFinder.Receipt.MEDIA) {
            media.received(agreed ? signalled : source, datagram);
            if (finder.isEmpty() || !finder.get().pending()) {
                return;
            }
        }
        if (receipt == RouteFinder.Receipt.STRANGER) {
            if (agreed || isRelayed()) {
                strangers++;
            } else {
                media.received(source, datagram);
            }
        }
        drain();
    }

    @Override
    public void knock(InetSocketAddress where) {
        if (!agreed && !isRelayed()) {
            knock(raw, where);
        }
    }

    /** Sends what opens NATs from that socket. */
    static void knock(MediaSocket from, InetSocketAddress where) {
        from.send(where, ByteBuffer.wrap(KNOCK));
    }

    @Override
    public InetSocketAddress localAddress() {
        return raw.localAddress();
    }

    @Override
    public boolean send(InetSocketAddress where, ByteBuffer datagram) {
        if (isRelayed() && !relays(where)) {
            return false;
        }
        if (!agreed && !isRelayed()) {
            return !MediaPath.isNowhere(where) && raw.send(where, datagram);
        }
        if (direct != null) {
            return way.send(direct, datagram);
        }
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(copy);
        boolean sent = finder.get().send(copy, loop.now());
        drain();
        return sent;
    }

    /** Follows a peer that is found to send from another port than it said; tells whether there is a relay. */
    private boolean relays(InetSocketAddress where) {
        if (relayedTo.isPresent() && !relayedTo.get().equals(where)) {
            finder.orElseThrow().relayTo(where, loop.now());
            relayedTo = Optional.of(where);
        }
        return relayedTo.isPresent();
    }

    /** Does what the finder wants after it was told something. */
    void drain() {
        while (finder.isPresent()) {
            RouteOutput next = finder.get().poll(loop.now());
            if (next instanceof RouteOutput.Wait wait) {
                deadline = wait.deadline();
                return;
            }
            perform(next);
        }
    }

    private void perform(RouteOutput output) {
        if (streams.isPresent() && streams.get().perform(output)) {
            return;
        }
        if (output instanceof RouteOutput.Transmit transmit) {
            socket(transmit.local()).ifPresent(from -> from.send(transmit.remote(), ByteBuffer.wrap(transmit.datagram())));
        } else if (output instanceof RouteOutput.Relayed relayed && relayed.reports()) {
            reports.relayed(relayed);
        } else if (output instanceof RouteOutput.Relayed relayed) {
            media.received(agreed ? signalled : relayed.source(), ByteBuffer.wrap(relayed.datagram()));
        } else if (output instanceof RouteOutput.Gathered) {
            waiting.ifPresent(ready -> ready.complete(told(finder.orElseThrow())));
            waiting = Optional.empty();
        } else if (output instanceof RouteOutput.Resolve resolve) {
            resolve(resolve.name());
        } else {
            tell(output);
        }
    }

    private Optional<MediaSocket> socket(InetSocketAddress local) {
        return local.equals(first) ? Optional.of(raw) : others.at(local).or(() -> reports.at(local));
    }

    private void tell(RouteOutput output) {
        if (output instanceof RouteOutput.Selected selected && selected.reports()) {
            reports.selected(selected);
        } else if (output instanceof RouteOutput.Selected selected) {
            LOG.info("The route of the sound is {}-{} to {}", selected.ours(), selected.theirs(), selected.remote());
            direct = selected.relayed() ? null : selected.remote();
            way = socket(selected.local()).orElse(raw);
            ours = raw.tunnelled() ? CallPath.End.TUNNEL : raw.proxied() && !selected.relayed() ? CallPath.End.PROXY : end(selected.ours());
            theirs = end(selected.theirs());
            peer = selected.remote();
            listener.changed(path());
        } else if (output instanceof RouteOutput.ReportsLost lost) {
            reports.giveUp();
            listener.trouble("RTCP has no way to the peer: " + lost.reason() + "; the sound goes on without it");
        } else if (output instanceof RouteOutput.Lost lost) {
            LOG.warn("There is no route for the sound: {}", lost.reason());
            direct = null;
            listener.lost(lost.reason());
        } else if (output instanceof RouteOutput.RelayLost lost) {
            listener.trouble("The relay " + lost.server().getHostString() + " cannot be used: " + lost.reason());
        } else if (output instanceof RouteOutput.Doubtful doubt) {
            listener.doubtful(doubt.doubt());
        } else if (output instanceof RouteOutput.Late) {
            listener.late();
        } else if (output instanceof RouteOutput.Complete) {
            listener.complete();
        }
    }

    private static CallPath.End end(String word) {
        return Arrays.stream(CallPath.End.values()).filter(one -> one.word().equals(word)).findFirst().orElse(CallPath.End.HOST);
    }

    @Override
    public CallPath path() {
        InetSocketAddress to = agreed ? peer : signalled;
        long stun = refusedBefore + (finder.isPresent() ? finder.get().refused() : 0);
        boolean same = to == peerShown && ours == shown.local() && theirs == shown.remote();
        if (same && strangers == shown.refused().strangers() && stun == shown.refused().stun()) {
            return shown;
        }
        peerShown = to;
        String text = to == null ? "" : to.getAddress().getHostAddress().replaceFirst("%.*", "") + ":" + to.getPort();
        shown = new CallPath(ours, theirs, text, new CallPath.Refused(strangers, 0, stun, 0, 0));
        return shown;
    }

    private void resolve(String name) {
        loop.workers().execute(() -> {
            List<InetAddress> found = List.of();
            try {
                found = List.of(InetAddress.getAllByName(name));
            } catch (UnknownHostException none) {
                LOG.debug("The peer's candidate {} has no address", name);
            }
            List<InetAddress> addresses = found;
            loop.execute(() -> {
                finder.ifPresent(one -> one.resolved(name, addresses, loop.now()));
                drain();
            });
        });
    }

    @Override
    public long onTime(long now) {
        if (now >= deadline && finder.isPresent()) {
            finder.get().onTime(now);
            drain();
        }
        return deadline;
    }

    private void close(long now) {
        finder.ifPresent(one -> one.close(now));
        drain();
        refusedBefore += finder.map(RouteFinder::refused).orElse(0L);
        finder = Optional.empty();
        streams.ifPresent(RelayStreams::close);
        streams = Optional.empty();
        ours = signalledEnd();
        theirs = CallPath.End.SIGNALLED;
        waiting.ifPresent(ready -> ready.complete(LocalRoute.NONE));
        waiting = Optional.empty();
        agreed = false;
        byRelay = false;
        relayedTo = Optional.empty();
        direct = null;
        way = raw;
        others.close();
        reports.giveUp();
        deadline = Ticker.NEVER;
    }

    @Override
    public void end() {
        close(loop.now());
    }

    @Override
    public void close() {
        raw.close();
    }
}
