package io.earshot.testkit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.FailOver;
import io.earshot.sip.ua.RegistrationState;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import io.earshot.sip.ua.TransportTraits;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.NatType;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNat;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.node.EngineDriver;
import io.earshot.testkit.node.VirtualNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A registration survives what networks and servers do to it; how long each takes is printed. */
@Tag("rfc3263")
@Tag("rfc5626")
class SurvivalTest {
    private static final TreeMap<String, String> TABLE = new TreeMap<>();
    private static final int LIFE = 60;

    private final VirtualNetwork net = VirtualNetwork.seeded(23).conditions(LinkConditions.LAN);
    private final VirtualHost pbx = net.host("pbx", "10.0.0.9");
    private final VirtualHost spare = net.host("spare", "10.0.0.10");
    private final TestSipServer server = start(pbx);
    private final TestSipServer second = start(spare);

    private static TestSipServer start(VirtualHost on) {
        return TestSipServer.builder().realm("test").user("alice", "secret")
            .registrationLife(Duration.ofSeconds(1), Duration.ofSeconds(LIFE), Duration.ofSeconds(LIFE)).start(on);
    }

    @AfterAll
    static void print() {
        StringBuilder lines = new StringBuilder("Recovery of a registration of " + LIFE + " s, in virtual time:\n");
        TABLE.forEach((what, time) -> lines.append(String.format(Locale.ROOT, "  %-66s %s%n", what, time)));
        System.getLogger("survival").log(System.Logger.Level.INFO, lines);
    }

    /** A registered engine on a host. */
    private final class Agent {
        final VirtualHost host;
        final VirtualNode node;
        final SipEngine engine;
        final AccountId account;
        boolean registered;

