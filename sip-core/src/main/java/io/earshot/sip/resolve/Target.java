package io.earshot.sip.resolve;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * One place to send a request to.
 *
 * @param protocol the Via token of the transport, upper case
 * @param address resolved address and port
 * @param host the name it was found under, which certificates are checked against
 */
public record Target(String protocol, InetSocketAddress address, String host) {
    public Target {
        requireNonNull(protocol, "protocol");
        requireNonNull(address, "address");
        requireNonNull(host, "host");
    }
}
