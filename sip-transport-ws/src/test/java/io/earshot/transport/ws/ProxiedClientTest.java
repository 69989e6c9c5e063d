package io.earshot.transport.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.WebSocketConfig;
import io.earshot.testkit.net.TestProxy;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** WebSockets through proxies to servers that only the proxy can look up. */
@Tag("rfc7118")
class ProxiedClientTest {
    private final TestIoLoop loop = new TestIoLoop();
    private final Told asked = new Told();
    private final Told told = new Told();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        loop.close();
    }

    private <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    private static TransportConfig local() {
        return TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0)).withTls(Certificates.trusting("authority")
            .withIdentity(Certificates.identity("good")));
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void speaks(SipTransportProvider provider, TestProxy proxy, ProxyConfig config) throws IOException {
        SipTransport server = closing(provider.open(local(), loop, asked));
        SipTransport client = closing(provider.open(local().withWebSocket(WebSocketConfig.DEFAULT.withoutListener()).withProxy(config),
            loop, told));
        InetSocketAddress there = new InetSocketAddress(ProxiedNames.standIn("localhost"), server.localAddress().getPort());
        client.send(there, "localhost", text("OPTIONS"));
        loop.await("the words", () -> !asked.messages.isEmpty() || !told.failures.isEmpty());
        assertEquals(List.of(), told.failures);
        server.send(asked.flows.get(0), text("200"));
        loop.await("the answer", () -> !told.messages.isEmpty());
        assertTrue(proxy.heads.stream().anyMatch(head -> head.contains("localhost:" + there.getPort())), proxy.heads.toString());
    }

    @Test
    void aWebSocketGoesThroughAnHttpProxyWithALogin() throws IOException {
        TestProxy proxy = closing(new TestProxy(TestProxy.CHALLENGE));
        speaks(new WsTransportProvider(), proxy, ProxyConfig.http("127.0.0.1", proxy.port()).withLogin("me", "secret"));
        assertEquals(2, proxy.heads.size());
    }

    @Test
    void aSecuredWebSocketGoesThroughASocksProxy() throws IOException {
        TestProxy proxy = closing(new TestProxy("password"));
        speaks(new WssTransportProvider(), proxy, ProxyConfig.socks5("127.0.0.1", proxy.port()).withLogin("me", "secret"));
    }

    @Test
    void aSecuredWebSocketGoesThroughAnHttpProxyWithoutALogin() throws IOException {
        TestProxy proxy = closing(new TestProxy(""));
        speaks(new WssTransportProvider(), proxy, ProxyConfig.http("localhost", proxy.port()));
    }

    @Test
    void aProxyThatRefusesIsToldOf() throws IOException {
        TestProxy proxy = closing(new TestProxy(TestProxy.CHALLENGE));
        SipTransport client = closing(new WsTransportProvider().open(local().withWebSocket(WebSocketConfig.DEFAULT.withoutListener())
            .withProxy(ProxyConfig.http("127.0.0.1", proxy.port())), loop, told));
        client.send(new InetSocketAddress("192.0.2.7", 80), "192.0.2.7", text("OPTIONS"));
        loop.await("a failure", () -> !told.failures.isEmpty());
        assertEquals("WS with 192.0.2.7 port PORT: the HTTP proxy 127.0.0.1: it wants a login, and there is none", told.failures.get(0));
    }
}
