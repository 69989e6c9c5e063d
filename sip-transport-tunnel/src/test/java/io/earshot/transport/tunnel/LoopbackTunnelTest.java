package io.earshot.transport.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsIdentity;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.TunnelMode;
import io.earshot.api.tunnel.spi.Tunnel;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.api.tunnel.spi.TunnelListener;
import io.earshot.testkit.net.TestProxy;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopbackTunnelTest {
    private static final String KEY = "a key of 16 or more letters";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final TestIoLoop loop = new TestIoLoop();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private DatagramChannel server;

    @AfterEach
    void closeEverything() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        loop.close();
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private TunnelGateway gateway(int port, TlsConfig tls, int firstPort) throws IOException {
        if (server == null) {
            server = closing(DatagramChannel.open());
            server.bind(new InetSocketAddress(HERE, 0)).configureBlocking(false);
        }
        return closing(new DefaultTunnelProvider().serve(TunnelGatewayConfig.of(new InetSocketAddress(HERE, port), "alice", KEY,
            "127.0.0.1").withTls(tls).withOutside(HERE, Optional.empty()).withPorts(firstPort, firstPort + 99)));
    }

    private Tunnel tunnel(TunnelConfig config, TlsConfig tls) throws IOException {
        Tunnel tunnel = closing(new DefaultTunnelProvider().open(config, tls, new TunnelListener() {
            @Override
            public void up(InetSocketAddress address, boolean moved) {
                told.add("up " + (moved ? "moved" : "same"));
            }

            @Override
            public void down(String reason, boolean refused) {
                told.add("down " + reason);
            }
        }));
        return tunnel;
    }

    /** Looks again and again, as what happens elsewhere does not wake the loop. */
    private void await(String what, BooleanSupplier condition) {
        loop.await(what, () -> {
            loop.schedule(2 * Ticker.MILLISECOND, () -> { });
            return condition.getAsBoolean();
        });
    }

    private void awaitUp(int times) {
        await("the tunnel to be up: " + told, () -> told.stream().filter(one -> one.startsWith("up")).count() >= times);
    }

    private TunnelConfig config(TunnelGateway to, String scheme, TunnelMode mode) {
        return TunnelConfig.of(scheme + "://localhost:" + to.address().getPort(), "alice", KEY).withMode(mode)
            .withProxy(ProxyConfig.NONE);
    }

    private SipTransport sip(Tunnel tunnel) throws IOException {
        return closing(tunnel.sip().open(TransportConfig.bind(new InetSocketAddress(0)), loop, new SipTransportListener() {
            @Override
            public void received(Flow flow, ByteBuffer data) {
                heard.add(StandardCharsets.UTF_8.decode(data).toString());
            }

            @Override
            public void sendFailed(InetSocketAddress peer, String reason) {
                heard.add("failed: " + reason);
            }

            @Override
            public void closed(Flow flow, String reason) {
                throw new AssertionError();
            }
        }));
    }

    /** SIP there and back. */
    private InetSocketAddress exchange(SipTransport sip, String text) throws IOException {
        sip.send((InetSocketAddress) server.getLocalAddress(), "localhost", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        ByteBuffer got = ByteBuffer.allocate(65_536);
        List<InetSocketAddress> from = new ArrayList<>();
        await(text + " at the server; heard " + heard, () -> {
            try {
                InetSocketAddress source = (InetSocketAddress) server.receive(got);
                Optional.ofNullable(source).ifPresent(from::add);
                return source != null;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(text, StandardCharsets.UTF_8.decode(got.flip()).toString());
        server.send(ByteBuffer.wrap(("re " + text).getBytes(StandardCharsets.UTF_8)), from.get(0));
        await("the answer", () -> heard.contains("re " + text));
        return from.get(0);
    }

    @ParameterizedTest
    @EnumSource(TunnelMode.class)
    void sipAndRtpGoThroughHttp(TunnelMode mode) throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_000);
        Tunnel tunnel = tunnel(config(gateway, "http", mode), TlsConfig.DEFAULT);
        awaitUp(1);
        SipTransport sip = sip(tunnel);
        assertEquals(sip.localAddress(), exchange(sip, "REGISTER"));
        exchange(sip, "INVITE");
        exchange(sip, "INVITE with ways " + "a=candidate ".repeat(4_000));
        rtpBothWays(tunnel);
        assertEquals(0, gateway.counters().malformed());
    }

    /** Who hears that the tunnel is up may answer a call in the same moment. */
    @Test
    void aTunnelThatIsUpHasSocketsForCallsAtOnce() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_900);
        CompletableFuture<Tunnel> tunnel = new CompletableFuture<>();
        tunnel.complete(closing(new DefaultTunnelProvider().open(config(gateway, "http", TunnelMode.WEBSOCKET), TlsConfig.DEFAULT,
            new TunnelListener() {
                @Override
                public void up(InetSocketAddress address, boolean moved) {
                    try {
                        for (int port = 0; port < 4; port++) {
                            tunnel.join().media().open(new InetSocketAddress(20_000 + port % 2), 0, loop, (source, datagram) -> { });
                        }
                        told.add(tunnel.join().isUp() ? "up with sockets" : "not up");
                    } catch (IOException none) {
                        told.add("up, but " + none.getMessage());
                    }
                }

                @Override
                public void down(String reason, boolean refused) {
                    told.add("down " + reason);
                }
            })));
        await("the tunnel", () -> !told.isEmpty());
        assertEquals(List.of("up with sockets"), told);
    }

    private void rtpBothWays(Tunnel tunnel) throws IOException {
        List<Integer> got = new ArrayList<>();
        List<MediaSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sockets.add(closing(tunnel.media().open(new InetSocketAddress(20_000 + i % 2), 0, loop,
                (source, datagram) -> got.add(datagram.remaining()))));
        }
        assertEquals(sockets.get(0).localAddress().getPort() + 1, sockets.get(1).localAddress().getPort());
        for (int i = 0; i < 20; i++) {
            assertTrue(sockets.get(0).send(sockets.get(2).localAddress(), ByteBuffer.wrap(new byte[172])));
        }
        sockets.get(3).send(sockets.get(1).localAddress(), ByteBuffer.wrap(new byte[60]));
        await("20 packets of RTP and one of RTCP, not " + got.size(), () -> got.size() == 21 && got.contains(60));
    }

    @ParameterizedTest
    @EnumSource(TunnelMode.class)
    void sipAndRtpGoThroughHttps(TunnelMode mode) throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT.withIdentity(identity("good")), 41_100);
        TlsConfig trust = TlsConfig.DEFAULT.trustingOnly(List.of(identity("authority").chain().get(0)));
        Tunnel tunnel = tunnel(config(gateway, "https", mode), trust);
        awaitUp(1);
        exchange(sip(tunnel), "REGISTER");
        rtpBothWays(tunnel);
    }

    @Test
    void aGatewayThatCannotBeTrustedIsNotUsed() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT.withIdentity(identity("good")), 41_100);
        Tunnel tunnel = tunnel(config(gateway, "https", TunnelMode.AUTO), TlsConfig.DEFAULT);
        await("a reason", () -> !told.isEmpty());
        assertTrue(told.get(0).contains("certificate of localhost"), told.toString());
        assertFalse(tunnel.isUp());
    }

    @Test
    void aWrongKeyIsToldOf() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_200);
        tunnel(TunnelConfig.of("http://localhost:" + gateway.address().getPort(), "alice", "another key of 16 letters")
            .withProxy(ProxyConfig.NONE), TlsConfig.DEFAULT);
        await("a reason", () -> !told.isEmpty());
        assertEquals("down The tunnel gateway localhost is not reached: the gateway does not accept this user and key.", told.get(0));
    }

    @Test
    void theSameSocketsAreThereWhenTheGatewayWasStartedAnew() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_300);
        int port = gateway.address().getPort();
        Tunnel tunnel = tunnel(config(gateway, "http", TunnelMode.AUTO), TlsConfig.DEFAULT);
        awaitUp(1);
        SipTransport sip = sip(tunnel);
        InetSocketAddress before = exchange(sip, "INVITE");
        gateway.close();
        await("the loss", () -> told.stream().anyMatch(one -> one.startsWith("down")));
        gateway(port, TlsConfig.DEFAULT, 41_300);
        awaitUp(2);
        assertTrue(told.contains("up same"), told.toString());
        assertEquals(before, exchange(sip, "BYE"));
    }

    /** Neither is listed: what a gateway's users have there is no secret to each other. */
    @Test
    void twoUsersOfOneGatewayHearEachOther() throws IOException {
        TunnelGateway gateway = closing(new DefaultTunnelProvider().serve(TunnelGatewayConfig.of(new InetSocketAddress(HERE, 0), "alice",
            KEY, "192.0.2.1:5060").withOutside(HERE, Optional.of(InetAddress.getByName("203.0.113.77"))).withPorts(42_400, 42_499)));
        List<MediaSocket> ears = new ArrayList<>();
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Tunnel tunnel = tunnel(config(gateway, "http", TunnelMode.WEBSOCKET), TlsConfig.DEFAULT);
            awaitUp(i + 1);
            int own = i;
            ears.add(closing(tunnel.media().open(new InetSocketAddress(20_000), 0, loop,
                (source, datagram) -> got.add(own + " from " + source))));
        }
        ears.get(0).send(ears.get(1).localAddress(), ByteBuffer.wrap(new byte[172]));
        await("the sound", () -> !got.isEmpty());
        assertEquals(List.of("1 from " + ears.get(0).localAddress()), got);
    }

    @Test
    void usersAndTheCertificateCanBeChangedWhileItRuns() throws IOException {
        TlsConfig good = TlsConfig.DEFAULT.withIdentity(identity("good"));
        List<String> visits = new CopyOnWriteArrayList<>();
        TunnelGateway gateway = closing(new DefaultTunnelProvider().serve(TunnelGatewayConfig.of(new InetSocketAddress(HERE, 0), "alice",
            KEY, "127.0.0.1").withTls(TlsConfig.DEFAULT.withIdentity(identity("expired"))).withOutside(HERE, Optional.empty())
            .withPorts(42_500, 42_599), visit -> visits.add(visit.kind() + " " + visit.user() + " " + visit.reason())));
        TlsConfig trust = TlsConfig.DEFAULT.trustingOnly(List.of(identity("authority").chain().get(0)));
        Tunnel tunnel = tunnel(config(gateway, "https", TunnelMode.AUTO), trust);
        await("the refusal", () -> told.stream().anyMatch(one -> one.contains("expired")));
        assertThrows(IOException.class, () -> gateway.renew(Map.of("alice", KEY), TlsConfig.DEFAULT));
        gateway.renew(Map.of("alice", KEY, "bob", KEY), good);
        awaitUp(1);
        gateway.renew(Map.of("bob", KEY), good);
        await("to be put out: " + told, () -> !tunnel.isUp() && told.stream().anyMatch(one -> one.endsWith("this user and key.")));
        await("what the log has to say: " + visits, () -> visits.contains("LEFT alice "));
        assertEquals("ENTERED alice ", visits.get(0));
    }

    /** The certificate changes while phones are connected: no downgrade, the check that failed is named, and no restart is needed. */
    @Test
    void aGatewayThatComesBackWithAnotherCertificateIsUsedOnlyIfThatIsGood() throws IOException {
        TlsConfig good = TlsConfig.DEFAULT.withIdentity(identity("good"));
        TunnelGateway gateway = gateway(0, good, 41_800);
        int port = gateway.address().getPort();
        TlsConfig trust = TlsConfig.DEFAULT.trustingOnly(List.of(identity("authority").chain().get(0)));
        Tunnel tunnel = tunnel(config(gateway, "https", TunnelMode.AUTO), trust);
        awaitUp(1);
        SipTransport sip = sip(tunnel);
        InetSocketAddress before = exchange(sip, "INVITE");
        gateway.close();
        await("the loss", () -> !tunnel.isUp());
        TunnelGateway expired = gateway(port, TlsConfig.DEFAULT.withIdentity(identity("expired")), 41_800);
        await("the reason, not " + tunnel.describe(), () -> tunnel.describe().contains("expired"));
        assertFalse(tunnel.isUp());
        assertEquals(0, expired.counters().accepted());
        expired.close();
        gateway(port, good, 41_800);
        awaitUp(2);
        assertEquals(before, exchange(sip, "BYE"));
    }

    @Test
    void anHttpProxyWithDigestIsPassed() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_400);
        TestProxy proxy = closing(new TestProxy(TestProxy.CHALLENGE));
        Tunnel tunnel = tunnel(config(gateway, "http", TunnelMode.AUTO)
            .withProxy(ProxyConfig.http("127.0.0.1", proxy.port()).withLogin("me", "secret")), TlsConfig.DEFAULT);
        awaitUp(1);
        exchange(sip(tunnel), "REGISTER");
        assertTrue(proxy.heads.get(1).contains("Proxy-Authorization: Digest username=\"me\", realm=\"proxy\""), proxy.heads.toString());
    }

    @Test
    void aSocksProxyWithAPasswordIsPassedAndItsDeathSurvived() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_500);
        TestProxy proxy = closing(new TestProxy("password"));
        Tunnel tunnel = tunnel(config(gateway, "http", TunnelMode.AUTO)
            .withProxy(ProxyConfig.socks5("127.0.0.1", proxy.port()).withLogin("me", "secret")), TlsConfig.DEFAULT);
        awaitUp(1);
        SipTransport sip = sip(tunnel);
        InetSocketAddress before = exchange(sip, "REGISTER");
        proxy.cut();
        awaitUp(2);
        assertEquals(before, exchange(sip, "again"));
        await("the count", () -> gateway.counters().resumed() == 1);
    }

    /** B-243. */
    @Test
    void behindSomethingThatCutsStreamsItGoesOnBySinglePackets() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_700);
        MiniFront front = closing(new MiniFront(gateway.address().getPort(), 1_500));
        Tunnel tunnel = tunnel(TunnelConfig.of("http://localhost:" + front.port(), "alice", KEY).withProxy(ProxyConfig.NONE),
            TlsConfig.DEFAULT);
        awaitUp(1);
        SipTransport sip = sip(tunnel);
        assertTrue(tunnel.describe().endsWith("by websocket"), tunnel.describe());
        InetSocketAddress to = (InetSocketAddress) server.getLocalAddress();
        await("packets instead of streams: " + told, () -> {
            sip.send(to, "localhost", ByteBuffer.wrap(new byte[100]));
            return tunnel.isUp() && tunnel.describe().endsWith("by packets");
        });
        assertEquals(6, front.cuts.get(), "three chances for each way");
        for (int i = 0; i < 50; i++) {
            sip.send(to, "localhost", ByteBuffer.wrap(new byte[100]));
        }
        sip.send(to, "localhost", ByteBuffer.wrap("INVITE".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer got = ByteBuffer.allocate(65_536);
        await("INVITE behind all that was sent before", () -> {
            try {
                return server.receive(got.clear()) != null && got.position() == 6;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(6, front.cuts.get());
    }

    @Test
    void aProxyThatRefusesIsNamed() throws IOException {
        TunnelGateway gateway = gateway(0, TlsConfig.DEFAULT, 41_600);
        TestProxy proxy = closing(new TestProxy("password"));
        tunnel(config(gateway, "http", TunnelMode.AUTO).withProxy(ProxyConfig.socks5("127.0.0.1", proxy.port())), TlsConfig.DEFAULT);
        await("a reason", () -> !told.isEmpty());
        assertTrue(told.get(0).contains("the SOCKS proxy 127.0.0.1: it wants a login, and there is none"), told.toString());
    }

    static TlsIdentity identity(String alias) throws IOException {
        char[] password = "password".toCharArray();
        try (InputStream in = LoopbackTunnelTest.class.getResourceAsStream("/certificates.p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            List<X509Certificate> chain = new ArrayList<>();
            for (java.security.cert.Certificate each : store.getCertificateChain(alias)) {
                chain.add((X509Certificate) each);
            }
            return new TlsIdentity((java.security.PrivateKey) store.getKey(alias, password), chain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
