package io.earshot.sdk.internal.net;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.dns.spi.DnsResolverProvider;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A and AAAA by the JDK, which asks the system: the resolver that is always there. It cannot tell how long an answer holds. */
public final class JdkDnsResolver implements DnsResolver {
    private static final long TTL_SECONDS = 30;

    private final Executor workers;

    /** Makes a resolver whose look-ups block threads of {@code workers}. */
    public JdkDnsResolver(Executor workers) {
        this.workers = workers;
    }

    @Override
    public CompletionStage<DnsAnswer> resolve(String name, RecordType type) {
        if (type != RecordType.A && type != RecordType.AAAA) {
            return CompletableFuture.completedFuture(new DnsAnswer.Unsupported());
        }
        return CompletableFuture.supplyAsync(() -> lookUp(name, type), workers);
    }

    private static DnsAnswer lookUp(String name, RecordType type) {
        try {
            List<DnsAnswer.DnsRecord> records = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                if (address instanceof Inet4Address == (type == RecordType.A)) {
                    records.add(new DnsAnswer.Address(address));
                }
            }
            return new DnsAnswer.Found(records, TTL_SECONDS);
        } catch (UnknownHostException none) {
            return new DnsAnswer.NoSuchName();
        } catch (SecurityException refused) {
            return new DnsAnswer.Failed("The security manager does not let us look up " + name + ".");
        }
    }

    /** Offers this resolver when there is no better one. */
    public static final class Provider implements DnsResolverProvider {
        private final Executor workers;

        /** Makes a provider of resolvers that use these threads. */
        public Provider(Executor workers) {
            this.workers = workers;
        }

        @Override
        public String name() {
            return "jdk";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public DnsResolver open() {
            return new JdkDnsResolver(workers);
        }
    }
}
