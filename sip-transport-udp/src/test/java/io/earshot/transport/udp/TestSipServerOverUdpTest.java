package io.earshot.transport.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.RegistrationState;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import io.earshot.testkit.node.EngineDriver;
import io.earshot.testkit.node.RealNode;
import io.earshot.testkit.server.TestSipServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server that the test kit offers, found and run over the transport of this module. */
class TestSipServerOverUdpTest {
    @Test
    void registersOverIpv4() throws IOException, InterruptedException {
        registers(Loopback.IPV4);
    }

    @Test
    void registersOverIpv6() throws IOException, InterruptedException {
        registers(Loopback.IPV6);
    }

    private static void registers(InetAddress loopback) throws IOException, InterruptedException {
        CountDownLatch registered = new CountDownLatch(1);
        try (TestSipServer server = TestSipServer.builder().user("alice", "secret").bind(new InetSocketAddress(loopback, 0)).start();
                RealNode node = new RealNode("alice")) {
            node.open(new UdpTransportProvider(), TransportConfig.bind(new InetSocketAddress(loopback, 0)));
            SipEngine engine = new SipEngine(EngineConfig.defaults(), IdSource.secure(), EngineDriver.addressesOf(node));
            node.drive(new EngineDriver(engine, (event, now) -> {
                if (event instanceof SipEvent.RegistrationChanged changed && changed.state() instanceof RegistrationState.Registered) {
                    registered.countDown();
                }
            }));
            AccountId account = node.call(now -> engine.addAccount(AccountSettings.builder(Uri.parse(server.uri("alice")))
                .credentials(Credentials.password("alice", "secret")).build(), now));
            node.call(now -> engine.register(account, now));
            assertTrue(registered.await(20, TimeUnit.SECONDS), "not registered");
            assertEquals(1, server.bindings("alice").size());
            assertEquals(loopback, server.bindings("alice").get(0).peer().getAddress());
        }
    }
}
