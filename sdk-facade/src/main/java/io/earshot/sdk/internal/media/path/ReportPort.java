package io.earshot.sdk.internal.media.path;

import io.earshot.api.CallPath;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteOutput;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of RTCP where it has a port of its own: the second component of the search that {@link RoutePort} has begun (RFC 8445 §4). What
 * is sent takes it, and what comes by it seems to come from where the SDP said. Confined to the media loop; allocates nothing on a direct
 * way.
 */
final class ReportPort implements WaySocket {
    private static final Logger LOG = LoggerFactory.getLogger(ReportPort.class);

    private final RoutePort sound;
    private final Half half;
    private final HostPorts others = new HostPorts(this::received);
    /** What packets begin at: this or one of the others. */
    private MediaSocket way;
    /** The address of our socket as finders know it; null before there is one. */
    private InetSocketAddress first;
    /** Null while there is no direct way. */
    private InetSocketAddress direct;
    private InetSocketAddress signalled;
    /** Whether the peer shares the port of RTP, so that nothing of it comes here. */
    private boolean shared;
    private boolean mute;
    private CallPath shown = CallPath.NONE;
    private long strangers;

    ReportPort(RoutePort sound, Half half) {
        this.sound = sound;
        this.half = half;
        this.way = half.raw();
    }

    /** Opens a socket above each of RTP's and returns what they and our first are bound to, in the same order. */
    List<InetSocketAddress> open(InetAddress local, HostPorts ofSound, HostSockets from) {
        first = new InetSocketAddress(local, half.raw().localAddress().getPort());
        Optional<InetSocketAddress> used = others.addressOf(way);
        List<InetAddress> there = ofSound.addresses();
        List<InetSocketAddress> opened = others.open((ip, receiver) -> ofSound.on(ip).flatMap(rtp -> from.above(rtp, receiver)), there,
                there);
        if (used.isPresent() && !opened.contains(used.get())) {
            way = half.raw();
        }
        return Stream.concat(Stream.of(first), opened.stream()).toList();
    }

    /** Returns the socket that is bound to this address. */
    Optional<MediaSocket> at(InetSocketAddress local) {
        return local.equals(first) ? Optional.of(half.raw()) : others.at(local);
    }

    /**
     * Signalling has said where the peer receives RTCP.
     *
     * @param where empty where that is the port of RTP
     * @param silent whether nothing may be sent, as it would show where we are
     */
    void apply(Optional<InetSocketAddress> where, boolean silent) {
        signalled = where.orElse(signalled);
        shared = where.isEmpty();
        mute = silent;
        if (shared) {
            giveUp();
        }
    }

    /** Keeps nothing of a way. */
    void giveUp() {
        direct = null;
        way = half.raw();
        others.close();
    }

    /** There is a way, or another one. */
    void selected(RouteOutput.Selected selected) {
        LOG.info("The route of RTCP is {}-{} to {}", selected.ours(), selected.theirs(), selected.remote());
        direct = selected.relayed() ? null : selected.remote();
        way = at(selected.local()).orElse(half.raw());
    }

    /** Takes what came by a relay. */
    void relayed(RouteOutput.Relayed relayed) {
        half.media().received(isAgreed() ? signalled : relayed.source(), ByteBuffer.wrap(relayed.datagram()));
    }

    @Override
    public boolean isAgreed() {
        return sound.isAgreed() && signalled != null && sound.finder().filter(RouteFinder::routesReports).isPresent();
    }

    @Override
    public void received(InetSocketAddress source, ByteBuffer datagram) {
        received(first, source, datagram);
    }

    private void received(InetSocketAddress local, InetSocketAddress source, ByteBuffer datagram) {
        RouteFinder finder = sound.current();
        if (finder == null || local == null) {
            half.media().received(source, datagram);
            return;
        }
        int offset = datagram.arrayOffset() + datagram.position();
        RouteFinder.Receipt receipt = finder.received(local, source, datagram.array(), offset, datagram.remaining(), sound.now());
        boolean routed = sound.isAgreed() && finder.routesReports();
        if (receipt == RouteFinder.Receipt.MEDIA) {
            half.media().received(routed && signalled != null ? signalled : source, datagram);
            if (sound.current() != finder || !finder.pending()) {
                return;
            }
        }
        if (receipt == RouteFinder.Receipt.STRANGER) {
            if (routed || sound.isAgreed() && shared || sound.isRelayed()) {
                strangers++;
            } else {
                half.media().received(source, datagram);
            }
        }
        sound.drain();
    }

    @Override
    public void knock(InetSocketAddress where) {
        if (!sound.isAgreed() && !sound.isRelayed()) {
            RoutePort.knock(half.raw(), where);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return half.raw().localAddress();
    }

    @Override
    public boolean send(InetSocketAddress where, ByteBuffer datagram) {
        RouteFinder finder = sound.current();
        if (mute) {
            return false;
        }
        if (finder == null || !sound.isAgreed() || !finder.routesReports()) {
            return !MediaPath.isNowhere(where) && half.raw().send(where, datagram);
        }
        if (direct != null) {
            return way.send(direct, datagram);
        }
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(copy);
        boolean sent = finder.sendReport(copy, sound.now());
        sound.drain();
        return sent;
    }

    @Override
    public CallPath path() {
        if (strangers != shown.refused().strangers()) {
            shown = new CallPath(CallPath.End.SIGNALLED, CallPath.End.SIGNALLED, "", new CallPath.Refused(strangers, 0, 0, 0, 0));
        }
        return shown;
    }

    @Override
    public long onTime(long now) {
        return Ticker.NEVER;
    }

    @Override
    public void end() {
        giveUp();
    }

    @Override
    public void close() {
        half.raw().close();
    }
}
