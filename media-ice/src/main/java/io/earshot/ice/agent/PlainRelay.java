package io.earshot.ice.agent;

import io.earshot.ice.stun.Stun;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Media by a relay to a peer without ICE, which was told the relay's address in place of ours. */
final class PlainRelay {
    private final IceContext context;
    private Optional<Route> route = Optional.empty();
    private InetSocketAddress peer;

    PlainRelay(IceContext context) {
        this.context = context;
    }

    /** Sends to this peer from now on, by the best relay that we told of; tells whether there is one. */
    boolean use(Gathering gathering, InetSocketAddress remote, long now) {
        Optional<Route> before = route;
        route = route.filter(one -> gathering.sender(one, remote).isPresent()); // gone with an address of ours
        if (route.isEmpty()) {
            route = gathering.senders().stream().filter(each -> each.candidate().type() == CandidateType.RELAYED
                && each.candidate().component() == 1 && Stun.isSix(each.candidate().address()) == Stun.isSix(remote))
                .max(java.util.Comparator.comparing(each -> each.candidate().priority())).map(LocalCandidate::route);
        }
        boolean news = !remote.equals(peer) || !route.equals(before);
        peer = remote;
        if (news && route.isPresent() && remote.getPort() != 0 && !remote.getAddress().isAnyLocalAddress()) {
            context.relays.permit(remote, 1, now);
            context.relays.bind(route.get().relay(), remote, now);
        }
        return route.isPresent();
    }

    boolean isUsed() {
        return route.isPresent();
    }

    boolean send(byte[] data, long now) {
        if (peer.getPort() == 0 || peer.getAddress().isAnyLocalAddress()) {
            return false;
        }
        context.send(route.orElseThrow(), peer, data, now);
        return true;
    }

    /** Takes what came by a relay, which lets nobody through whose address it was not told. */
    boolean received(Relays.Event.Data data) {
        boolean ours = route.filter(one -> one.relay() == data.relay().id).isPresent();
        if (ours) {
            context.tell(new IceOutput.Media(1, data.peer(), data.data()));
        }
        return ours;
    }

    /** Takes that a relay is gone; tells whether it was ours. */
    boolean lost(int relay) {
        boolean ours = route.filter(one -> one.relay() == relay).isPresent();
        route = ours ? Optional.empty() : route;
        return ours;
    }
}
