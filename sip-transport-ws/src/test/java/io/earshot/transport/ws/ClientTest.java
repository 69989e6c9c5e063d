package io.earshot.transport.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.WebSocketConfig;
import io.earshot.testkit.node.TestIoLoop;
import io.earshot.transport.common.PeerTrust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our connections to servers: what the request says, and the sentence for each way it can go wrong. */
@Tag("rfc7118")
class ClientTest {
    private final TestIoLoop loop = new TestIoLoop();
    private final Told told = new Told();
    private final List<SipTransport> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(SipTransport::close);
        loop.close();
    }

    private SipTransport open(SipTransportProvider provider, TransportConfig config, Told ears) throws IOException {
        SipTransport transport = provider.open(config, loop, ears);
        opened.add(transport);
        return transport;
    }

    private static TransportConfig local() {
        return TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0));
    }

    private SipTransport client(WebSocketConfig config) throws IOException {
        return open(new WsTransportProvider(), local().withWebSocket(config.withoutListener()), told);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String failure() {
        loop.await("a failure", () -> !told.failures.isEmpty());
        return told.failures.get(0);
    }

    /** Accepts one connection, reads the request and answers with this. */
    private static CompletableFuture<String> server(ServerSocket socket, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket peer = socket.accept()) {
                peer.setSoTimeout(10_000);
                StringBuilder request = new StringBuilder();
                while (request.indexOf("\r\n\r\n") < 0) {
                    request.append((char) peer.getInputStream().read());
                }
                peer.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                peer.getInputStream().read(); // until the client has had enough
                return request.toString();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private String refusal(String answer) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, Loopback.IPV4)) {
            CompletableFuture<String> request = server(socket, answer);
            InetSocketAddress address = new InetSocketAddress(Loopback.IPV4, socket.getLocalPort());
            client(WebSocketConfig.DEFAULT).send(address, "ws://127.0.0.1:" + address.getPort() + "/sip", text("x"));
            String sentence = failure();
            request.join();
            return sentence;
        }
    }

    @Test
    void theRequestHasPathQueryHeadersAndTheSubProtocolButNoOrigin() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, Loopback.IPV4)) {
            CompletableFuture<String> request = server(socket, "HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n");
            InetSocketAddress address = new InetSocketAddress(Loopback.IPV4, socket.getLocalPort());
            client(WebSocketConfig.DEFAULT.withHeader("PBX.example.com", "Cookie", "session=1").withHeader("other", "X-Secret", "2"))
                .send(address, "ws://pbx.example.com:8080/a/b?c=d%20e", text("x"));
            assertEquals("WS with 127.0.0.1 port PORT: the server answered HTTP 503 Later and opened no WebSocket", failure());
            String head = request.join();
            assertTrue(head.startsWith("GET /a/b?c=d%20e HTTP/1.1\r\n"), head);
            String lower = head.toLowerCase(java.util.Locale.ROOT);
            for (String line : List.of("host: pbx.example.com:8080", "sec-websocket-protocol: sip", "cookie: session=1",
                    "sec-websocket-version: 13")) {
                assertTrue(lower.contains("\r\n" + line + "\r\n"), head);
            }
            assertTrue(!lower.contains("origin:") && !lower.contains("x-secret"), head);
        }
    }

    @Test
    void eachRefusalHasItsSentence() throws IOException {
        assertEquals("WS with 127.0.0.1 port PORT: the server answered HTTP 404 Not Found: there is no WebSocket at /sip",
            refusal("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    }

    @Test
    void aLoginIsAskedFor() throws IOException {
        assertEquals("WS with 127.0.0.1 port PORT: the server answered HTTP 401 Unauthorized: it wants a login, or another origin",
            refusal("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"));
    }

    @Test
    void aServerWithoutSipIsNoServer() throws IOException {
        assertEquals("WS with 127.0.0.1 port PORT: " + Refusals.NO_SIP, refusal("HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n"));
    }

    @Test
    void aWrongAcceptKeyIsNoHandshake() throws IOException {
        String sentence = refusal("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Accept: x\r\n\r\n");
        assertTrue(sentence.startsWith("WS with 127.0.0.1 port PORT: the server did not open a WebSocket: "), sentence);
    }

    @Test
    void aServerOfAnotherKindIsToldOf() throws IOException {
        String sentence = refusal("220 mail.example.com ESMTP\r\n\r\n");
        assertTrue(sentence.startsWith("WS with 127.0.0.1 port PORT: "), sentence);
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, Loopback.IPV4)) {
            port = gone.getLocalPort();
        }
        client(WebSocketConfig.DEFAULT).send(new InetSocketAddress(Loopback.IPV4, port), "127.0.0.1", text("x"));
        assertEquals("WS with 127.0.0.1 port PORT: the connection was refused: nothing listens there, or a firewall rejects it", failure());
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, Loopback.IPV4)) {
            SipTransport client = open(new WsTransportProvider(),
                local().withStream(StreamConfig.DEFAULT.withConnectTimeout(300 * Ticker.MILLISECOND)), told);
            client.send(new InetSocketAddress(Loopback.IPV4, silent.getLocalPort()), "127.0.0.1", text("x"));
            client.send(new InetSocketAddress(Loopback.IPV4, silent.getLocalPort()), "127.0.0.1", text("y"));
            loop.await("both failures", () -> told.failures.size() == 2);
            assertEquals("WS with 127.0.0.1 port PORT: it was not open for messages within 300 ms", told.failures.get(1));
        }
    }

    @Test
    void aKeepAliveMakesNoConnection() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, Loopback.IPV4)) {
            silent.setSoTimeout(200);
            client(WebSocketConfig.DEFAULT).send(new InetSocketAddress(Loopback.IPV4, silent.getLocalPort()), "127.0.0.1",
                text("\r\n\r\n"));
            org.junit.jupiter.api.Assertions.assertThrows(java.net.SocketTimeoutException.class, silent::accept);
        }
    }

    @Test
    void withoutAListenerThereIsNoPort() throws IOException {
        SipTransport client = client(WebSocketConfig.DEFAULT);
        assertEquals(0, client.localAddress().getPort());
        assertEquals(new InetSocketAddress(Loopback.IPV4, 0), client.localAddress(new InetSocketAddress(Loopback.IPV4, 1)));
    }

    // ---- secured

    private String secured(TlsConfig server, TlsConfig client, String host) throws IOException {
        Told asked = new Told();
        SipTransport there = open(new WssTransportProvider(), local().withTls(server), asked);
        SipTransport here = open(new WssTransportProvider(), local().withTls(client), told);
        here.send(there.localAddress(), "wss://" + host + ":" + there.localAddress().getPort() + "/", text("hello"));
        loop.await("an outcome", () -> !told.failures.isEmpty() || !asked.messages.isEmpty());
        return told.failures.isEmpty() ? asked.messages.get(0) : told.failures.get(0).replace("WSS with 127.0.0.1 port PORT: ", "");
    }

    private static TlsConfig as(String alias) {
        return TlsConfig.DEFAULT.withIdentity(Certificates.identity(alias));
    }

    @Test
    void aGoodCertificateIsGoodForItsNamesOnly() throws IOException {
        assertEquals("hello", secured(as("good"), Certificates.trusting("authority"), "localhost"));
        String other = secured(as("good"), Certificates.trusting("authority"), "pbx.example.com");
        assertTrue(other.startsWith("the certificate of pbx.example.com is for another name: it is for localhost, "), other);
    }

    @Test
    void aCertificateForAnIpAddressIsGoodForThat() throws IOException {
        assertEquals("hello", secured(as("good"), Certificates.trusting("authority"), "127.0.0.1"));
    }

    @Test
    void badCertificatesHaveTheirSentences() throws IOException {
        assertEquals("the certificate of localhost expired on 2021-01-01",
            secured(as("expired"), Certificates.trusting("authority"), "localhost"));
    }

    @Test
    void anUnknownAuthorityIsNamed() throws IOException {
        assertEquals("the certificate of localhost was issued by CN=Earshot test stranger, which is not trusted here",
            secured(as("unknown"), Certificates.trusting("authority"), "localhost"));
    }

    @Test
    void aSelfSignedCertificateNeedsAPolicy() throws IOException {
        assertEquals("the certificate of localhost is self-signed and not trusted here",
            secured(as("selfsigned"), Certificates.trusting("authority"), "localhost"));
    }

    @Test
    void withThePolicyASelfSignedCertificateWillDo() throws IOException {
        assertEquals("hello", secured(as("selfsigned"),
            Certificates.trusting("authority").withPolicy(TlsConfig.Policy.ALLOW_SELF_SIGNED), "localhost"));
    }

    @Test
    void evenThenItMustBeForTheNameThatWasAskedFor() throws IOException {
        String other = secured(as("selfsigned"),
            Certificates.trusting("authority").withPolicy(TlsConfig.Policy.ALLOW_SELF_SIGNED), "pbx.example.com");
        assertTrue(other.startsWith("the certificate of pbx.example.com is for another name: it is for localhost"), other);
    }

    @Test
    void aPinThatDoesNotFitIsRefusedWhateverThePolicy() throws IOException {
        String pin = PeerTrust.pin(Certificates.certificate("good"));
        assertEquals("the key of localhost is not among the pinned ones; its pin is sha256/" + pin, secured(as("good"),
            TlsConfig.DEFAULT.withPolicy(TlsConfig.Policy.ALLOW_ANYTHING).withPins(PeerTrust.pin(Certificates.certificate("expired"))),
            "localhost"));
    }

    @Test
    void aClientCertificateIsAskedForAndShown() throws IOException {
        TlsConfig strict = Certificates.trusting("authority").withIdentity(Certificates.identity("good"))
            .withClients(TlsConfig.ClientCertificates.REQUIRED);
        assertEquals("hello", secured(strict, Certificates.trusting("authority").withIdentity(Certificates.identity("good")), "localhost"));
    }

    @Test
    void aMissingClientCertificateIsToldOf() throws IOException {
        TlsConfig strict = Certificates.trusting("authority").withIdentity(Certificates.identity("good"))
            .withClients(TlsConfig.ClientCertificates.REQUIRED);
        String sentence = secured(strict, Certificates.trusting("authority"), "localhost");
        assertTrue(sentence.contains("certificate"), sentence);
    }

    @Test
    void aPlainServerIsNoSecuredOne() throws IOException {
        Told asked = new Told();
        SipTransport there = open(new WsTransportProvider(), local(), asked);
        SipTransport here = open(new WssTransportProvider(), local().withTls(Certificates.trusting("authority")), told);
        here.send(there.localAddress(), "localhost", text("hello"));
        assertEquals("WSS with 127.0.0.1 port PORT: localhost answered with something that is not TLS: write ws:// for a server without it",
            failure());
    }
}
