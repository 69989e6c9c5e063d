package io.earshot.ice.portmap;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/** What a port mapper asks of its owner. */
public sealed interface PortMapOutput {
    /** Send a datagram; to the multicast group of SSDP for UPnP. */
    record Transmit(InetSocketAddress to, byte[] data) implements PortMapOutput { }

    /**
     * Make an HTTP request on a worker, without following redirects, reading at most {@link UpnpMapper#MAX_BODY} bytes within 5 s, and
     * call {@link UpnpMapper#answered}. A GET when {@code body} is empty, else a POST with header {@code SOAPAction: action}.
     */
    record Http(int id, URI uri, String action, String body) implements PortMapOutput { }

    /** The router forwards this public address to us, for so long; it is renewed by itself. */
    record Mapped(String protocol, InetSocketAddress external, Duration lifetime) implements PortMapOutput { }

    /** The router does not, or no longer; {@code reason} is a sentence. */
    record Failed(String reason) implements PortMapOutput { }

    /** Nothing more now. Always the last. */
    record Wait(long deadline) implements PortMapOutput { }
}
