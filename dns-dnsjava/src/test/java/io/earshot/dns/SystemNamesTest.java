package io.earshot.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.dns.spi.DnsResolverProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.config.JndiContextResolverConfigProvider;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/** What the operating system has to say. */
@Timeout(20)
@Tag("rfc6762")
class SystemNamesTest {
    @Test
    void namesThatAreNotForDnsAreToldFromTheOthers() throws Exception {
        for (String local : List.of("pbx", "localhost", "a.LOCALHOST", "printer.local")) {
            assertTrue(SystemNames.isLocal(Name.fromString(local, Name.root)), local);
        }
        for (String global : List.of("example.test", "local.example.test", "_sip._udp.example.test")) {
            assertFalse(SystemNames.isLocal(Name.fromString(global, Name.root)), global);
        }
    }

    @Test
    void theLocalHostIsFoundWithoutAnyServer() throws Exception {
        try (DnsResolver resolver = new DnsJavaProvider().open()) {
            DnsAnswer answer = resolver.resolve("localhost", RecordType.A).toCompletableFuture().get(10, TimeUnit.SECONDS);
            DnsAnswer.Address first = (DnsAnswer.Address) ((DnsAnswer.Found) answer).records().get(0);
            assertTrue(first.address().isLoopbackAddress());
        }
    }

    /** The way for Windows without JNA: where there is a resolv.conf, the JDK must come to the same servers as dnsjava. */
    @Test
    void theJdkKnowsTheSameServersAsResolvConf() {
        assertEquals(SystemServers.by(ResolvConfResolverConfigProvider::new), SystemServers.by(JndiContextResolverConfigProvider::new));
    }

    @Test
    void aWayThatBreaksIsNoWay() {
        assertEquals(List.of(), SystemServers.by(() -> {
            throw new NoClassDefFoundError("com/sun/jna/Memory");
        }));
    }

    @Test
    void itIsPreferredToTheResolverOverTheJdk() {
        DnsResolverProvider provider = new DnsJavaProvider();
        assertTrue(provider.priority() > 0);
        assertEquals("dnsjava", provider.name());
    }
}
