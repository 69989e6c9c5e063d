package io.earshot.sdk.internal.route;

import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks that this machine is in, and what follows from them about peers without ICE: whether one is behind our own router, and
 * where one is that names an address nobody else can reach. Confined to the signalling loop.
 */
public final class Neighbourhood {
    private static final Logger LOG = LoggerFactory.getLogger(Neighbourhood.class);

    private final EventLoop loop;
    private List<Network> networks = List.of();

    /** An address of this machine with the length of its network's prefix in bits. */
    record Network(InetAddress address, int prefix) {
        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length || prefix <= 0 || prefix > mine.length * 8) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Makes one that knows no network yet. */
    public Neighbourhood(EventLoop loop) {
        this.loop = loop;
    }

    /** Looks at this machine's networks again, as when it has come to another one. */
    public void look() {
        CompletableFuture.supplyAsync(Neighbourhood::ofThisMachine, loop.workers()).thenAccept(all -> loop.execute(() -> networks = all));
    }

    private static List<Network> ofThisMachine() {
        List<Network> all = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                for (InterfaceAddress one : each.isUp() && !each.isLoopback() ? each.getInterfaceAddresses()
                        : List.<InterfaceAddress>of()) {
                    all.add(new Network(one.getAddress(), one.getNetworkPrefixLength()));
                }
            }
        } catch (SocketException gone) {
            LOG.debug("The networks of this machine cannot be read: {}", gone.getMessage());
        }
        return all;
    }

    /** Tells whether a peer is behind our own router, which need not let us reach it, or it us, by what others see of us both. */
    public boolean isNear(PeerPlace place) {
        return isNear(place, networks);
    }

    static boolean isNear(PeerPlace place, List<Network> networks) {
        return place.theirs().stream().anyMatch(one -> !Addresses.isPrivate(one) && place.ours().contains(one))
                && place.theirs().stream().anyMatch(one -> Addresses.isPrivate(one) && in(networks, one));
    }

    private static boolean in(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Returns what was agreed on with the addresses at which the peer can be reached: one that named its private address although it is
     * elsewhere is sought where its signalling comes from, until its own sound shows the truth.
     */
    public NegotiatedAudio reached(NegotiatedAudio audio, PeerPlace place) {
        return reached(audio, place, networks);
    }

    static NegotiatedAudio reached(NegotiatedAudio audio, PeerPlace place, List<Network> networks) {
        MediaAddress rtp = reached(audio.remote(), place, networks);
        if (!rtp.equals(audio.remote())) {
            LOG.info("The peer names {}, an address of a network that we are not in; our sound goes to {}, where its signalling comes from",
                    audio.remote(), rtp.host());
        }
        return audio.withRemote(rtp, audio.remoteRtcp().map(rtcp -> reached(rtcp, place, networks)));
    }

    private static MediaAddress reached(MediaAddress told, PeerPlace place, List<Network> networks) {
        return told.literal().flatMap(ip -> better(ip, place, networks)).map(ip -> new MediaAddress(ip.getHostAddress(), told.port()))
                .orElse(told);
    }

    static Optional<InetAddress> better(InetAddress told, PeerPlace place, List<Network> networks) {
        if (told.isAnyLocalAddress() || !Addresses.isPrivate(told) || in(networks, told)) {
            return Optional.empty();
        }
        return place.theirs().stream().filter(one -> one.getClass() == told.getClass() && !Addresses.isPrivate(one)).findFirst()
                .filter(one -> !place.ours().contains(one));
    }
}
