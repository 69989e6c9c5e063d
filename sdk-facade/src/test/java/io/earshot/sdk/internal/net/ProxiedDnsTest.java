package io.earshot.sdk.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.testkit.ManualTicker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Names that this machine does not know, behind a proxy. */
class ProxiedDnsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final List<String> asked = new ArrayList<>();
    private DnsAnswer answer = new DnsAnswer.NoSuchName();
    private final DnsResolver dns = new ProxiedDns((name, type) -> {
        asked.add(name + " " + type);
        return CompletableFuture.completedFuture(answer);
    }, ticker);

    private DnsAnswer resolve(String name, RecordType type) {
        return dns.resolve(name, type).toCompletableFuture().join();
    }

    private static Optional<String> name(DnsAnswer answer) {
        DnsAnswer.Found found = assertInstanceOf(DnsAnswer.Found.class, answer);
        return ProxiedNames.name(((DnsAnswer.Address) found.records().get(0)).address());
    }

    @Test
    void whatIsKnownHereIsUsed() throws Exception {
        answer = new DnsAnswer.Found(List.of(new DnsAnswer.Address(InetAddress.getByName("192.0.2.1"))), 60);
        assertEquals(answer, resolve("sip.example.com", RecordType.A));
    }

    @Test
    void whatIsNotKnownHereIsLeftToTheProxy() {
        assertEquals(Optional.of("sip.example.com"), name(resolve("sip.example.com", RecordType.A)));
        for (RecordType other : List.of(RecordType.AAAA, RecordType.SRV, RecordType.NAPTR)) {
            assertEquals(List.of(), assertInstanceOf(DnsAnswer.Found.class, resolve("sip.example.com", other)).records());
        }
        assertEquals(4, asked.size());
    }

    @Test
    void aDnsThatDoesNotAnswerIsNotAskedAgainForAWhile() {
        answer = new DnsAnswer.Failed("nobody is there");
        assertEquals(Optional.of("sip.example.com"), name(resolve("sip.example.com", RecordType.A)));
        assertEquals(Optional.of("sip.example.org"), name(resolve("sip.example.org", RecordType.A)));
        assertEquals(List.of("sip.example.com A"), asked);
        ticker.advance(Duration.ofSeconds(31));
        resolve("sip.example.org", RecordType.A);
        assertEquals(2, asked.size());
        assertTrue(asked.contains("sip.example.org A"));
    }
}
