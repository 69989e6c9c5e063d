package io.earshot.api.dns.spi;

/** Offers a resolver. Found by {@link java.util.ServiceLoader}; the one of highest priority is used. */
public interface DnsResolverProvider {
    /** Returns a short name for configuration and logs. */
    String name();

    /** Returns the preference among resolvers, higher first; the built-in one over the JDK (A and AAAA only) has 0. */
    int priority();

    /** Returns a resolver that the caller closes. */
    DnsResolver open();

    /**
     * Returns a resolver that asks as it is told. One that cannot, as that over the JDK, opens as {@link #open()} does unless servers
     * are given.
     *
     * @throws UnsupportedOperationException when servers are given and this resolver cannot choose whom to ask
     */
    default DnsResolver open(DnsConfig config) {
        if (!config.servers().isEmpty()) {
            throw new UnsupportedOperationException("the resolver '" + name() + "' cannot be told which DNS servers to ask");
        }
        return open();
    }
}
