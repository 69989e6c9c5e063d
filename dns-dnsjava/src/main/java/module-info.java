/**
 * Looks names up with dnsjava: NAPTR and SRV, which the JDK has no look-up for, A and AAAA. Exports nothing: the SPI it provides is its
 * whole contract.
 *
 * @provides io.earshot.api.dns.spi.DnsResolverProvider {@code "dnsjava"}, preferred to the one over the JDK
 */
module io.earshot.dns {
    requires io.earshot.api;
    requires java.naming; // where dnsjava finds the DNS servers of Windows
    requires org.dnsjava;
    requires org.slf4j;

    provides io.earshot.api.dns.spi.DnsResolverProvider with io.earshot.dns.DnsJavaProvider;
}
