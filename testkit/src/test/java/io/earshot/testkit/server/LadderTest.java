package io.earshot.testkit.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.FailOver;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.TransportTraits;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.node.EngineDriver;
import io.earshot.testkit.node.VirtualNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Up and down the ladder of transports: a firewall takes UDP away, and gives it back. On the virtual clock. */
class LadderTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(29).conditions(LinkConditions.LAN);
    private final VirtualHost pbx = net.host("pbx", "10.0.0.9");
    private final VirtualHost host = net.host("alice", "10.0.0.1");
    private final TestSipServer server = TestSipServer.builder().realm("test").user("alice", "secret")
        .registrationLife(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)).start(pbx);
    private boolean udpBlocked = true;
    private boolean tcpBlocked;

    /** A transport that a firewall swallows the messages of. */
    private SipTransportProvider behindFirewall(SipTransportProvider inner) {
        boolean udp = inner.protocol().equals("UDP");
        return new SipTransportProvider() {
            @Override
            public String protocol() {
                return inner.protocol();
            }

            @Override
            public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
                return new Firewalled(inner.open(config, loop, listener), udp);
            }
        };
    }

    private final class Firewalled implements SipTransport {
        private final SipTransport inner;
        private final boolean udp;

        Firewalled(SipTransport inner, boolean udp) {
            this.inner = inner;
            this.udp = udp;
        }

        private boolean isBlocked() {
            return udp ? udpBlocked : tcpBlocked;
        }

        @Override
        public String protocol() {
            return inner.protocol();
        }

        @Override
        public boolean reliable() {
            return inner.reliable();
        }

        @Override
        public boolean messageOriented() {
            return inner.messageOriented();
        }

        @Override
        public InetSocketAddress localAddress() {
            return inner.localAddress();
        }

        @Override
        public InetSocketAddress localAddress(InetSocketAddress peer) {
            return inner.localAddress(peer);
        }

        @Override
        public void send(InetSocketAddress peer, String name, ByteBuffer message) {
            if (!isBlocked()) {
                inner.send(peer, name, message);
            }
        }

        @Override
        public void send(Flow flow, ByteBuffer message) {
            if (!isBlocked()) {
                inner.send(flow, message);
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private boolean isBoundBy(String transport) {
        return server.bindings("alice").stream()
            .anyMatch(known -> known.contact().toString().contains(";transport=tcp") == transport.equals("tcp"));
    }

    @Test
    void udpThatIsBlockedIsLeftForTcpWithinSecondsAndTakenAgainWhenItIsOpen() throws IOException {
        VirtualNode node = new VirtualNode(host);
        node.open(behindFirewall(host.udp()), TransportConfig.bind(new InetSocketAddress(5060)));
        node.open(behindFirewall(host.tcp()), TransportConfig.bind(new InetSocketAddress(5060)));
        SipEngine engine = new SipEngine(EngineConfig.builder().transports(TransportTraits.UDP, TransportTraits.TCP).build(),
            net.ids("alice"), EngineDriver.addressesOf(node));
        FailOver ladder = FailOver.DEFAULT.withBackups(List.of((SipUri) Uri.parse("sip:10.0.0.9;transport=tcp")));
        AccountId account = engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@test"))
            .outboundProxy(Uri.parse("sip:10.0.0.9;lr")).credentials(Credentials.password("alice", "test", "secret")).expiresSeconds(60)
            .failOver(ladder).build(), 0);
        node.drive(new EngineDriver(engine, (event, now) -> { }));
        node.call(now -> engine.register(account, now));
        assertTrue(net.runUntil(() -> isBoundBy("tcp"), net.now() + 6 * Ticker.SECOND), "over TCP within 6 s\n" + net.transcript());

        long opened = net.now();
        udpBlocked = false;
        assertTrue(net.runUntil(() -> isBoundBy("udp"), opened + 700 * Ticker.SECOND), "over UDP again within 700 s\n" + net.transcript());

        net.runFor(Duration.ofSeconds(70));
        assertFalse(isBoundBy("tcp"), "the binding of before is gone");
        udpBlocked = true;
        assertTrue(net.runUntil(() -> isBoundBy("tcp"), net.now() + 70 * Ticker.SECOND), "over TCP again with the refresh\n"
            + net.transcript());
    }
}
