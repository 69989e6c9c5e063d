package io.earshot.dns;

import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.dns.spi.DnsResolverProvider;

/** Offers resolvers over dnsjava. They share nothing with each other, nor with an application that uses dnsjava itself. */
public final class DnsJavaProvider implements DnsResolverProvider {
    private static final int PRIORITY = 100;

    /** Makes the provider; {@link java.util.ServiceLoader} does. */
    public DnsJavaProvider() {
    }

    @Override
    public String name() {
        return "dnsjava";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public DnsResolver open() {
        return open(DnsConfig.DEFAULT);
    }

    @Override
    public DnsResolver open(DnsConfig config) {
        return new DnsJavaResolver(config, DnsLimits.DEFAULT);
    }
}
