package io.earshot.sip.transaction;

import static java.util.Objects.requireNonNull;

import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How to reach the next element, and what the top Via says about the way back.
 *
 * @param protocol the Via transport token in upper case: {@code UDP}, {@code TCP}, {@code TLS}, …
 * @param reliable whether that transport retransmits by itself
 * @param peer where to send; with a flow, its remote end
 * @param host the peer's name, for TLS verification; the address as text where there is none
 * @param flow the one flow to use (RFC 5626, responses); empty leaves the choice of a connection to the transport
 * @param sentByHost the host for the Via's sent-by of requests; an IPv6 address may be written with or without brackets
 * @param sentByPort the port for sent-by, 1 to 65535; -1 leaves it out
 * @param via what the Via of requests calls the transport; the protocol, but for servers that are to read something else
 */
public record Hop(String protocol, boolean reliable, InetSocketAddress peer, String host, Optional<Flow> flow, String sentByHost,
        int sentByPort, String via) {
    public Hop {
        requireNonNull(protocol, "protocol");
        requireNonNull(peer, "peer");
        requireNonNull(host, "host");
        requireNonNull(flow, "flow");
        requireNonNull(sentByHost, "sentByHost");
        requireNonNull(via, "via");
        if (sentByPort != -1 && (sentByPort < 1 || sentByPort > 65_535)) {
            throw new IllegalArgumentException("sentByPort must be -1 or 1 to 65535, not " + sentByPort);
        }
    }

    /** Makes a hop whose Via calls the transport what it is. */
    public Hop(String protocol, boolean reliable, InetSocketAddress peer, String host, Optional<Flow> flow, String sentByHost,
            int sentByPort) {
        this(protocol, reliable, peer, host, flow, sentByHost, sentByPort, protocol);
    }

    /** Returns a hop that leaves the choice of a connection to the transport and is known by its address only. */
    public static Hop to(String protocol, boolean reliable, InetSocketAddress peer, InetSocketAddress sentBy) {
        return new Hop(protocol, reliable, peer, peer.getHostString(), Optional.empty(), sentBy.getHostString(), sentBy.getPort());
    }

    /** Returns the address that messages over this hop go to. */
    InetSocketAddress endpoint() {
        return flow.isPresent() ? flow.get().remote() : peer;
    }
}
