package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Byte streams that go wrong: the engine asks for their end (RFC 3261 §18.3). */
@Tag("rfc3261")
class StreamsTest {
    private static final InetSocketAddress HERE = Lan.address("10.0.0.1", 5060);
    private static final InetSocketAddress THERE = Lan.address("10.0.0.2", 40_000);
    private static final String OPTIONS = "OPTIONS sip:a@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 10.0.0.2;branch=z9hG4bK1\r\n"
        + "Max-Forwards: 70\r\nFrom: <sip:b@10.0.0.2>;tag=1\r\nTo: <sip:a@10.0.0.1>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";

    private final SipEngine engine = new SipEngine(EngineConfig.builder().transports(TransportTraits.TCP).build(), IdSource.seeded(1),
        (protocol, peer) -> Optional.of(HERE));
    private final Flow flow = new Flow("TCP", HERE, THERE, 7);

    private List<EngineOutput> receive(String text, long now) {
        engine.onReceived(flow, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), now);
        return drain();
    }

    private List<EngineOutput> at(long now) {
        engine.onTime(now);
        return drain();
    }

    private List<EngineOutput> drain() {
        List<EngineOutput> outputs = new ArrayList<>();
        for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait); next = engine.poll()) {
            outputs.add(next);
        }
        return outputs;
    }

    private static List<EngineOutput.CloseFlow> closes(List<EngineOutput> outputs) {
        return outputs.stream().filter(EngineOutput.CloseFlow.class::isInstance).map(EngineOutput.CloseFlow.class::cast).toList();
    }

    @Test
    void aMessageWithoutLengthIsAnsweredAndEndsTheConnection() {
        List<EngineOutput> outputs = receive(OPTIONS + "\r\n", 0);
        List<EngineOutput> deeds = outputs.stream().filter(next -> !(next instanceof EngineOutput.Event)).toList();
        assertEquals(2, deeds.size());
        String answer = new String(((EngineOutput.Transmit) deeds.get(0)).message(), StandardCharsets.UTF_8);
        assertEquals("SIP/2.0 400", answer.substring(0, 11));
        assertEquals(new EngineOutput.CloseFlow(flow, "where the next message begins cannot be told"), deeds.get(1));
    }

    @Test
    void headersWithoutEndEndTheConnectionOnce() {
        String endless = "X: 1\r\n".repeat(20_000);
        assertEquals(1, closes(receive("OPTIONS sip:a@10.0.0.1 SIP/2.0\r\n" + endless + endless, 0)).size());
        assertEquals(List.of(), closes(receive(endless, 1)));
    }

    @Test
    void aMessageMustBeCompleteWithin32Seconds() {
        assertEquals(List.of(), closes(receive(OPTIONS, 0)));
        for (int second = 1; second < 32; second++) {
            assertEquals(List.of(), closes(receive("X: " + second + "\r\n", second * SECOND)));
        }
        assertEquals(List.of(new EngineOutput.CloseFlow(flow, "a message was not complete after 32 s")), closes(at(32 * SECOND)));
    }

    @Test
    void aCompleteMessageStartsTheTimeOfTheNextOneAnew() {
        receive(OPTIONS, 0);
        receive("Content-Length: 0\r\n\r\nOPT", 31 * SECOND);
        assertEquals(List.of(), closes(at(62 * SECOND)));
        assertEquals(1, closes(at(63 * SECOND)).size());
    }

    @Test
    void aConnectionBetweenMessagesMayBeSilent() {
        receive(OPTIONS + "Content-Length: 0\r\n\r\n", 0);
        assertEquals(List.of(), closes(at(1_000 * SECOND)));
    }

    @Test
    void whatIsLeftOfAClosedConnectionIsForgotten() {
        receive(OPTIONS, 0);
        engine.onFlowClosed(flow, "reset", SECOND);
        assertEquals(List.of(), closes(at(100 * SECOND)));
        List<EngineOutput> outputs = receive("Content-Length: 0\r\n\r\n", 101 * SECOND);
        assertEquals(0, outputs.stream().filter(EngineOutput.Transmit.class::isInstance).count());
    }
}
