package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TlsConfig;
import java.net.InetAddress;
import java.util.Optional;

/**
 * How a phone uses the network, beyond the address it listens on. Immutable; start from {@link #DEFAULT}.
 *
 * @param tls whom to trust and as whom to appear over TLS
 * @param connections how TCP and TLS connections are treated
 * @param tlsPort the local port for TLS, 0 to 65535; 0 is one above the SIP port, or a free one where that is free too
 * @param sipTrafficClass the IP type-of-service byte of signalling, 0 to 255; 0 leaves the system's default. A wish: systems may ignore it
 * @param mediaTrafficClass the same of RTP and RTCP
 * @param announced the address to name in Via, Contact and SDP instead of the local one, as a static mapping of a NAT needs
 * @param dualStack which addresses of a server with both IP versions are tried first
 * @param names when DNS is asked for names of servers
 * @param proxy what goes between this phone and the world: SIP over TCP, TLS and WebSocket, relays over TCP and TLS, and with SOCKS, where
 *     it carries datagrams, SIP over UDP and the sound too. Tunnels have a
 *     {@link io.earshot.api.tunnel.TunnelConfig#proxy proxy} of their own
 */
public record NetworkConfig(TlsConfig tls, StreamConfig connections, int tlsPort, int sipTrafficClass, int mediaTrafficClass,
        Optional<InetAddress> announced, DualStack dualStack, NameLookup names, ProxyConfig proxy) {
    /** Certificates are verified, no traffic class, local addresses are named as they are. */
    public static final NetworkConfig DEFAULT = new NetworkConfig(TlsConfig.DEFAULT, StreamConfig.DEFAULT, 0, 0, 0, Optional.empty(),
        DualStack.DEFAULT, NameLookup.CACHED, ProxyConfig.NONE);

    public NetworkConfig {
        requireNonNull(tls, "tls");
        requireNonNull(connections, "connections");
        requireNonNull(announced, "announced");
        requireNonNull(dualStack, "dualStack");
        requireNonNull(names, "names");
        requireNonNull(proxy, "proxy");
        Check.range(tlsPort, 0, 65_535, "tlsPort", "0 picks a free one");
        checkTrafficClass(sipTrafficClass, "sipTrafficClass");
        checkTrafficClass(mediaTrafficClass, "mediaTrafficClass");
        if (announced.isPresent() && announced.get().isAnyLocalAddress()) {
            throw new IllegalArgumentException("the wildcard address cannot be announced: peers could not reach it");
        }
    }

    private static void checkTrafficClass(int value, String name) {
        Check.range(value, 0, 255, name, "184 is voice (EF), 0 is none");
    }

    /** Returns these settings with others for TLS. */
    public NetworkConfig withTls(TlsConfig settings) {
        return new NetworkConfig(settings, connections, tlsPort, sipTrafficClass, mediaTrafficClass, announced, dualStack, names, proxy);
    }

    /** Returns these settings with others for connections. */
    public NetworkConfig withConnections(StreamConfig settings) {
        return new NetworkConfig(tls, settings, tlsPort, sipTrafficClass, mediaTrafficClass, announced, dualStack, names, proxy);
    }

    /** Returns these settings with another {@link #tlsPort}. */
    public NetworkConfig withTlsPort(int port) {
        return new NetworkConfig(tls, connections, port, sipTrafficClass, mediaTrafficClass, announced, dualStack, names, proxy);
    }

    /** Returns these settings with other traffic classes, as 0x68 (AF31) for signalling and 0xB8 (EF) for media. */
    public NetworkConfig withTrafficClass(int sip, int media) {
        return new NetworkConfig(tls, connections, tlsPort, sip, media, announced, dualStack, names, proxy);
    }

    /** Returns these settings with an address to name instead of the local one. */
    public NetworkConfig withAnnounced(InetAddress address) {
        return new NetworkConfig(tls, connections, tlsPort, sipTrafficClass, mediaTrafficClass,
                Optional.of(requireNonNull(address, "address")), dualStack, names, proxy);
    }

    /** Returns these settings with others for servers that have both IP versions. */
    public NetworkConfig withDualStack(DualStack settings) {
        return new NetworkConfig(tls, connections, tlsPort, sipTrafficClass, mediaTrafficClass, announced, settings, names, proxy);
    }

    /** Returns these settings with another use of DNS. */
    public NetworkConfig withNames(NameLookup use) {
        return new NetworkConfig(tls, connections, tlsPort, sipTrafficClass, mediaTrafficClass, announced, dualStack, use, proxy);
    }

    /** Returns these settings with a proxy. */
    public NetworkConfig withProxy(ProxyConfig settings) {
        return new NetworkConfig(tls, connections, tlsPort, sipTrafficClass, mediaTrafficClass, announced, dualStack, names, settings);
    }
}
