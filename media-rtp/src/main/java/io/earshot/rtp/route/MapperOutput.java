package io.earshot.rtp.route;

import java.net.InetSocketAddress;
import java.net.URI;

/** What a {@link PortMapper} asks of its owner. */
public sealed interface MapperOutput {
    /** Send a datagram from a socket of its own, which is bound to our address in the router's network. */
    record Transmit(InetSocketAddress to, byte[] data) implements MapperOutput { }

    /**
     * Make an HTTP request where it may take its time, without following redirects and through no proxy, reading at most
     * {@code most} bytes within 5 s, and call {@link PortMapper#answered}. A GET when {@code body} is empty, else a POST with the header
     * {@code SOAPAction}.
     */
    record Http(int request, URI uri, String action, String body, int most) implements MapperOutput { }

    /**
     * The router passes on what comes to this address of its own. Told again only when it is another one than before.
     *
     * @param port ours
     * @param protocol how the router was asked: PCP, NAT-PMP or UPnP
     */
    record Mapped(int port, InetSocketAddress external, String protocol) implements MapperOutput { }

    /**
     * The router does not, or no longer. It is asked again in a while.
     *
     * @param reason part of a sentence
     */
    record Unmapped(int port, String reason) implements MapperOutput { }

    /** Nothing more for now; call {@link PortMapper#onTime} at this time. Always the last. */
    record Wait(long deadline) implements MapperOutput { }
}
