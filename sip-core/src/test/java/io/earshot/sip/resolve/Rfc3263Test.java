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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of RFC 3263 §4 and RFC 2782 one by one. */
@Tag("rfc3263")
@Tag("rfc2782")
class Rfc3263Test {
    private final Map<String, DnsAnswer> zone = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Long> unanswered = new HashMap<>();
    private final Set<String> silent = new TreeSet<>();
    private Resolver resolver = resolver("UDP", "TCP", "TLS", "WS", "WSS");
    private long now;

    private static Resolver resolver(String... protocols) {
        return new Resolver(List.of(protocols), 8 * SECOND, IdSource.seeded(1));
    }

    private void put(String question, long ttl, DnsRecord... records) {
        zone.put(question, new DnsAnswer.Found(List.of(records), ttl));
    }

    private void host(String name, String... ips) {
        put("A " + name, 60, java.util.Arrays.stream(ips).map(Rfc3263Test::address).toArray(DnsRecord[]::new));
    }

    private static Address address(String ip) {
        try {
            return new Address(InetAddress.getByName(ip));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

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
                if (silent.contains(question)) {
                    unanswered.put(question, query.id());
                } else {
                    resolver.onAnswer(query.id(), zone.getOrDefault(question, new DnsAnswer.NoSuchName()), now);
                }
            } else if (next instanceof Resolver.Output.Found targets) {
                targets.targets().forEach(target -> out.append(out.isEmpty() ? "" : ", ").append(target.protocol()).append(' ')
                    .append(target.address().getAddress().getHostAddress()).append(':').append(target.address().getPort()));
            } else if (next instanceof Resolver.Output.NotFound lost) {
                out.append(lost.reason());
            }
        }
        return out.toString();
    }

    private String waitFor(String uri) {
        String outcome = find(uri);
        for (long end = now + 64 * SECOND; outcome.isEmpty() && now < end; outcome = settle()) {
            now += SECOND;
            resolver.onTime(now);
        }
        return outcome;
    }

    @Test
    void everyNaptrServiceOfSipIsUnderstoodInTheDomainsOrder() {
        put("NAPTR b.example", 60, new Naptr(30, 1, "s", "SIP+D2W", "", "w.b.example"), new Naptr(10, 2, "S", "sip+d2t", "", "t.b.example"),
            new Naptr(10, 1, "s", "SIPS+D2T", "", "s.b.example"), new Naptr(20, 1, "s", "SIP+D2U", "", "u.b.example"),
            new Naptr(40, 1, "s", "SIPS+D2W", "", "ws.b.example"), new Naptr(1, 1, "s", "SIP+D2S", "", "sctp.b.example"));
        for (String name : List.of("w", "t", "s", "u", "ws", "sctp")) {
            put("SRV " + name + ".b.example", 60, new Srv(1, 1, 5000 + name.charAt(0), name + ".h.example"));
            host(name + ".h.example", "192.0.2.1");
        }
        assertEquals("TLS 192.0.2.1:5115, TCP 192.0.2.1:5116, UDP 192.0.2.1:5117, WS 192.0.2.1:5119, WSS 192.0.2.1:5119",
            find("sip:b.example"));
        assertEquals("TLS 192.0.2.1:5115, WSS 192.0.2.1:5119", find("sips:b.example"));
    }

    /** RFC 5922 §4: whichever server DNS names, its certificate has to be for the domain. */
    @Test
    void everyServerHasToProveTheNameThatWasAskedFor() {
        put("SRV _sips._tcp.b.example", 60, new Srv(1, 1, 5061, "one.h.example"), new Srv(2, 1, 5071, "two.h.example"));
        host("one.h.example", "192.0.2.1", "192.0.2.2");
        host("two.h.example", "192.0.2.3");
        resolver.search((SipUri) Uri.parse("sips:bob@b.example"), now);
        List<String> names = new ArrayList<>();
        for (Resolver.Output next = resolver.poll(); !(next instanceof Resolver.Output.Wait); next = resolver.poll()) {
            if (next instanceof Resolver.Output.Query query) {
                resolver.onAnswer(query.id(), zone.getOrDefault(query.type() + " " + query.name(), new DnsAnswer.NoSuchName()), now);
            } else if (next instanceof Resolver.Output.Found targets) {
                targets.targets().forEach(target -> names.add(target.address().getPort() + " " + target.host()));
            }
        }
        assertEquals(List.of("5061 b.example", "5061 b.example", "5071 b.example"), names);
    }

    @Test
    void naptrRecordsOfOtherUseAreLeftOut() {
        resolver = resolver("UDP");
        put("NAPTR b.example", 60, new Naptr(1, 1, "u", "E2U+sip", "!^.*$!sip:x@b.example!", "."),
            new Naptr(2, 1, "s", "SIP+D2U", "", "."), new Naptr(3, 1, "a", "SIP+D2U", "", "h.b.example"));
        put("SRV _sip._udp.b.example", 60, new Srv(1, 1, 5070, "h.b.example"));
        host("h.b.example", "192.0.2.1");
        assertEquals("UDP 192.0.2.1:5070", find("sip:b.example"));
    }

    @Test
    void aTransportThatNaptrChoseIsKeptWhenThereAreNoSrvRecords() {
        put("NAPTR b.example", 60, new Naptr(1, 1, "s", "SIP+D2T", "", "_sip._tcp.b.example"));
        host("b.example", "192.0.2.1");
        assertEquals("TCP 192.0.2.1:5060", find("sip:b.example"));
    }

    @Test
    void withoutNaptrEachTransportHasItsSrvName() {
        put("SRV _sip._udp.b.example", 60, new Srv(1, 1, 5070, "h.b.example"));
        put("SRV _sip._tcp.b.example", 60, new Srv(1, 1, 5071, "h.b.example"));
        put("SRV _sips._tcp.b.example", 60, new Srv(1, 1, 5072, "h.b.example"));
        host("h.b.example", "192.0.2.1");
        assertEquals("UDP 192.0.2.1:5070, TCP 192.0.2.1:5071, TLS 192.0.2.1:5072", find("sip:b.example"));
        assertEquals("TLS 192.0.2.1:5072", find("sips:b.example"));
        asked.clear();
        assertEquals("TCP 192.0.2.1:5071", find("sip:b.example;transport=TCP"));
        assertEquals("TLS 192.0.2.1:5072", find("sips:b.example;transport=tcp"));
        assertEquals("TLS 192.0.2.1:5072", find("sip:b.example;transport=tls"));
        assertTrue(asked.stream().noneMatch(question -> question.startsWith("NAPTR")), "a transport given needs no NAPTR: " + asked);
    }

    @Test
    void portsFollowTheTransportWhereNobodyNamesOne() {
        host("b.example", "192.0.2.1");
        assertEquals("UDP 192.0.2.1:5060", find("sip:b.example"));
        assertEquals("TCP 192.0.2.1:5060", find("sip:b.example;transport=tcp"));
        assertEquals("TLS 192.0.2.1:5061", find("sips:b.example"));
        assertEquals("WS 192.0.2.1:80", find("sip:b.example;transport=ws"));
        assertEquals("WSS 192.0.2.1:443", find("sips:b.example;transport=ws"));
        assertEquals("TLS 192.0.2.1:5080", find("sips:b.example:5080"));
        assertEquals("TLS 192.0.2.1:5061", find("sips:192.0.2.1"));
    }

    @Test
    void secureAddressesAreNeverSentToInTheClear() {
        host("b.example", "192.0.2.1");
        assertEquals("sips:b.example;transport=udp cannot be sent to: UDP is not secure, as sips: demands",
            find("sips:b.example;transport=udp"));
        put("SRV _sip._udp.b.example", 60, new Srv(1, 1, 5070, "h.b.example"));
        put("NAPTR b.example", 60, new Naptr(1, 1, "s", "SIP+D2U", "", "_sip._udp.b.example"));
        assertEquals("TLS 192.0.2.1:5061", find("sips:b.example"));
    }

    @Test
    void maddrIsLookedUpInsteadOfTheHost() {
        assertEquals("UDP 192.0.2.7:5060", find("sip:b.example;maddr=192.0.2.7"));
    }

    @Test
    void aDomainThatOffersNoServiceIsBelieved() {
        resolver = resolver("UDP");
        put("SRV _sip._udp.b.example", 60, new Srv(0, 0, 0, "."));
        host("b.example", "192.0.2.1");
        assertEquals("Cannot find the server 'b.example': its DNS records say that it offers no service over UDP", find("sip:b.example"));
    }

    @Test
    void srvRecordsThatLeadNowhereDoNotLeadToTheWebServerOfTheDomain() {
        put("SRV _sip._udp.b.example", 60, new Srv(1, 1, 5070, "gone.b.example"));
        host("b.example", "192.0.2.1");
        assertEquals("Cannot find the server 'b.example': its DNS records name the server 'gone.b.example', of which there is no address",
            find("sip:b.example"));
    }

    @Test
    void aServerFoundTwiceIsTriedOnce() {
        put("SRV _sip._udp.b.example", 60, new Srv(1, 1, 5060, "h.b.example"), new Srv(2, 1, 5060, "i.b.example"));
        host("h.b.example", "192.0.2.1", "192.0.2.2");
        host("i.b.example", "192.0.2.2", "192.0.2.3");
        assertEquals("UDP 192.0.2.1:5060, UDP 192.0.2.2:5060, UDP 192.0.2.3:5060", find("sip:b.example"));
    }

    @Test
    void aTtlOf0ServesOneSearch() {
        put("SRV _sip._udp.b.example", 0, new Srv(1, 1, 5060, "h.b.example"));
        put("A h.b.example", 0, address("192.0.2.1"));
        assertEquals("UDP 192.0.2.1:5060", find("sip:b.example;transport=udp"));
        put("A h.b.example", 0, address("192.0.2.2"));
        assertEquals("UDP 192.0.2.2:5060", find("sip:b.example;transport=udp"));
    }

    @Test
    void weightlessServersShareTheLoad() {
        Map<String, Integer> firsts = new TreeMap<>();
        IdSource chance = IdSource.seeded(3);
        for (int i = 0; i < 3_000; i++) {
            List<Srv> records = List.of(new Srv(1, 0, 1, "a"), new Srv(1, 0, 1, "b"), new Srv(1, 0, 1, "c"));
            firsts.merge(SrvOrder.sort(records, chance).get(0).target(), 1, Integer::sum);
        }
        assertEquals(3, firsts.size());
        assertTrue(firsts.values().stream().allMatch(count -> count > 850 && count < 1150), firsts.toString());
    }

    @Test
    void aWeightOf0LeavesASmallChanceBesideOthers() {
        Map<String, Integer> firsts = new TreeMap<>();
        IdSource chance = IdSource.seeded(4);
        for (int i = 0; i < 10_000; i++) {
            List<Srv> records = List.of(new Srv(1, 0, 1, "zero"), new Srv(1, 9, 1, "nine"));
            firsts.merge(SrvOrder.sort(records, chance).get(0).target(), 1, Integer::sum);
        }
        assertTrue(firsts.get("zero") > 800 && firsts.get("zero") < 1200, firsts.toString());
    }

    @Test
    void negativeAnswersAreKeptForTheirTimeButAMinuteAtMost() {
        zone.put("A b.example", new DnsAnswer.NoSuchName(20));
        zone.put("AAAA b.example", new DnsAnswer.Found(List.of(), 86_400));
        find("sip:b.example:5060");
        asked.clear();
        now = 19 * SECOND;
        find("sip:b.example:5060");
        assertEquals(List.of(), asked);
        now = 21 * SECOND;
        find("sip:b.example:5060");
        assertEquals(List.of("A b.example"), asked);
        now = 61 * SECOND;
        find("sip:b.example:5060");
        assertEquals(List.of("A b.example", "A b.example", "AAAA b.example"), asked);
    }

    @Test
    void questionsThatARouterDropsAreWaitedForOnce() {
        resolver = resolver("UDP");
        silent.addAll(Set.of("NAPTR b.example", "SRV _sip._udp.b.example", "AAAA b.example"));
        host("b.example", "192.0.2.1");
        assertEquals("UDP 192.0.2.1:5060", waitFor("sip:b.example"));
        assertTrue(now >= 8 * SECOND);
        now += SECOND;
        assertEquals("UDP 192.0.2.1:5060", find("sip:b.example"), "at once");
        silent.clear();
        put("SRV _sip._udp.b.example", 60, new Srv(1, 1, 5070, "h.b.example"));
        host("h.b.example", "192.0.2.2");
        now += 121 * SECOND;
        assertEquals("UDP 192.0.2.2:5070", find("sip:b.example"), "forgotten after two minutes");
    }

    @Test
    void whatFailsIsAskedAgainWhenNothingWasFound() {
        silent.addAll(Set.of("A b.example", "AAAA b.example"));
        assertEquals("Cannot find the server 'b.example': DNS did not answer within 8 s", waitFor("sip:b.example:5060"));
        silent.clear();
        host("b.example", "192.0.2.1");
        assertEquals("UDP 192.0.2.1:5060", find("sip:b.example:5060"));
    }

    @Test
    void anAnswerThatCameTooLateServesTheNextSearch() {
        silent.addAll(Set.of("A b.example", "AAAA b.example"));
        assertEquals("Cannot find the server 'b.example': DNS did not answer within 8 s", waitFor("sip:b.example:5060"));
        resolver.onAnswer(unanswered.get("A b.example"), new DnsAnswer.Found(List.of(address("192.0.2.1")), 60), now);
        resolver.onAnswer(unanswered.get("AAAA b.example"), new DnsAnswer.NoSuchName(), now);
        asked.clear();
        assertEquals("UDP 192.0.2.1:5060", find("sip:b.example:5060"));
        assertEquals(List.of(), asked);
    }

    @Test
    void theReasonNamesWhatDnsSaidEvenIfOnlySrvFailed() {
        zone.put("SRV _sip._udp.b.example", new DnsAnswer.Failed("the DNS server 192.0.2.53 answered SERVFAIL"));
        put("A b.example", 60);
        put("AAAA b.example", 60);
        assertEquals("Cannot find the server 'b.example': the DNS server 192.0.2.53 answered SERVFAIL",
            find("sip:b.example;transport=udp"));
    }

    @Test
    void theCacheIsBounded() {
        DnsCache cache = new DnsCache(NameLookup.CACHED);
        for (int i = 0; i < 2_000; i++) {
            cache.take(Question.of("n" + i, io.earshot.api.dns.spi.DnsResolver.RecordType.A), new DnsAnswer.NoSuchName(60), now);
        }
        assertEquals(512, cache.size());
    }
}
