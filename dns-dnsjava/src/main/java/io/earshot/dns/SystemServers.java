package io.earshot.dns;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.config.InitializationException;
import org.xbill.DNS.config.JndiContextResolverConfigProvider;
import org.xbill.DNS.config.PropertyResolverConfigProvider;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.config.ResolverConfigProvider;
import org.xbill.DNS.config.WindowsResolverConfigProvider;

/**
 * Finds the DNS servers of the system: by dnsjava's property {@code dns.server}, {@code /etc/resolv.conf}, the Windows API when JNA is
 * there, and else the JDK's JNDI provider. dnsjava's own {@code ResolverConfig} is not used: it is static, never looks again, and says
 * "the local host" when it found nothing.
 */
final class SystemServers {
    private static final Logger LOG = LoggerFactory.getLogger(SystemServers.class);
    private static final List<Supplier<ResolverConfigProvider>> WAYS = List.of(PropertyResolverConfigProvider::new,
            ResolvConfResolverConfigProvider::new, WindowsResolverConfigProvider::new, JndiContextResolverConfigProvider::new);

    private SystemServers() {
    }

    /** Reads files or asks the system; empty when no way leads to any. */
    static List<InetSocketAddress> find() {
        for (Supplier<ResolverConfigProvider> way : WAYS) {
            List<InetSocketAddress> servers = by(way);
            if (!servers.isEmpty()) {
                return servers;
            }
        }
        return List.of();
    }

    static List<InetSocketAddress> by(Supplier<ResolverConfigProvider> way) {
        try {
            ResolverConfigProvider provider = way.get();
            if (!provider.isEnabled()) {
                return List.of();
            }
            provider.initialize();
            Set<InetSocketAddress> servers = new LinkedHashSet<>(provider.servers());
            servers.removeIf(InetSocketAddress::isUnresolved);
            return List.copyOf(servers);
        } catch (InitializationException | RuntimeException | LinkageError missing) {
            LOG.debug("One way to find the DNS servers is not open here: {}", missing.toString());
            return List.of();
        }
    }
}
