package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.ManualTicker;
import io.earshot.testkit.net.TestProxy;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TCP and TLS through proxies, with and without logins, to servers that only the proxy can look up, and the sentences when it fails. */
class ProxiedStreamsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final TestIoLoop loop = new TestIoLoop(ticker);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Told asked = new Told();
    private final Told told = new Told();

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        loop.close();
    }

    private <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    private SipTransport open(SipTransportProvider provider, ProxyConfig proxy, Told listener) throws IOException {
        return closing(provider.open(TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0))
            .withTls(Certificates.trusting("authority").withIdentity(Certificates.identity("good"))).withProxy(proxy), loop, listener));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void speaks(SipTransportProvider provider, TestProxy proxy, ProxyConfig config) throws IOException {
        SipTransport server = open(provider, ProxyConfig.NONE, asked);
        SipTransport client = open(provider, config, told);
        InetSocketAddress there = new InetSocketAddress(ProxiedNames.standIn("localhost"), server.localAddress().getPort());
        client.send(there, "localhost", utf8("hello"));
        loop.await("the words", () -> asked.text().equals("hello"));
        server.send(asked.flows.get(0), utf8("good day"));
        loop.await("the answer", () -> told.text().equals("good day"));
        assertEquals(there, told.flows.get(0).remote());
        client.send(there, "localhost", utf8(", again"));
        loop.await("the second words", () -> asked.text().equals("hello, again"));
        assertEquals(1, asked.flows.stream().map(flow -> flow.connection()).distinct().count(), "one connection for both");
        assertTrue(proxy.heads.stream().anyMatch(head -> head.contains("localhost:" + there.getPort())), proxy.heads.toString());
    }

    @Test
    @Tag("rfc9110")
    void tcpGoesThroughAnHttpProxy() throws IOException {
        TestProxy proxy = closing(new TestProxy(""));
        speaks(new TcpTransportProvider(), proxy, ProxyConfig.http("localhost", proxy.port()));
    }

    @Test
    void tlsGoesThroughAnHttpProxyThatWantsALoginByDigest() throws IOException {
        TestProxy proxy = closing(new TestProxy(TestProxy.CHALLENGE));
        speaks(new TlsTransportProvider(), proxy, ProxyConfig.http("127.0.0.1", proxy.port()).withLogin("me", "secret"));
        assertEquals(2, proxy.heads.size(), "one without the login, one with it");
    }

    @Test
    void tcpGoesThroughAnHttpProxyThatWantsALoginByBasic() throws IOException {
        TestProxy proxy = closing(new TestProxy("Basic realm=\"x\""));
        speaks(new TcpTransportProvider(), proxy, ProxyConfig.http("127.0.0.1", proxy.port()).withLogin("me", "secret"));
        assertTrue(proxy.heads.get(1).contains("Proxy-Authorization: Basic bWU6c2VjcmV0"), proxy.heads.get(1));
    }

    @Test
    @Tag("rfc1928")
    @Tag("rfc1929")
    void tlsGoesThroughASocksProxyWithALogin() throws IOException {
        TestProxy proxy = closing(new TestProxy("password"));
        speaks(new TlsTransportProvider(), proxy, ProxyConfig.socks5("127.0.0.1", proxy.port()).withLogin("me", "secret"));
        assertEquals("me:secret", proxy.heads.get(0));
    }

    private String failure(ProxyConfig proxy) throws IOException {
        SipTransport client = open(new TcpTransportProvider(), proxy, told);
        client.send(new InetSocketAddress("192.0.2.7", 5060), "", utf8("hello"));
        loop.await("the failure", () -> !told.failures.isEmpty());
        return told.failures.get(0);
    }

    @Test
    void aProxyThatRefusesIsToldOf() throws IOException {
        TestProxy proxy = closing(new TestProxy("password"));
        assertEquals("TCP with 192.0.2.7 port 5060: the SOCKS proxy 127.0.0.1: it does not accept the user and password",
            failure(ProxyConfig.socks5("127.0.0.1", proxy.port()).withLogin("me", "wrong")));
    }

    @Test
    void aProxyThatEndsTheConnectionIsToldOf() throws IOException {
        ServerSocket server = closing(new ServerSocket(0, 1, Loopback.IPV4));
        loop.workers().execute(() -> {
            try {
                server.accept().close();
            } catch (IOException over) {
                throw new AssertionError(over);
            }
        });
        String reason = failure(ProxyConfig.http("127.0.0.1", server.getLocalPort()));
        assertTrue(reason.startsWith("TCP with 192.0.2.7 port 5060: the p"), reason); // the proxy ended, or the peer reset, the connection
    }

    @Test
    void aProxyThatIsSilentIsNotWaitedForForever() throws IOException {
        ServerSocket server = closing(new ServerSocket(0, 1, Loopback.IPV4));
        SipTransport client = closing(new TcpTransportProvider().open(TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0))
            .withStream(StreamConfig.DEFAULT.withConnectTimeout(3 * Ticker.SECOND)).withProxy(ProxyConfig.http("127.0.0.1",
            server.getLocalPort())), loop, told));
        client.send(new InetSocketAddress("192.0.2.7", 5060), "", utf8("hello"));
        loop.await("the connection", () -> accepted(server));
        loop.turn(0);
        assertTrue(told.failures.isEmpty());
        ticker.advance(Duration.ofSeconds(4));
        loop.await("the failure", () -> !told.failures.isEmpty());
        assertTrue(told.failures.get(0).endsWith(" within 3 s"), told.failures.get(0));
    }

    private boolean accepted(ServerSocket server) {
        try {
            server.setSoTimeout(1_000);
            closing(server.accept());
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void aProxyThatNobodyKnowsIsToldOf() throws IOException {
        String reason = failure(ProxyConfig.http("no-such-proxy.invalid", 8080));
        assertEquals("TCP with 192.0.2.7 port 5060: the proxy no-such-proxy.invalid is not known here: DNS has no address of it", reason);
        assertFalse(told.failures.isEmpty());
    }
}
