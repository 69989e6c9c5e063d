package io.earshot.sdk.internal.media.path;

import io.earshot.api.CallPath;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.secure.PacketGuard;
import io.earshot.rtp.secure.ShortString;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way of a call's packets between its two sockets and its stream:
 *
 * <pre>
 * receive: socket > STUN and strangers out (ICE) > told apart (RFC 7983) > DTLS to the handshake
 *                                                                        > RTP, RTCP: verified and decrypted in place > stream
 * send:    stream > encrypted in a copy > route (ICE) > socket
 * </pre>
 *
 * <p>What the guard refuses goes no further, so that it moves no address and no statistics. Confined to the media loop; allocates nothing
 * for a packet of sound.
 */
public final class MediaPath {
    private final EventLoop loop;
    private final Listener listener;
    private final RouteListener ways;
    private final Lane rtp;
    private final Lane rtcp;
    /** The ways of both, once there are sockets. */
    private RoutePort route;
    /** ZRTP agrees on keys once, on the port of RTP (RFC 6189 §5.3 derives those of RTCP from the same). */
    private boolean rtpKeysForAll;
    private CallPath shown = CallPath.NONE;
    private CallPath soundShown = CallPath.NONE;
    private CallPath reportsShown = CallPath.NONE;

    /** Who hears of encryption; called on the media loop. */
    public interface Listener {
        /** Packets are encrypted under this suite from now on; empty for in clear. */
        void changed(Optional<String> suite);

        /** The users are to compare these words, or have done so, before {@link #changed} tells of the keys. */
        default void toCompare(ShortString words) {
        }

        /** There will be no keys. */
        void failed(String reason);
    }

    /** The sockets of a call; the second is not used for sending where both kinds of packets share the first. */
    public record Sockets(MediaSocket rtp, MediaSocket rtcp) { }

    /**
     * Where the peer receives, as far as SDP tells.
     *
     * @param rtcp empty where RTCP goes to the port of RTP
     * @param route what it told of its ways to us, each as behind {@code a=}
     */
    public record Remote(InetSocketAddress rtp, Optional<InetSocketAddress> rtcp, List<String> route) { }

    /**
     * Tells whether an address is that of nobody: a peer that counted on ICE, or holds us, tells none; to some systems that address is
     * their own.
     */
    public static boolean isNowhere(InetSocketAddress address) {
        return address.getPort() == 0 || address.getAddress().isAnyLocalAddress();
    }

    /**
     * Makes a path on which packets pass as they are.
     *
     * @param stream takes what is good, of either socket
     */
    public MediaPath(EventLoop loop, MediaReceiver stream, Listener listener, RouteListener ways) {
        this.loop = loop;
        this.listener = listener;
        this.ways = ways;
        rtp = new Lane(loop, stream, this::onRtpHandshake);
        // RTCP has a handshake of its own (RFC 5764 §5.1.2); that it fails costs the reports, not the call.
        rtcp = new Lane(loop, stream, (lane, result) -> result.keys().ifPresent(keys -> lane.protect(keys.apply(lane.guard()))));
    }

    /** Returns what takes the datagrams of the RTP socket. */
    public MediaReceiver rtp() {
        return rtp;
    }

    /** Returns what takes the datagrams of the RTCP socket. */
    public MediaReceiver rtcp() {
        return rtcp;
    }

    /** Returns sockets that encrypt what is sent through them. */
    public Sockets over(MediaSocket rawRtp, MediaSocket rawRtcp) {
        route = new RoutePort(loop, rtp.half(rawRtp), rtcp.half(rawRtcp), ways);
        return new Sockets(rtp.over(route), rtcp.over(route.reports()));
    }

    /** Looks for ways through NATs, from this address of ours and others that these open sockets on; on the media loop. */
    public CompletableFuture<LocalRoute> seek(RouteSearch with, InetAddress local, HostSockets more) {
        return route.seek(with, local, more);
    }

    /** Asks relays for an address to tell a peer without ICE, whose packets then take no other way; on the media loop. */
    public CompletableFuture<LocalRoute> relay(RouteSearch with, InetAddress local) {
        return route.relay(with, local);
    }

    /** Asks how others see the socket of RTP, whose address here is this; on the media loop. */
    public CompletableFuture<LocalRoute> learn(RouteSearch with, InetAddress local) {
        return route.learn(with, local);
    }

