package io.earshot.api.dns.spi;

/** Offers a resolver. Found by {@link java.util.ServiceLoader}; the one of highest priority is used. */
public interface DnsResolverProvider {
    /** Returns a short name for configuration and logs. */
    String name();

    /** Returns the preference among resolvers, higher first; the built-in one over the JDK (A and AAAA only) has 0. */
    int priority();

    /** Returns a resolver that the caller closes. */
    DnsResolver open();
}
