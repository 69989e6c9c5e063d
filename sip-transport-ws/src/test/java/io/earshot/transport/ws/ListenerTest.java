package io.earshot.transport.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.WebSocketConfig;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is let in, and what becomes of frames, good and bad, spoken byte by byte. */
@Tag("rfc7118")
class ListenerTest {
    private static final long SHORT = 300 * Ticker.MILLISECOND;

    private final TestIoLoop loop = new TestIoLoop();
    private final Told told = new Told();
    private SipTransport server;

    private InetSocketAddress listen(WebSocketConfig config, StreamConfig stream) throws IOException {
        TransportConfig all = new TransportConfig(new InetSocketAddress(Loopback.IPV4, 0), 0, 2_000).withStream(stream)
            .withWebSocket(config);
        server = new WsTransportProvider().open(all, loop, told);
        return server.localAddress();
    }

    private InetSocketAddress listen(WebSocketConfig config) throws IOException {
        return listen(config, StreamConfig.DEFAULT);
    }

    private InetSocketAddress listen() throws IOException {
        return listen(WebSocketConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        server.close();
        loop.close();
    }

    private static String answer(InetSocketAddress address, String path, String... headers) throws IOException {
        try (RawClient client = new RawClient(address)) {
            return client.ask(path, headers).head().lines().findFirst().orElse("");
        }
    }

    // ---- the handshake

    @Test
    void theSubProtocolIsSipOrThereIsNoConnection() throws IOException {
        InetSocketAddress address = listen();
        try (RawClient client = new RawClient(address)) {
            String head = client.ask("/", "Sec-WebSocket-Protocol: chat, sip").head().toLowerCase(java.util.Locale.ROOT);
            assertTrue(head.startsWith("http/1.1 101 "), head);
            assertTrue(head.contains("sec-websocket-protocol: sip\r\n"), head);
            assertTrue(head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n"), head);
        }
        assertEquals("HTTP/1.1 400 Bad Request", answer(address, "/", "Sec-WebSocket-Protocol: chat"));
        assertEquals("HTTP/1.1 400 Bad Request", answer(address, "/"));
    }

    @Test
    void onlyThePathThatIsSetLeadsIn() throws IOException {
        InetSocketAddress address = listen(WebSocketConfig.DEFAULT.withPath("/sip"));
        assertEquals("HTTP/1.1 101 Switching Protocols", answer(address, "/sip?token=1", "Sec-WebSocket-Protocol: sip"));
        assertEquals("HTTP/1.1 404 Not Found", answer(address, "/", "Sec-WebSocket-Protocol: sip"));
        assertEquals("HTTP/1.1 404 Not Found", answer(address, "/sip/", "Sec-WebSocket-Protocol: sip"));
    }

    @Test
    void aPageIsLetInOnlyFromAnAllowedOrigin() throws IOException {
        InetSocketAddress address = listen(WebSocketConfig.DEFAULT.withOrigins("https://phone.example.com"));
        assertEquals("HTTP/1.1 101 Switching Protocols",
            answer(address, "/", "Sec-WebSocket-Protocol: sip", "Origin: https://phone.example.com"));
        assertEquals("HTTP/1.1 403 Forbidden", answer(address, "/", "Sec-WebSocket-Protocol: sip", "Origin: https://evil.example.com"));
        assertEquals("HTTP/1.1 101 Switching Protocols", answer(address, "/", "Sec-WebSocket-Protocol: sip"));
    }

    @Test
    void whatIsNoHandshakeGetsAnAnswerAndTheDoor() throws IOException {
        InetSocketAddress address = listen();
        for (String[] row : new String[][] {
            {"GET / HTTP/1.1\r\nHost: here\r\n\r\n", "HTTP/1.1 426 Upgrade Required"},
            {"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 405 Method Not Allowed"},
            {"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP x\r\n\r\n", "<end>"},
            {"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n",
                "HTTP/1.1 426 Upgrade Required"},
            {"GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request"}}) {
            try (RawClient client = new RawClient(address)) {
                String first = client.say(row[0]).head().lines().findFirst().orElse("");
                assertTrue(first.startsWith(row[1]) || row[1].equals("<end>") && first.contains(" 4"), row[0] + " got " + first);
            }
        }
        assertEquals(List.of(), told.ends);
    }

    @Test
    void whoComesAndSaysNothingIsSentAway() throws IOException {
        InetSocketAddress address = listen(WebSocketConfig.DEFAULT, StreamConfig.DEFAULT.withSilenceTimeout(SHORT));
        try (RawClient silent = new RawClient(address); RawClient slow = new RawClient(address)) {
            slow.say("GET / HTTP/1.1\r\nHost: he");
            assertEquals("<end>", silent.head());
            assertEquals("<end>", slow.head());
        }
    }

    @Test
    void moreConnectionsThanAllowedAreRefused() throws IOException {
        InetSocketAddress address = listen(WebSocketConfig.DEFAULT, StreamConfig.DEFAULT.withMaxConnections(2));
        try (RawClient one = RawClient.open(address); RawClient two = RawClient.open(address); RawClient three = new RawClient(address)) {
            assertEquals("<end>", three.head());
            one.frame(RawClient.FIN | RawClient.TEXT, "one");
            two.frame(RawClient.FIN | RawClient.TEXT, "two");
            loop.await("two messages", () -> told.messages.size() == 2);
        }
    }

    // ---- frames

    @Test
    void aMessageMayComeAsTextOrBinaryAndInPieces() throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.FIN | RawClient.TEXT, "text").frame(RawClient.FIN | RawClient.BINARY, "binary")
                .frame(RawClient.TEXT, "in ").frame(RawClient.CONTINUATION, "three ")
                .frame(RawClient.FIN | RawClient.PING, "between").frame(RawClient.FIN | RawClient.CONTINUATION, "pieces");
            assertEquals("8a between", client.read());
            loop.await("three messages", () -> told.messages.size() == 3);
            assertEquals(List.of("text", "binary", "in three pieces"), told.messages);
        }
    }

    @Test
    void whatIsTextGoesOutAsTextAndTheRestAsBinary() throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello");
            loop.await("a message", () -> !told.messages.isEmpty());
            server.send(told.flows.get(0), ByteBuffer.wrap("Grüße".getBytes(StandardCharsets.UTF_8)));
            server.send(told.flows.get(0), ByteBuffer.wrap(new byte[] {(byte) 0xFF, 'x'}));
            assertEquals("81 Grüße", client.read());
            assertTrue(client.read().startsWith("82 "));
        }
    }

    @Test
    void anEmptyLineToAWebSocketIsAPing() throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.FIN | RawClient.TEXT, "\r\n\r\n");
            loop.await("a message", () -> !told.messages.isEmpty());
            server.send(told.flows.get(0), ByteBuffer.wrap("\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertEquals("89 ", client.read());
            server.send(told.flows.get(0), ByteBuffer.wrap("\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertEquals("81 \r\n", client.read());
        }
    }

    private void violates(int head, byte[] payload, boolean masked, String status, String why) throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello").frame(head, payload, masked);
            assertEquals("88 " + status, client.read());
            loop.await("the end", () -> !told.ends.isEmpty());
            assertTrue(told.ends.get(0).startsWith("WS with 127.0.0.1 port PORT: " + why), told.ends.get(0));
            assertEquals(List.of("hello"), told.messages);
        }
    }

    @Test
    void anUnmaskedFrameEndsTheConnection() throws IOException {
        violates(RawClient.FIN | RawClient.TEXT, new byte[] {'x'}, false, "1002", "the peer violated the protocol: ");
    }

    @Test
    void reservedBitsEndTheConnection() throws IOException {
        violates(RawClient.FIN | 0x40 | RawClient.TEXT, new byte[] {'x'}, true, "1002", "the peer violated the protocol: ");
    }

    @Test
    void anUnknownOpcodeEndsTheConnection() throws IOException {
        violates(RawClient.FIN | 3, new byte[] {'x'}, true, "1002", "the peer violated the protocol: ");
    }

    @Test
    void aFragmentedPingEndsTheConnection() throws IOException {
        violates(RawClient.PING, new byte[] {'x'}, true, "1002", "the peer violated the protocol: ");
    }

    @Test
    void textThatIsNoTextEndsTheConnection() throws IOException {
        violates(RawClient.FIN | RawClient.TEXT, new byte[] {(byte) 0xFF}, true, "1007", "the peer violated the protocol: ");
    }

    @Test
    void aFrameThatIsTooLongEndsTheConnection() throws IOException {
        violates(RawClient.FIN | RawClient.TEXT, new byte[2_001], true, "1009", "the peer sent a message that is too long");
        assertEquals(1, server.counters().oversize());
    }

    @Test
    void piecesThatAddUpToTooMuchEndTheConnection() throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.TEXT, "x".repeat(1_500)).frame(RawClient.CONTINUATION, "x".repeat(1_500));
            assertEquals("88 1009", client.read());
            loop.await("the end", () -> !told.ends.isEmpty());
            assertEquals(List.of("WS with 127.0.0.1 port PORT: the peer sent a message that is too long"), told.ends);
        }
    }

    // ---- ends

    @Test
    void aCloseFrameIsAnsweredAndTold() throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello")
                .frame(RawClient.FIN | RawClient.CLOSE, new byte[] {3, (byte) 0xE9, 'b', 'y', 'e'}, true);
            assertEquals("88 1001", client.read());
            assertEquals("<end>", client.read());
            loop.await("the end", () -> !told.ends.isEmpty());
            assertEquals(List.of("WS with 127.0.0.1 port PORT: the peer closed the connection (1001 bye)"), told.ends);
        }
    }

    @Test
    void whatIsClosedHereGetsACloseFrameAfterItsLastMessage() throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello");
            loop.await("a message", () -> !told.messages.isEmpty());
            server.send(told.flows.get(0), ByteBuffer.wrap("last".getBytes(StandardCharsets.US_ASCII)));
            server.close(told.flows.get(0), "enough");
            assertEquals("81 last", client.read());
            assertEquals("88 1000", client.read());
            client.frame(RawClient.FIN | RawClient.CLOSE, new byte[] {3, (byte) 0xE8}, true);
            assertEquals("<end>", client.read());
        }
    }

    @Test
    void aClosedTransportSaysThatItGoesAway() throws IOException {
        try (RawClient client = RawClient.open(listen())) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello");
            loop.await("a message", () -> !told.messages.isEmpty());
            server.close();
            assertEquals("88 1001", client.read());
            assertEquals("<end>", client.read());
        }
    }

    @Test
    void aPeerThatAnswersNoPingIsGivenUp() throws IOException {
        try (RawClient client = RawClient.open(listen(WebSocketConfig.DEFAULT.withPings(SHORT, SHORT)))) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello");
            assertEquals("89 ", client.read());
            client.frame(RawClient.FIN | RawClient.PONG, "");
            assertEquals("89 ", client.read());
            assertEquals("<end>", client.read());
            loop.await("the end", () -> !told.ends.isEmpty());
            assertEquals(List.of("WS with 127.0.0.1 port PORT: the peer did not answer a ping within 300 ms"), told.ends);
        }
    }

    @Test
    void aConnectionWithoutMessagesEndsHoweverOftenItPings() throws IOException {
        try (RawClient client = RawClient.open(listen(WebSocketConfig.DEFAULT.withPings(SHORT / 4, SHORT * 10),
                StreamConfig.DEFAULT.withIdleTimeout(SHORT)))) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello");
            loop.await("the end", () -> !told.ends.isEmpty());
            assertEquals(List.of("WS with 127.0.0.1 port PORT: nothing was said for 300 ms"), told.ends);
        }
    }

    @Test
    void aPeerThatTakesNothingIsDropped() throws IOException {
        try (RawClient client = RawClient.open(listen(WebSocketConfig.DEFAULT, StreamConfig.DEFAULT.withMaxQueued(100_000)))) {
            client.frame(RawClient.FIN | RawClient.TEXT, "hello");
            loop.await("a message", () -> !told.messages.isEmpty());
            byte[] much = "x".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
            loop.await("no room", () -> {
                for (int i = 0; i < 400; i++) {
                    server.send(told.flows.get(0), ByteBuffer.wrap(much));
                }
                return !told.ends.isEmpty();
            });
            assertEquals("WS with 127.0.0.1 port PORT: the peer does not take messages as fast as they come", told.ends.get(0));
            assertTrue(server.counters().sendQueueFull() > 0);
        }
    }
}
