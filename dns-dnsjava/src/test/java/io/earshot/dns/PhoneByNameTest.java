package io.earshot.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.RegistrationState;
import io.earshot.api.VoipException;
import io.earshot.api.dns.spi.DnsAnswer.Naptr;
import io.earshot.api.dns.spi.DnsAnswer.Srv;
import io.earshot.testkit.dns.Misbehaviour;
import io.earshot.testkit.dns.TestDnsServer;
import io.earshot.testkit.server.TestSipServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A phone that knows a domain and nothing else: NAPTR, SRV and A lead it to its server. Everything over real sockets. */
@Timeout(30)
class PhoneByNameTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final TestDnsServer dns = TestDnsServer.start();
    private final TestSipServer sip = TestSipServer.builder().realm("example.test").user("alice", "secret").user("bob", "secret").start();
    private final Phone phone = Phone.builder().listen(LOCAL).dnsServers(dns.address()).open();

    @AfterEach
    void close() {
        phone.close();
        sip.close();
        dns.close();
    }

    private void zone(Srv... servers) {
        dns.add("example.test", 60, new Naptr(10, 10, "s", "SIP+D2T", "", "_sip._tcp.example.test"),
                        new Naptr(20, 10, "s", "SIP+D2U", "", "_sip._udp.example.test"))
                .add("_sip._udp.example.test", 60, servers).addresses("pbx.example.test", 60, "127.0.0.1");
    }

    private Srv live(int priority) {
        return new Srv(priority, 10, sip.address().getPort(), "pbx.example.test");
    }

    private Account register(String user) {
        Account account = phone.addAccount(AccountConfig.of("sip:" + user + "@example.test", "secret"));
        account.register();
        return account;
    }

    @Test
    void registersAndCallsByTheNameOfADomain() throws Exception {
        zone(live(1));
        Account alice = register("alice");
        assertInstanceOf(RegistrationState.Registered.class, alice.state());
        assertEquals(1, sip.bindings("alice").size());
        assertEquals("NAPTR example.test udp", dns.asked().get(0));
        assertTrue(dns.asked().containsAll(List.of("SRV _sip._udp.example.test udp", "A pbx.example.test udp")), dns.asked().toString());
        Account bob = register("bob");
        CompletableFuture<Call> answered = new CompletableFuture<>();
        bob.onCall(incoming -> answered.complete(incoming.answer()));
        Call call = alice.dial("bob");
        call.awaitAnswer();
        answered.get(10, TimeUnit.SECONDS);
        call.hangup();
    }

    @Test
    void registersAtTheSecondServerWhenTheFirstIsFull() {
        try (TestSipServer full = TestSipServer.builder().realm("example.test").start()) {
            full.refuseEverything(503, 30);
            zone(new Srv(1, 10, full.address().getPort(), "pbx.example.test"), live(2));
            assertInstanceOf(RegistrationState.Registered.class, register("alice").state());
            assertEquals(1, sip.bindings("alice").size());
        }
    }

    @Test
    void aNameThatIsNowhereIsASentence() {
        VoipException failed = assertThrows(VoipException.class, () -> register("alice"));
        assertTrue(failed.getMessage().contains("Cannot find the server 'example.test': no such name in DNS"), failed.getMessage());
    }

    @Test
    void aDnsServerThatFailsIsASentence() {
        dns.misbehave("*", Misbehaviour.SERVER_FAILURE);
        VoipException failed = assertThrows(VoipException.class, () -> register("alice"));
        assertTrue(failed.getMessage().contains("the DNS server 127.0.0.1:" + dns.address().getPort() + " answered SERVFAIL"),
                failed.getMessage());
    }
}
