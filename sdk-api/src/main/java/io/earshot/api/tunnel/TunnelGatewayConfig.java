package io.earshot.api.tunnel;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import io.earshot.api.transport.spi.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tunnel gateway. Immutable; start from {@link #of}. It sends nowhere that is not listed: it is no open relay.
 *
 * @param listen where clients come; port 0 for a free one
 * @param tls with an identity, TLS is spoken there; without one only where something in front of the gateway does so, or else the tunnel
 *     encrypts by itself
 * @param path of the HTTP requests
 * @param users the key of each, {@value TunnelConfig#SHORTEST_KEY} characters or more; never printed
 * @param to where SIP may go and come from: {@code host}, {@code host:port}, {@code 192.0.2.0/24} or {@code [2001:db8::1]:5060}; RTP may
 *     go to any port of those machines
 * @param mediaTo where else RTP may go and come from, written alike
 * @param outside the address of this machine that sockets are bound to; the wildcard for all
 * @param announced the address that servers and peers see, where it is not {@code outside}
 * @param firstPort of those for SIP and RTP, even
 * @param lastPort of them
 * @param keep how long the channels of a lost connection live, up to 10 minutes
 * @param limits of users
 * @param fronts web servers in front of the gateway, as one that ends TLS: they are believed in {@code X-Forwarded-For}
 */
public record TunnelGatewayConfig(InetSocketAddress listen, TlsConfig tls, String path, Map<String, String> users, List<String> to,
        List<String> mediaTo, InetAddress outside, Optional<InetAddress> announced, int firstPort, int lastPort, Duration keep,
        Limits limits, List<InetAddress> fronts) {
    /**
     * What users can have.
     *
     * @param sessions of all users at the same time
     * @param sessionsPerUser of one
     * @param channels of one session: one for SIP, one for each call and those kept ready
     * @param bytesPerSecond from one session to the world
     * @param strangers connections from one address on which nobody has proven to be a user yet
     */
    public record Limits(int sessions, int sessionsPerUser, int channels, int bytesPerSecond, int strangers) {
        /** 1000 sessions, 5 per user, 40 channels, 500 kB/s, 50 strangers from one address. */
        public static final Limits DEFAULT = new Limits(1_000, 5, 40, 500_000, 50);

        public Limits {
            Check.range(sessions, 1, 100_000, "sessions");
            Check.range(sessionsPerUser, 1, 100_000, "sessionsPerUser");
            Check.range(channels, 1, 1_000, "channels");
            Check.range(bytesPerSecond, 10_000, 1_000_000_000, "bytesPerSecond");
            Check.range(strangers, 1, 100_000, "strangers");
        }
    }

    public TunnelGatewayConfig {
        requireNonNull(listen, "listen");
        requireNonNull(tls, "tls");
        requireNonNull(path, "path");
        users = Check.map(users, "users");
        to = Check.lines(to, "to");
        mediaTo = Check.lines(mediaTo, "mediaTo");
        requireNonNull(outside, "outside");
        requireNonNull(announced, "announced");
        requireNonNull(limits, "limits");
        fronts = Check.list(fronts, "fronts");
        Check.range(keep, Duration.ofSeconds(1), Duration.ofMinutes(10), "keep");
        users.forEach((user, key) -> TunnelConfig.checkKey(key, Check.word(user, "user")));
        if (users.isEmpty()) {
            throw new IllegalArgumentException("a tunnel gateway needs users: without any nobody could come in");
        }
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a tunnel gateway needs to know the SIP servers it may reach, as sip.example.com:5060");
        }
        if (!path.startsWith("/") || path.length() < 2 || path.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '?' || c == '#')) {
            throw new IllegalArgumentException("the path of a tunnel gateway is as /tunnel, not '" + path + "'");
        }
        if (firstPort < 1_024 || lastPort > 65_535 || firstPort % 2 != 0 || lastPort <= firstPort) {
            throw new IllegalArgumentException("the ports of a tunnel gateway are from an even number of 1024 or more to a larger one up "
                + "to 65535, not " + firstPort + " to " + lastPort);
        }
    }

    /** Returns settings with one user, SIP to these servers, ports 40000 to 49999, channels kept for 30 s. */
    public static TunnelGatewayConfig of(InetSocketAddress listen, String user, String key, String... servers) {
        requireNonNull(user, "user");
        requireNonNull(key, "key");
        return new TunnelGatewayConfig(listen, TlsConfig.DEFAULT, "/tunnel", Map.of(user, key), Check.list(servers, "servers"), List.of(),
            new InetSocketAddress(0).getAddress(), Optional.empty(), 40_000, 49_999, Duration.ofSeconds(30), Limits.DEFAULT, List.of());
    }

    /** Returns these settings with others for TLS. */
    public TunnelGatewayConfig withTls(TlsConfig value) {
        return new TunnelGatewayConfig(listen, value, path, users, to, mediaTo, outside, announced, firstPort, lastPort,
            keep, limits, fronts);
    }

    /** Returns these settings with these users and their keys. */
    public TunnelGatewayConfig withUsers(Map<String, String> value) {
        return new TunnelGatewayConfig(listen, tls, path, value, to, mediaTo, outside, announced, firstPort, lastPort,
            keep, limits, fronts);
    }

    /** Returns these settings with another {@link #path}. */
    public TunnelGatewayConfig withPath(String value) {
        return new TunnelGatewayConfig(listen, tls, value, users, to, mediaTo, outside, announced, firstPort, lastPort,
            keep, limits, fronts);
    }

    /** Returns these settings with other machines for RTP. */
    public TunnelGatewayConfig withMediaTo(String... value) {
        return new TunnelGatewayConfig(listen, tls, path, users, to, Check.list(value, "value"), outside, announced, firstPort, lastPort,
            keep, limits, fronts);
    }

    /** Returns these settings with another address that sockets are bound to, and another one that is announced. */
    public TunnelGatewayConfig withOutside(InetAddress bound, Optional<InetAddress> seen) {
        return new TunnelGatewayConfig(listen, tls, path, users, to, mediaTo, bound, seen, firstPort, lastPort, keep, limits, fronts);
    }

    /** Returns these settings with another range of ports. */
    public TunnelGatewayConfig withPorts(int first, int last) {
        return new TunnelGatewayConfig(listen, tls, path, users, to, mediaTo, outside, announced, first, last, keep, limits, fronts);
    }

    /** Returns these settings with another time for which channels of lost connections are kept. */
    public TunnelGatewayConfig withKeep(Duration value) {
        return new TunnelGatewayConfig(listen, tls, path, users, to, mediaTo, outside, announced, firstPort, lastPort,
            value, limits, fronts);
    }

    /** Returns these settings with other limits. */
    public TunnelGatewayConfig withLimits(Limits value) {
        return new TunnelGatewayConfig(listen, tls, path, users, to, mediaTo, outside, announced, firstPort, lastPort, keep, value, fronts);
    }

    /** Returns these settings with these web servers in front. */
    public TunnelGatewayConfig withFronts(InetAddress... value) {
        return new TunnelGatewayConfig(listen, tls, path, users, to, mediaTo, outside, announced, firstPort, lastPort, keep, limits,
            Check.list(value, "value"));
    }

    /** Prints no keys. */
    @Override
    public String toString() {
        return "TunnelGatewayConfig[" + listen + path + " for " + users.keySet() + " to " + to + " and " + mediaTo + "]";
    }
}
