package io.earshot.api.dns.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a resolver is to ask.
 *
 * @param servers the DNS servers to ask, resolved, best first; empty for those of the operating system
 * @param timeout how long one question may take in all, every server and repetition included; more than 0
 */
public record DnsConfig(List<InetSocketAddress> servers, Duration timeout) {
    /** The operating system's servers, and 7 s: a little less than the SIP engine waits for an answer. */
    public static final DnsConfig DEFAULT = new DnsConfig(List.of(), Duration.ofSeconds(7));

    public DnsConfig {
        servers = Check.list(servers, "servers");
        requireNonNull(timeout, "timeout");
        Check.range(timeout, Duration.ofMillis(1), Duration.ofHours(1), "timeout");
        for (InetSocketAddress server : servers) {
            if (server.isUnresolved() || server.getPort() == 0) {
                throw new IllegalArgumentException("a DNS server is an IP address and a port from 1 up, as 192.0.2.1 and 53, not "
                    + server);
            }
        }
    }

    /** Returns a copy that asks these servers. */
    public DnsConfig withServers(InetSocketAddress... chosen) {
        return new DnsConfig(Check.list(chosen, "chosen"), timeout);
    }

    /** Returns a copy with another limit per question. */
    public DnsConfig withTimeout(Duration limit) {
        return new DnsConfig(servers, limit);
    }
}
