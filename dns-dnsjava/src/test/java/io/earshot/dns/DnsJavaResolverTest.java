package io.earshot.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsAnswer.Address;
import io.earshot.api.dns.spi.DnsAnswer.Failed;
import io.earshot.api.dns.spi.DnsAnswer.Found;
import io.earshot.api.dns.spi.DnsAnswer.Naptr;
import io.earshot.api.dns.spi.DnsAnswer.NoSuchName;
import io.earshot.api.dns.spi.DnsAnswer.Srv;
import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.testkit.dns.Misbehaviour;
import io.earshot.testkit.dns.TestDnsServer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of answer, over real sockets. */
@Timeout(20)
@Tag("rfc1035")
class DnsJavaResolverTest {
    private static final Duration SHORT = Duration.ofMillis(600);

    private final TestDnsServer server = TestDnsServer.start();
    private final TestDnsServer second = TestDnsServer.start();
    private DnsResolver resolver = open(DnsConfig.DEFAULT.withServers(server.address()));

    private static DnsResolver open(DnsConfig config) {
        return new DnsJavaProvider().open(config);
    }

    private void use(DnsConfig config) {
        resolver.close();
        resolver = open(config);
    }

    @AfterEach
    void close() {
        resolver.close();
        server.close();
        second.close();
    }

    private DnsAnswer ask(String name, RecordType type) throws Exception {
        return await(resolver.resolve(name, type));
    }

