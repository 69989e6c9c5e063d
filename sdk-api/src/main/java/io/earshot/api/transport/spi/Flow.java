package io.earshot.api.transport.spi;

import static io.earshot.api.check.Check.requireNonNull;

import java.net.InetSocketAddress;

/**
 * The way between two sockets (RFC 5626 §2): a connection, or for a connectionless transport the pair of addresses.
 *
 * @param protocol the {@link SipTransportProvider#protocol() protocol}
 * @param local our end
 * @param remote the peer's end
 * @param connection tells connections between equal ends apart; 0 where there are none
 */
public record Flow(String protocol, InetSocketAddress local, InetSocketAddress remote, long connection) {
    public Flow {
        requireNonNull(protocol, "protocol");
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
    }
}
