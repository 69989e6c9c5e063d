package io.earshot.sip.transaction;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A request as it came in: its top Via stamped (RFC 3261 §18.2.1, RFC 3581 §4), and the ways for its responses (§18.2.2).
 *
 * @param request the request, received and rport of its top Via now true, whatever its sender claimed
 * @param reply where responses go
 * @param fallback where they go once the connection of {@code reply} is lost; empty over unreliable transports
 */
record Arrival(Request request, Flow flow, Hop reply, Optional<Hop> fallback) {
    private static final int SIP_PORT = 5060;
    private static final int SIPS_PORT = 5061;

    static Arrival of(Request request, Flow flow, boolean reliable) {
        Via claimed = request.via();
        Via via = stamp(claimed, flow.remote());
        Request stamped = via.equals(claimed) ? request : request.toBuilder().replaceFirst(HeaderName.VIA, via).build();
        if (reliable) {
            Hop reply = hop(via, flow, true, flow.remote(), Optional.of(flow));
            Hop fallback = hop(via, flow, true, sentByPortAt(via, flow, flow.remote().getAddress()), Optional.empty());
            return new Arrival(stamped, flow, reply, Optional.of(fallback));
        }
        InetSocketAddress peer = unreliablePeer(via, flow);
        // The same local socket, for the benefit of NATs and firewalls on the way (RFC 3581 §4).
        Flow back = peer.equals(flow.remote()) ? flow : new Flow(flow.protocol(), flow.local(), peer, flow.connection());
        return new Arrival(stamped, flow, hop(via, flow, false, peer, Optional.of(back)), Optional.empty());
    }

    private static Via stamp(Via claimed, InetSocketAddress source) {
        boolean isSource = IpLiteral.parse(claimed.host()).filter(host -> IpLiteral.same(host, source.getAddress())).isPresent();
        if (claimed.hasRport()) {
            return claimed.withReceived(IpLiteral.format(source.getAddress())).withRport(source.getPort());
        }
        return isSource
            ? claimed.withParameters(claimed.parameters().without("received"))
            : claimed.withReceived(IpLiteral.format(source.getAddress()));
    }

    private static InetSocketAddress unreliablePeer(Via via, Flow flow) {
        // Only an address: a name would need DNS here, and no one sends one.
        Optional<InetAddress> maddr = via.maddr().flatMap(IpLiteral::parse);
        if (maddr.isPresent()) {
            return sentByPortAt(via, flow, maddr.get());
        }
        return via.hasRport() ? flow.remote() : sentByPortAt(via, flow, flow.remote().getAddress());
    }

    private static InetSocketAddress sentByPortAt(Via via, Flow flow, InetAddress address) {
        int port = via.port();
        if (port == -1) {
            port = flow.protocol().equals("TLS") ? SIPS_PORT : SIP_PORT;
        }
        return new InetSocketAddress(address, port);
    }

    private static Hop hop(Via via, Flow flow, boolean reliable, InetSocketAddress peer, Optional<Flow> back) {
        InetSocketAddress local = flow.local();
        int port = local.getPort() == 0 ? -1 : local.getPort();
        return new Hop(flow.protocol(), reliable, peer, via.host(), back, IpLiteral.format(local.getAddress()), port);
    }
}