        Agent(VirtualHost host, boolean tcp, String proxy, List<String> backups) {
            this.host = host;
            node = new VirtualNode(host);
            try {
                node.open(tcp ? host.tcp() : host.udp(), TransportConfig.bind(new java.net.InetSocketAddress(5060)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            engine = new SipEngine(EngineConfig.builder().transports(tcp ? TransportTraits.TCP : TransportTraits.UDP).build(),
                net.ids(host.name()), EngineDriver.addressesOf(node));
            account = engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@test")).outboundProxy(Uri.parse(proxy))
                .credentials(Credentials.password("alice", "test", "secret")).expiresSeconds(LIFE)
                .failOver(FailOver.DEFAULT.withBackups(backups.stream().map(text -> (SipUri) Uri.parse(text)).toList())).build(), 0);
            node.drive(new EngineDriver(engine, this::on).name("pbx.test", pbx.address(5060).getAddress(),
                spare.address(5060).getAddress()));
            node.call(now -> engine.register(account, now));
            net.runUntil(() -> registered, net.now() + 6 * Ticker.SECOND);
            assertTrue(registered, net.transcript().toString());
        }

        private void on(SipEvent event, long now) {
            if (event instanceof SipEvent.RegistrationChanged changed) {
                registered = changed.state() instanceof RegistrationState.Registered;
            } else if (event instanceof SipEvent.InternalError error) {
                throw new AssertionError(error.where(), error.cause());
            }
        }
    }

    private Agent udp(VirtualHost host) {
        return new Agent(host, false, "sip:10.0.0.9;lr", List.of());
    }

    private VirtualHost alice() {
        return net.host("alice", "10.0.0.1");
    }

    private Optional<Binding> binding(TestSipServer at, String contact) {
        return at.bindings("alice").stream().filter(known -> known.contact().toString().contains(contact)).findFirst();
    }

    /** Runs until a server has this contact again, and says how long it took; fails when it takes longer than allowed. */
    private void recovers(String what, TestSipServer at, String contact, double mostSeconds) {
        long start = net.now();
        boolean back = net.runUntil(() -> binding(at, contact).isPresent(), start + (long) (mostSeconds * Ticker.SECOND));
        double took = (net.now() - start) / (double) Ticker.SECOND;
        TABLE.put(what, String.format(Locale.ROOT, "%7.3f s (at most %.1f s)", took, mostSeconds));
        assertTrue(back, () -> what + " took longer than " + mostSeconds + " s\n" + net.transcript());
    }

    @Test
    void serverRestartOverUdp() {
        udp(alice());
        net.blackout(pbx, net.now() + 20 * Ticker.SECOND);
        net.runFor(Duration.ofSeconds(20));
        server.forgetBindings();
        recovers("server restart, down 20 s, UDP: found by the next refresh", server, "10.0.0.1", 0.9 * LIFE);
    }

    @Test
    void serverRestartLongerThanTheRegistration() {
        Agent agent = udp(alice());
        net.blackout(pbx, net.now() + 600 * Ticker.SECOND);
        net.runFor(Duration.ofSeconds(600));
        assertTrue(!agent.registered);
        server.forgetBindings();
        recovers("server down for 10 min, UDP: found by the next retry", server, "10.0.0.1", 512);
    }

    @Test
    void lostConnection() {
        Agent agent = new Agent(alice(), true, "sip:10.0.0.9;lr;transport=tcp", List.of());
        server.forgetBindings();
        pbx.resetConnections();
        recovers("server restart, TCP: the connection tells", server, "10.0.0.1", 1);
        server.forgetBindings();
        agent.host.resetConnections();
        recovers("lost connection, TCP", server, "10.0.0.1", 6);
    }

    @Test
    void silentConnection() {
        new Agent(alice(), true, "sip:10.0.0.9;lr;transport=tcp", List.of());
        net.runFor(Duration.ofSeconds(26));
        net.blackout(pbx, net.now() + 5 * Ticker.SECOND);
        server.forgetBindings();
        recovers("silent connection, TCP: by keep-alive or refresh", server, "10.0.0.1", 0.9 * LIFE);
    }

    @Test
    void addressChange() {
        Agent agent = udp(alice());
        agent.host.addAddress("10.0.0.77");
        agent.host.removeAddress("10.0.0.1");
        agent.node.call(now -> {
            agent.engine.onNetworkChanged(now);
            return true;
        });
        recovers("address change, told by the operating system", server, "10.0.0.77", 1);
        assertEquals(1, server.bindings("alice").size(), "the old binding is removed");
    }

    @Test
    void addressGoneAndAnotherMuchLater() {
        Agent agent = udp(alice());
        agent.host.removeAddress("10.0.0.1");
        agent.node.call(now -> {
            agent.engine.onNetworkChanged(now);
            return true;
        });
        net.runFor(Duration.ofMinutes(30));
        assertTrue(!agent.registered);
        agent.host.addAddress("10.0.0.78");
        agent.node.call(now -> {
            agent.engine.onNetworkChanged(now);
            return true;
        });
        recovers("no network for half an hour, then another address", server, "10.0.0.78", 1);
    }

    @Test
    void natRebinding() {
        VirtualNat nat = net.nat("router", "203.0.113.1", NatType.PORT_RESTRICTED);
        Agent agent = udp(net.hostBehind(nat, "alice", "192.168.1.2"));
        String before = binding(server, "203.0.113.1").orElseThrow().contact().toString();
        nat.rebind();
        agent.node.call(now -> agent.engine.options(agent.account, Uri.parse("sip:10.0.0.9"), now));
        long start = net.now();
        net.runUntil(() -> server.bindings("alice").stream().anyMatch(known -> known.contact().toString().contains("203.0.113.1")
            && !known.contact().toString().equals(before)), start + 60 * Ticker.SECOND);
        double took = (net.now() - start) / (double) Ticker.SECOND;
        TABLE.put("NAT rebinding, seen in the next answer", String.format(Locale.ROOT, "%7.3f s (at most 1.0 s)", took));
        assertTrue(took < 1, net.transcript().toString());
        assertEquals(1, server.bindings("alice").size(), "the old binding is removed");
    }

    @Test
    void natRebindingWithoutTraffic() {
        VirtualNat nat = net.nat("router", "203.0.113.1", NatType.PORT_RESTRICTED);
        udp(net.hostBehind(nat, "alice", "192.168.1.2"));
        nat.rebind();
        server.forgetBindings();
        recovers("NAT rebinding without traffic: found by the next refresh", server, "203.0.113.1", 0.9 * LIFE);
    }

    @Test
    void dnsFailOver() {
        VirtualHost host = alice();
        net.blackout(pbx, Ticker.NEVER);
        long start = net.now();
        new Agent(host, false, "sip:pbx.test:5060;lr", List.of());
        boolean back = net.runUntil(() -> binding(second, "10.0.0.1").isPresent(), start + 6 * Ticker.SECOND);
        TABLE.put("DNS fail-over, first of two addresses silent at the start",
            String.format(Locale.ROOT, "%7.3f s (at most 6.0 s)", (net.now() - start) / (double) Ticker.SECOND));
        assertTrue(back, net.transcript().toString());
    }

    @Test
    void dnsFailOverLater() {
        new Agent(alice(), false, "sip:pbx.test:5060;lr", List.of());
        net.blackout(pbx, Ticker.NEVER);
        recovers("DNS fail-over, server dies in a registration: refresh and 5 s", second, "10.0.0.1", 0.9 * LIFE + 6);
    }

    @Test
    void backup() {
        Agent agent = new Agent(alice(), false, "sip:10.0.0.9;lr", List.of("sip:10.0.0.10"));
        server.refuseEverything(503, 0);
        agent.node.call(now -> agent.engine.register(agent.account, now));
        recovers("backup server, the first answers 503", second, "10.0.0.1", 1);
    }
}
