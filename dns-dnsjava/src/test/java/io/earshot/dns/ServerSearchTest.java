package io.earshot.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsAnswer.Naptr;
import io.earshot.api.dns.spi.DnsAnswer.Srv;
import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.Resolver;
import io.earshot.testkit.dns.Misbehaviour;
import io.earshot.testkit.dns.TestDnsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The procedure of RFC 3263 fed by real answers. */
@Timeout(20)
@Tag("rfc3263")
class ServerSearchTest {
    private record Answer(long query, DnsAnswer answer) { }

    private final TestDnsServer server = TestDnsServer.start();
    private final DnsResolver dns = new DnsJavaProvider().open(new DnsConfig(List.of(server.address()), Duration.ofMillis(600)));
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private Resolver resolver = resolver(1);
    private long now;

    private static Resolver resolver(long seed) {
        return new Resolver(List.of("UDP", "TCP", "TLS"), 8 * Ticker.SECOND, IdSource.seeded(seed));
    }

    @AfterEach
    void close() {
        dns.close();
        server.close();
    }

    private String find(String uri) throws InterruptedException {
        resolver.search((SipUri) Uri.parse(uri), now);
        StringBuilder out = new StringBuilder();
        while (true) {
            Resolver.Output next = resolver.poll();
            if (next instanceof Resolver.Output.Query query) {
                dns.resolve(query.name(), query.type()).thenAccept(answer -> answers.add(new Answer(query.id(), answer)));
            } else if (next instanceof Resolver.Output.Found targets) {
                targets.targets().forEach(target -> out.append(out.isEmpty() ? "" : ", ").append(target.protocol()).append(' ')
                        .append(target.address().getAddress().getHostAddress()).append(':').append(target.address().getPort()));
                return out.toString();
            } else if (next instanceof Resolver.Output.NotFound lost) {
                return lost.reason();
            } else {
                Answer answer = answers.poll(10, TimeUnit.SECONDS);
                resolver.onAnswer(answer.query(), answer.answer(), now);
            }
        }
    }

    @Test
    void naptrLeadsToSrvAndSrvToAddressesInFailOverOrder() throws Exception {
        server.add("example.test", 60, new Naptr(20, 1, "s", "SIP+D2U", "", "_sip._udp.example.test"),
                new Naptr(10, 1, "s", "SIPS+D2T", "", "_sips._tcp.example.test"));
        server.add("_sips._tcp.example.test", 60, new Srv(20, 0, 5061, "b.example.test"), new Srv(10, 0, 5071, "a.example.test"));
        server.add("_sip._udp.example.test", 60, new Srv(1, 0, 5060, "alias.example.test"));
        server.addresses("a.example.test", 60, "192.0.2.1", "192.0.2.2").addresses("b.example.test", 60, "192.0.2.3", "2001:db8::3");
        server.alias("alias.example.test", 60, "b.example.test");
        assertEquals("TLS 192.0.2.1:5071, TLS 192.0.2.2:5071, TLS 192.0.2.3:5061, TLS 2001:db8:0:0:0:0:0:3:5061, UDP 192.0.2.3:5060, "
                + "UDP 2001:db8:0:0:0:0:0:3:5060", find("sip:example.test"));
        int questions = server.asked().size();
        find("sip:example.test");
        assertEquals(questions, server.asked().size(), "kept for their TTL");
        now = 61 * Ticker.SECOND;
        find("sip:example.test");
        assertEquals(2 * questions, server.asked().size());
    }

    @Test
    void weightsShareTheLoadInProportion() throws Exception {
        server.add("_sip._udp.example.test", 60, new Srv(1, 75, 5060, "a.example.test"), new Srv(1, 25, 5060, "b.example.test"));
        server.addresses("a.example.test", 60, "192.0.2.1").addresses("b.example.test", 60, "192.0.2.2");
        Map<String, Integer> firsts = new TreeMap<>();
        resolver = resolver(5);
        for (int i = 0; i < 2_000; i++) {
            firsts.merge(find("sip:example.test;transport=udp").substring(0, "UDP 192.0.2.1".length()), 1, Integer::sum);
        }
        assertTrue(Math.abs(firsts.get("UDP 192.0.2.1") - 1500) < 100, firsts.toString());
    }

    @Test
    void aTtlOf0IsAskedForEachTime() throws Exception {
        server.addresses("example.test", 0, "192.0.2.1");
        assertEquals("UDP 192.0.2.1:5070", find("sip:example.test:5070"));
        server.remove("example.test").addresses("example.test", 0, "192.0.2.2");
        assertEquals("UDP 192.0.2.2:5070", find("sip:example.test:5070"));
    }

    @Test
    void noSuchNameAndSilenceAreSentences() throws Exception {
        assertEquals("Cannot find the server 'nowhere.test': no such name in DNS", find("sip:nowhere.test"));
        server.misbehave("silent.test", Misbehaviour.SILENT);
        assertEquals("Cannot find the server 'silent.test': DNS did not answer in time (asked 127.0.0.1:" + server.address().getPort()
                + ")", find("sip:silent.test:5060"));
    }
}
