package io.earshot.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.dns.spi.DnsAnswer.Naptr;
import io.earshot.api.dns.spi.DnsAnswer.Srv;
import io.earshot.testkit.dns.Misbehaviour;
import io.earshot.testkit.dns.TestDnsServer;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server that the other tests believe, as the JDK's own DNS client sees it: neither shares code with the other. */
@Timeout(20)
class TestDnsServerTest {
    private final TestDnsServer server = TestDnsServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private TreeSet<String> ask(String name, String type) throws NamingException {
        Hashtable<String, String> settings = new Hashtable<>(Map.of(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory",
            Context.PROVIDER_URL, "dns://127.0.0.1:" + server.address().getPort(), "com.sun.jndi.dns.timeout.initial", "200",
            "com.sun.jndi.dns.timeout.retries", "1"));
        InitialDirContext context = new InitialDirContext(settings);
        TreeSet<String> values = new TreeSet<>();
        Attribute found = context.getAttributes(name, new String[] {type}).get(type);
        for (int i = 0; found != null && i < found.size(); i++) {
            values.add((String) found.get(i));
        }
        context.close();
        return values;
    }

    @Test
    void answersFromItsZone() throws NamingException {
        server.addresses("pbx.example.test", 60, "192.0.2.1", "192.0.2.2", "2001:db8::1")
            .add("_sip._udp.example.test", 60, new Srv(1, 2, 5060, "pbx.example.test"))
            .add("example.test", 60, new Naptr(1, 2, "s", "SIP+D2U", "", "_sip._udp.example.test"))
            .alias("alias.example.test", 60, "PBX.example.test");
        assertEquals(new TreeSet<>(List.of("192.0.2.1", "192.0.2.2")), ask("PBX.example.test", "A"));
        assertEquals(new TreeSet<>(List.of("2001:db8::1")), ask("pbx.example.test", "AAAA"));
        assertEquals(new TreeSet<>(List.of("1 2 5060 pbx.example.test.")), ask("_sip._udp.example.test", "SRV"));
        assertEquals(new TreeSet<>(List.of("1 2 s SIP+D2U \"\" _sip._udp.example.test.")), ask("example.test", "NAPTR"));
        assertEquals(new TreeSet<>(List.of("192.0.2.1", "192.0.2.2")), ask("alias.example.test", "A"));
        assertEquals(List.of("A pbx.example.test udp", "AAAA pbx.example.test udp"), server.asked().subList(0, 2));
    }

    @Test
    void aNameWithoutRecordsIsToldFromNoName() throws NamingException {
        server.addresses("a.b.example.test", 60, "192.0.2.1");
        assertEquals(new TreeSet<>(), ask("a.b.example.test", "SRV"));
        assertEquals(new TreeSet<>(), ask("b.example.test", "A"));
        assertThrows(NameNotFoundException.class, () -> ask("c.example.test", "A"));
        server.remove("a.b.example.test");
        assertThrows(NameNotFoundException.class, () -> ask("a.b.example.test", "A"));
    }

    @Test
    void whatDoesNotFitIsFetchedOverTcp() throws NamingException {
        for (int i = 0; i < 100; i++) {
            server.addresses("many.example.test", 60, "192.0.2." + i);
        }
        assertEquals(100, ask("many.example.test", "A").size());
        assertEquals(List.of("A many.example.test udp", "A many.example.test tcp"), server.asked());
    }

    @Test
    void misbehavesAndBehavesAgain() throws NamingException {
        server.addresses("a.example.test", 60, "192.0.2.1").misbehave("*", Misbehaviour.SERVER_FAILURE);
        assertThrows(ServiceUnavailableException.class, () -> ask("a.example.test", "A"));
        server.misbehave("a.example.test", Misbehaviour.SILENT);
        assertThrows(CommunicationException.class, () -> ask("a.example.test", "A"));
        server.behave("a.example.test").behave("*");
        assertEquals(1, ask("a.example.test", "A").size());
    }
}