    private static DnsAnswer await(CompletionStage<DnsAnswer> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Address address(String ip) throws Exception {
        return new Address(InetAddress.getByName(ip));
    }

    private static String reason(DnsAnswer answer) {
        return assertInstanceOf(Failed.class, answer).reason();
    }

    @Test
    void everyRecordTypeComesBackAsItIsInTheZoneWithItsTtl() throws Exception {
        Naptr naptr = new Naptr(10, 50, "s", "SIP+D2U", "", "_sip._udp.example.test");
        Srv srv = new Srv(1, 2, 5070, "pbx.example.test");
        server.add("example.test", 300, naptr).add("_sip._udp.example.test", 90, srv)
                .addresses("pbx.example.test", 30, "192.0.2.1", "192.0.2.2", "2001:db8::1");
        assertEquals(new Found(List.of(naptr), 300), ask("example.test", RecordType.NAPTR));
        assertEquals(new Found(List.of(srv), 90), ask("_sip._udp.Example.TEST", RecordType.SRV));
        assertEquals(new Found(List.of(address("192.0.2.1"), address("192.0.2.2")), 30), ask("pbx.example.test", RecordType.A));
        assertEquals(new Found(List.of(address("2001:db8::1")), 30), ask("pbx.example.test", RecordType.AAAA));
    }

    @Test
    void aTtlOf0StaysOne() throws Exception {
        server.addresses("pbx.example.test", 0, "192.0.2.1");
        assertEquals(new Found(List.of(address("192.0.2.1")), 0), ask("pbx.example.test", RecordType.A));
    }

    @Test
    void namesAreAskedAsTheyAreWithoutASearchPath() throws Exception {
        assertInstanceOf(NoSuchName.class, ask("pbx", RecordType.A));
        assertEquals(List.of("A pbx udp"), server.asked());
    }

    @Test
    @Tag("rfc2308")
    void negativeAnswersHoldForTheLesserTimeOfTheSoaRecord() throws Exception {
        server.negative(40, 900).addresses("pbx.example.test", 30, "192.0.2.1");
        assertEquals(new NoSuchName(40), ask("nowhere.test", RecordType.A));
        assertEquals(new Found(List.of(), 40), ask("pbx.example.test", RecordType.AAAA));
        server.negative(900, 7);
        assertEquals(new NoSuchName(7), ask("nowhere.test", RecordType.SRV));
    }

    @Test
    void aliasesAreFollowedWithinAnAnswerAndTheShortestTtlCounts() throws Exception {
        server.alias("sip.example.test", 20, "a.example.test").alias("a.example.test", 10, "b.example.test")
                .addresses("b.example.test", 300, "192.0.2.9");
        assertEquals(new Found(List.of(address("192.0.2.9")), 10), ask("sip.example.test", RecordType.A));
        assertEquals(1, server.asked().size());
    }

    @Test
    void aliasesAreFollowedByAskingAgain() throws Exception {
        server.alias("sip.example.test", 20, "a.example.test").misbehave("sip.example.test", Misbehaviour.ALIAS_ALONE)
                .alias("a.example.test", 10, "b.example.test").misbehave("a.example.test", Misbehaviour.ALIAS_ALONE)
                .addresses("b.example.test", 300, "192.0.2.9");
        assertEquals(new Found(List.of(address("192.0.2.9")), 10), ask("sip.example.test", RecordType.A));
        assertEquals(3, server.asked().size());
    }

    @Test
    void anAliasOfNothingHasNoRecords() throws Exception {
        server.alias("sip.example.test", 20, "a.example.test").addresses("a.example.test", 300, "192.0.2.9").negative(15, 15);
        assertEquals(new Found(List.of(), 15), ask("sip.example.test", RecordType.AAAA));
        server.alias("old.example.test", 20, "gone.invalid");
        assertEquals(new NoSuchName(15), ask("old.example.test", RecordType.A));
    }

    @Test
    void aliasesInCirclesEnd() throws Exception {
        server.alias("a.example.test", 20, "b.example.test").alias("b.example.test", 20, "a.example.test");
        assertEquals("the aliases (CNAME) of 'a.example.test' lead nowhere", reason(ask("a.example.test", RecordType.A)));
        server.misbehave("*", Misbehaviour.ALIAS_ALONE);
        assertEquals("the aliases (CNAME) of 'a.example.test' lead nowhere", reason(ask("a.example.test", RecordType.A)));
        for (int i = 0; i < 40; i++) {
            server.alias("n" + i + ".example.test", 20, "n" + (i + 1) + ".example.test");
        }
        assertEquals("the aliases (CNAME) of 'n0.example.test' lead nowhere", reason(ask("n0.example.test", RecordType.A)));
        assertTrue(server.asked().size() < 25, "bounded: " + server.asked());
    }

    @Test
    void anAnswerTooLongForUdpIsFetchedOverTcp() throws Exception {
        for (int i = 0; i < 60; i++) {
            server.add("_sip._udp.example.test", 60, new Srv(i, 0, 5060, "a-rather-long-name-" + i + ".example.test"));
        }
        assertEquals(60, assertInstanceOf(Found.class, ask("_sip._udp.example.test", RecordType.SRV)).records().size());
        assertEquals(List.of("SRV _sip._udp.example.test udp", "SRV _sip._udp.example.test tcp"), server.asked());
    }

    @Test
    void hugeAnswersAreCut() throws Exception {
        for (int i = 0; i < 100; i++) {
            server.addresses("many.example.test", 60, "192.0.2." + i);
        }
        assertEquals(64, assertInstanceOf(Found.class, ask("many.example.test", RecordType.A)).records().size());
    }

    @Test
    void aServerThatTruncatesAndRefusesTcpIsASentence() throws Exception {
        server.misbehave("*", Misbehaviour.TRUNCATED_WITHOUT_TCP);
        assertEquals("the DNS server 127.0.0.1:" + server.address().getPort() + " failed over TCP: closed the connection",
                reason(ask("a.example.test", RecordType.A)));
    }

    @Test
    void serverFailureIsASentenceAndTheNextServerIsAsked() throws Exception {
        server.misbehave("*", Misbehaviour.SERVER_FAILURE);
        assertEquals("the DNS server 127.0.0.1:" + server.address().getPort() + " answered SERVFAIL",
                reason(ask("a.example.test", RecordType.A)));
        use(DnsConfig.DEFAULT.withServers(server.address(), second.address()));
        second.addresses("a.example.test", 60, "192.0.2.1");
        for (Misbehaviour how : List.of(Misbehaviour.SERVER_FAILURE, Misbehaviour.REFUSED, Misbehaviour.BROKEN, Misbehaviour.LAME)) {
            server.misbehave("*", how);
            assertEquals(new Found(List.of(address("192.0.2.1")), 60), ask("a.example.test", RecordType.A), how.toString());
        }
    }

    @Test
    void aSilentServerIsASentenceWithinTheTimeout() throws Exception {
        use(new DnsConfig(List.of(server.address()), SHORT));
        server.misbehave("*", Misbehaviour.SILENT);
        assertEquals("DNS did not answer in time (asked 127.0.0.1:" + server.address().getPort() + ")",
                reason(ask("a.example.test", RecordType.A)));
        assertEquals(2, server.asked().size(), "asked again, without EDNS");
    }

    @Test
    void theNextServerIsAskedAfterSilenceAndPreferredFromThenOn() throws Exception {
        use(new DnsConfig(List.of(server.address(), second.address()), SHORT));
        server.misbehave("*", Misbehaviour.SILENT);
        second.addresses("a.example.test", 60, "192.0.2.1");
        assertInstanceOf(Found.class, ask("a.example.test", RecordType.A));
        assertInstanceOf(Found.class, ask("a.example.test", RecordType.A));
        assertEquals(1, server.asked().size());
        assertEquals(2, second.asked().size());
    }

    @Test
    void aServerThatIsNotThereCostsNoTime() throws Exception {
        InetSocketAddress nobody;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(free.getLocalAddress(), free.getLocalPort());
        }
        use(DnsConfig.DEFAULT.withServers(nobody, server.address()));
        server.addresses("a.example.test", 60, "192.0.2.1");
        assertInstanceOf(Found.class, ask("a.example.test", RecordType.A));
        use(DnsConfig.DEFAULT.withServers(nobody));
        String why = reason(ask("a.example.test", RecordType.A));
        assertTrue(why.startsWith("the DNS server 127.0.0.1:" + nobody.getPort() + " is not there"), why);
    }

