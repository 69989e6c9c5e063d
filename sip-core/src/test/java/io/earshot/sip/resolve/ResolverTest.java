package io.earshot.sip.resolve;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.NameLookup;
import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsAnswer.Address;
import io.earshot.api.dns.spi.DnsAnswer.DnsRecord;
import io.earshot.api.dns.spi.DnsAnswer.Naptr;
import io.earshot.api.dns.spi.DnsAnswer.Srv;
import io.earshot.api.id.IdSource;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3263")
class ResolverTest {
    private final Map<String, DnsAnswer> zone = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Resolver resolver = resolver("UDP");
    private long now;

    private static Resolver resolver(String... protocols) {
        return new Resolver(List.of(protocols), 8 * SECOND, IdSource.seeded(1));
    }

    private static DnsAnswer.Found found(DnsRecord... records) {
        return new DnsAnswer.Found(List.of(records), 60);
    }

    private static Address address(String ip) {
        try {
            return new Address(InetAddress.getByName(ip));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns what a search comes to: its targets, or the sentence why there are none. */
    private String find(String uri) {
        resolver.search((SipUri) Uri.parse(uri), now);
        return settle();
    }

    private String settle() {
        StringBuilder out = new StringBuilder();
        for (Resolver.Output next = resolver.poll(); !(next instanceof Resolver.Output.Wait); next = resolver.poll()) {
            if (next instanceof Resolver.Output.Query query) {
                String question = query.type() + " " + query.name();
                asked.add(question);
                if (zone.containsKey(question) || !zone.containsKey("silent")) {
                    resolver.onAnswer(query.id(), zone.getOrDefault(question, new DnsAnswer.NoSuchName()), now);
                }
            } else if (next instanceof Resolver.Output.Found targets) {
                targets.targets().forEach(target -> out.append(out.isEmpty() ? "" : ", ").append(target.protocol()).append(' ')
                    .append(target.address().getAddress().getHostAddress()).append(' ').append(target.address().getPort()));
            } else if (next instanceof Resolver.Output.NotFound lost) {
                out.append(lost.reason());
            }
        }
        return out.toString();
    }

    @Test
    void addressesNeedNoQuestion() {
        assertEquals("UDP 192.0.2.1 5060", find("sip:bob@192.0.2.1"));
        assertEquals("UDP 192.0.2.1 5070", find("sip:bob@192.0.2.1:5070"));
        assertEquals("UDP 2001:db8:0:0:0:0:0:1 5060", find("sip:bob@[2001:db8::1]"));
        assertTrue(asked.isEmpty());
    }

    @Test
    void aPortSkipsSrv() {
        zone.put("A b.example", found(address("192.0.2.1"), address("192.0.2.2")));
        zone.put("AAAA b.example", found(address("2001:db8::1")));
        assertEquals("UDP 192.0.2.1 5070, UDP 192.0.2.2 5070, UDP 2001:db8:0:0:0:0:0:1 5070", find("sip:b.example:5070"));
        assertEquals(List.of("A b.example", "AAAA b.example"), asked);
    }

    @Test
    void srvGivesServersByPriority() {
        zone.put("SRV _sip._udp.b.example", found(new Srv(20, 0, 5080, "two.b.example"), new Srv(10, 0, 5070, "one.b.example")));
        zone.put("A one.b.example", found(address("192.0.2.1")));
        zone.put("A two.b.example", found(address("192.0.2.2")));
        assertEquals("UDP 192.0.2.1 5070, UDP 192.0.2.2 5080", find("sip:b.example"));
    }

    @Test
    void naptrChoosesTheTransport() {
        resolver = resolver("UDP", "TCP");
        zone.put("NAPTR b.example", found(new Naptr(50, 50, "s", "SIP+D2T", "", "_sip._tcp.b.example"),
            new Naptr(10, 50, "s", "SIPS+D2T", "", "_sips._tcp.b.example")));
        zone.put("SRV _sip._tcp.b.example", found(new Srv(1, 0, 5060, "t.b.example")));
        zone.put("A t.b.example", found(address("192.0.2.3")));
        assertEquals("TCP 192.0.2.3 5060", find("sip:b.example"));
    }

    @Test
    void aResolverWithAddressesOnlyIsEnough() {
        for (String question : List.of("NAPTR b.example", "SRV _sip._udp.b.example", "AAAA b.example")) {
            zone.put(question, new DnsAnswer.Unsupported());
        }
        zone.put("A b.example", found(address("192.0.2.1")));
        assertEquals("UDP 192.0.2.1 5060", find("sip:b.example"));
    }

    @Test
    void theTransportParameterIsObeyedOrRefused() {
        resolver = resolver("UDP", "TCP", "TLS");
        zone.put("A b.example", found(address("192.0.2.1")));
        assertEquals("TCP 192.0.2.1 5060", find("sip:b.example;transport=tcp"));
        assertEquals("TLS 192.0.2.1 5061", find("sips:b.example"));
        resolver = resolver("UDP");
        assertEquals("No transport for TCP, which sip:b.example;transport=tcp needs", find("sip:b.example;transport=tcp"));
        assertEquals("No transport for TLS, which sips:b.example needs", find("sips:b.example"));
    }

    @Test
    void failuresAreSentences() {
        assertEquals("Cannot find the server 'sip.nowhere.invalid': no such name in DNS", find("sip:x@sip.nowhere.invalid"));
        zone.put("A broken.example", new DnsAnswer.Failed("the DNS server reports an error"));
        assertEquals("Cannot find the server 'broken.example': the DNS server reports an error", find("sip:broken.example"));
        zone.put("A empty.example", found());
        zone.put("AAAA empty.example", found());
        assertEquals("Cannot find the server 'empty.example': the name has no address in DNS", find("sip:empty.example"));
    }

    @Test
    void silenceIsGivenUpOnWithin32Seconds() {
        zone.put("silent", new DnsAnswer.Unsupported());
        find("sip:slow.example");
        String outcome = "";
        while (outcome.isEmpty() && now < 32 * SECOND) {
            now += SECOND;
            resolver.onTime(now);
            outcome = settle();
        }
        assertEquals("Cannot find the server 'slow.example': DNS did not answer within 8 s", outcome);
        assertTrue(resolver.isIdle());
    }

    @Test
    void answersAreKeptForTheirTtlAndAnHourWhenDnsFails() {
        zone.put("A b.example", found(address("192.0.2.1")));
        find("sip:b.example:5060");
        asked.clear();
        now = 59 * SECOND;
        assertEquals("UDP 192.0.2.1 5060", find("sip:b.example:5060"));
        assertEquals(List.of("AAAA b.example"), asked, "negative answers are kept for less");
        zone.put("A b.example", new DnsAnswer.Failed("down"));
        zone.put("AAAA b.example", new DnsAnswer.Failed("down"));
        now = 3000 * SECOND;
        assertEquals("UDP 192.0.2.1 5060", find("sip:b.example:5060"));
        now = 8000 * SECOND;
        assertEquals("Cannot find the server 'b.example': down", find("sip:b.example:5060"));
    }

    @Test
    void searchesShareQuestions() {
        zone.put("silent", new DnsAnswer.Unsupported());
        find("sip:b.example:5060");
        find("sip:b.example:5061");
        assertEquals(List.of("A b.example", "AAAA b.example"), asked);
    }

    @Test
    void aCancelledSearchSaysNothing() {
        long search = resolver.search((SipUri) Uri.parse("sip:192.0.2.1"), now);
        resolver.cancel(search);
        assertEquals("", settle());
        assertTrue(resolver.isIdle());
    }

    @Test
    void hugeAnswersAreCut() {
        DnsRecord[] many = new DnsRecord[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = address("192.0.2." + i);
        }
        zone.put("A b.example", found(many));
        assertEquals(16, find("sip:b.example:5060").split(",").length);
    }

    @Test
    void weightsShareTheLoad() {
        Map<String, Integer> firsts = new TreeMap<>();
        IdSource chance = IdSource.seeded(7);
        List<Srv> records = List.of(new Srv(1, 10, 1, "a"), new Srv(1, 30, 1, "b"), new Srv(1, 60, 1, "c"), new Srv(0, 0, 1, "z"));
        for (int i = 0; i < 10_000; i++) {
            List<Srv> sorted = SrvOrder.sort(records, chance);
            assertEquals("z", sorted.get(0).target());
            firsts.merge(sorted.get(1).target(), 1, Integer::sum);
        }
        assertTrue(Math.abs(firsts.get("a") - 1000) < 200, firsts.toString());
        assertTrue(Math.abs(firsts.get("b") - 3000) < 300, firsts.toString());
        assertTrue(Math.abs(firsts.get("c") - 6000) < 300, firsts.toString());
    }

    @Test
    void namesThatLookLikeAddressesAreNotTakenForThem() {
        assertTrue(Literals.parse("999.1.1.1").isEmpty());
        assertTrue(Literals.parse("1.2.3").isEmpty());
        assertTrue(Literals.parse("1.2.3.4.5").isEmpty());
        assertTrue(Literals.parse("1.2.3.x").isEmpty());
        assertEquals("1.2.3.4", Literals.parse("1.2.3.4").orElseThrow().getHostAddress());
    }

    private static Resolver resolver(NameLookup use) {
        return new Resolver(List.of("UDP"), 8 * SECOND, IdSource.seeded(1), AddressOrder.IPV4_FIRST, use);
    }

    /** Looks a name up twice, a day between; returns the answers, and how often DNS was asked. */
    private String twice(NameLookup use, long between) {
        resolver = resolver(use);
        asked.clear();
        zone.put("A b.example", found(address("192.0.2.1")));
        String first = find("sip:b.example:5070");
        now += between;
        zone.put("A b.example", found(address("192.0.2.2")));
        return first + " | " + find("sip:b.example:5070") + " | " + asked.stream().filter("A b.example"::equals).count();
    }

    @Test
    void whatIsKnownIsUsedAsItIsWanted() {
        long day = 86_400 * SECOND;
        assertEquals("UDP 192.0.2.1 5070 | UDP 192.0.2.1 5070 | 1", twice(NameLookup.CACHED, SECOND));
        assertEquals("UDP 192.0.2.1 5070 | UDP 192.0.2.2 5070 | 2", twice(NameLookup.CACHED, day));
        assertEquals("UDP 192.0.2.1 5070 | UDP 192.0.2.2 5070 | 2", twice(NameLookup.ALWAYS_ASK, SECOND));
        assertEquals("UDP 192.0.2.1 5070 | UDP 192.0.2.1 5070 | 1", twice(NameLookup.KEEP, day));
    }

    @Test
    void nobodyIsAskedWhereThatIsNotWanted() {
        String unknown = "Cannot find the server 'b.example': the name is not known, and DNS is not to be asked";
        assertEquals(unknown + " | " + unknown + " | 0", twice(NameLookup.KNOWN_ONLY, SECOND));
        String never = "Cannot find the server 'b.example': names are not looked up, as it was asked for: give an address";
        assertEquals(never + " | " + never + " | 0", twice(NameLookup.NEVER, SECOND));
        assertEquals("UDP 192.0.2.1 5060", find("sip:bob@192.0.2.1"));
    }
}