    /** Begins anew to look for ways, from this address of ours and others of this machine; on the media loop. */
    public CompletableFuture<LocalRoute> restart(InetAddress local, List<InetAddress> ofThisMachine) {
        return route.restart(local, ofThisMachine);
    }

    /** The router passes on to our sockets what comes to these addresses, or with none no longer does; on the media loop. */
    public LocalRoute mapped(Optional<InetSocketAddress> toRtp, Optional<InetSocketAddress> toRtcp) {
        route.mapped(toRtp, toRtcp);
        return route.told();
    }

    /** Returns what there is to tell of our ways now; on the media loop. */
    public LocalRoute told() {
        return route.told();
    }

    /** Takes what the peer's offer told of its ways, before it is answered; on the media loop. {@code sharing}: RTCP on RTP's port. */
    public CompletableFuture<LocalRoute> follow(List<String> attributes, boolean sharing) {
        return route.follow(attributes, sharing);
    }

    /** Does what signalling agreed on. */
    public void apply(Protection protection, Remote remote) {
        route.apply(remote);
        if (protection instanceof Protection.Keys keys) {
            PacketGuard guard = keys.change().apply(rtp.guard());
            rtp.secure(guard);
            rtcp.secure(guard);
            listener.changed(Optional.of(guard.suite()));
        } else if (protection instanceof Protection.Handshake agreed) {
            rtp.begin(agreed.change(), remote.rtp, agreed.clearMeanwhile());
            if (agreed.onRtpAlone()) {
                rtpKeysForAll = true;
                if (rtp.guard().isEmpty() && !agreed.clearMeanwhile()) {
                    rtcp.shut();
                }
            } else if (remote.rtcp.isPresent()) {
                rtcp.begin(agreed.change(), remote.rtcp.get());
            } else {
                rtcp.shut();
            }
        } else if (!rtp.isOpen()) {
            rtp.open();
            rtcp.open();
            listener.changed(Optional.empty());
        }
    }

    /** Keeps the packets of sound that are sent from now on, so that they can be repeated; or does not. */
    public void keep(boolean on) {
        rtp.keep(on);
    }

    /** Sends a packet of sound once more, byte for byte, if it is still here and may be; tells whether. */
    public boolean repeat(int ssrc, int sequence, InetSocketAddress peer) {
        return rtp.repeat(ssrc, sequence, peer);
    }

    /** Tells whether RTP takes the way that ICE finds, so that the address in the SDP does not count. */
    public boolean isRouted() {
        return route.isAgreed();
    }

    /** Sends packets that mean nothing to the peer's address, so that NATs let in what it sends; one to that of RTCP. */
    public void knock(Remote remote, int packets) {
        for (int sent = 0; sent < packets; sent++) {
            rtp.knock(remote.rtp);
        }
        remote.rtcp.filter(address -> address.getPort() != 0).ifPresent(rtcp::knock);
    }

    private void onRtpHandshake(Lane lane, HandshakePort.Result result) {
        if (result.keys().isPresent()) {
            PacketGuard guard = result.keys().get().apply(lane.guard());
            lane.protect(guard);
            if (rtpKeysForAll) {
                rtcp.protect(guard);
            }
            result.words().ifPresent(listener::toCompare);
            listener.changed(Optional.of(guard.suite()));
        } else if (result.words().isPresent()) {
            listener.toCompare(result.words().get());
            listener.changed(lane.guard().map(PacketGuard::suite));
        } else {
            lane.shut();
            listener.failed(result.failure());
        }
    }

    /** The user says whether the short string is the same at both ends. */
    public void compared(boolean same) {
        rtp.compared(same);
    }

    /** Returns which way packets of sound go, and what was dropped on both sockets; the same object until that changes. */
    public CallPath path() {
        CallPath sound = rtp.path();
        CallPath reports = rtcp.path();
        if (sound == soundShown && reports == reportsShown) {
            return shown;
        }
        soundShown = sound;
        reportsShown = reports;
        CallPath.Refused one = sound.refused();
        CallPath.Refused two = reports.refused();
        shown = new CallPath(sound.local(), sound.remote(), sound.peer(), new CallPath.Refused(one.strangers() + two.strangers(),
                one.unprotected() + two.unprotected(), one.stun() + two.stun(), one.handshake() + two.handshake(), 0));
        return shown;
    }

    /** Does what is due and returns when it next wants to. */
    public long onTime(long now) {
        return Math.min(rtp.onTime(now), rtcp.onTime(now));
    }

    /** Gives handshakes up; before the sockets are closed. */
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