    @Test
    void aLateAnswerCountsWhileTheNextServerIsAsked() throws Exception {
        use(new DnsConfig(List.of(server.address(), second.address()), Duration.ofSeconds(1)));
        server.misbehave("*", Misbehaviour.HELD).addresses("a.example.test", 60, "192.0.2.1");
        second.misbehave("*", Misbehaviour.SILENT);
        CompletableFuture<DnsAnswer> answer = resolver.resolve("a.example.test", RecordType.A).toCompletableFuture();
        while (second.asked().isEmpty()) {
            Thread.onSpinWait();
        }
        server.release();
        assertEquals(new Found(List.of(address("192.0.2.1")), 60), await(answer));
    }

    @Test
    void anAnswerThatComesAfterThatOfTheNextServerChangesNothing() throws Exception {
        use(new DnsConfig(List.of(server.address(), second.address()), Duration.ofSeconds(1)));
        server.misbehave("*", Misbehaviour.HELD).addresses("a.example.test", 60, "192.0.2.1");
        second.addresses("a.example.test", 60, "192.0.2.2");
        Found other = new Found(List.of(address("192.0.2.2")), 60);
        assertEquals(other, ask("a.example.test", RecordType.A));
        server.release();
        assertEquals(other, ask("a.example.test", RecordType.A), "nobody listens to the late one, and the quick one is asked from now on");
        assertEquals(1, server.asked().size());
    }

    @Test
    @Tag("rfc6891")
    void aServerOfOldIsAskedWithoutEdns() throws Exception {
        server.misbehave("*", Misbehaviour.NO_EDNS).addresses("a.example.test", 60, "192.0.2.1");
        assertInstanceOf(Found.class, ask("a.example.test", RecordType.A));
        assertEquals(2, server.asked().size());
    }

    @Test
    @Tag("rfc5452")
    void forgeriesAreIgnored() throws Exception {
        server.misbehave("*", Misbehaviour.FORGED).addresses("a.example.test", 60, "192.0.2.1");
        assertEquals(new Found(List.of(address("192.0.2.1")), 60), ask("a.example.test", RecordType.A));
    }

    @Test
    void namesThatCannotBeAreSentences() throws Exception {
        assertTrue(reason(ask("a".repeat(64) + ".test", RecordType.A)).startsWith("'" + "a".repeat(64) + ".test' is no name"));
        assertTrue(reason(ask("a..b", RecordType.A)).startsWith("'a..b' is no name"));
        assertTrue(reason(ask("abc.".repeat(70) + "test", RecordType.SRV)).contains("is no name that DNS could have"));
        assertTrue(server.asked().isEmpty());
    }

    @Test
    void moreQuestionsThanItTakesFailAtOnceAndCloseEndsTheOthers() throws Exception {
        server.misbehave("*", Misbehaviour.SILENT);
        List<CompletionStage<DnsAnswer>> asked = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            asked.add(resolver.resolve("n" + i + ".example.test", RecordType.A));
        }
        assertEquals("Too many DNS questions are under way (256)", reason(ask("one.example.test", RecordType.A)));
        resolver.close();
        for (CompletionStage<DnsAnswer> one : asked) {
            assertEquals("the resolver is closed", reason(await(one)));
        }
    }

    @Test
    void closingEndsTheThreadAndDoingItTwiceIsHarmless() throws Exception {
        server.addresses("a.example.test", 60, "192.0.2.1");
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        server.misbehave("a.example.test", Misbehaviour.HELD);
        resolver.resolve("a.example.test", RecordType.A).thenAccept(answer -> thread.complete(Thread.currentThread()));
        while (server.release() == 0) {
            Thread.onSpinWait();
        }
        Thread own = thread.get(5, TimeUnit.SECONDS);
        assertTrue(own.isDaemon());
        resolver.close();
        resolver.close();
        own.join(5_000);
        assertFalse(own.isAlive());
        assertEquals("the resolver is closed", reason(ask("a.example.test", RecordType.A)));
    }

    @Test
    void aResolverClosedBeforeItsFirstQuestionSaysSo() throws Exception {
        resolver.close();
        assertEquals("the resolver is closed", reason(ask("a.example.test", RecordType.A)));
    }

    @Test
    void twoResolversShareNothing() throws Exception {
        server.addresses("a.example.test", 60, "192.0.2.1");
        DnsResolver other = open(DnsConfig.DEFAULT.withServers(server.address()));
        assertInstanceOf(Found.class, await(other.resolve("a.example.test", RecordType.A)));
        other.close();
        assertInstanceOf(Found.class, ask("a.example.test", RecordType.A));
    }
}
