package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.Uri;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 3261 §18.1.1: requests over 1300 bytes go by TCP, and by UDP where there is no TCP. */
@Tag("rfc3261")
class LongRequestsTest {
    private static final InetSocketAddress HERE = Lan.address("10.0.0.1", 5060);
    private static final InetSocketAddress THERE = Lan.address("10.0.0.2", 5060);
    private static final Uri BOB = Uri.parse("sip:bob@10.0.0.2");

    private SipEngine engine;
    private AccountId account;

    private void engine(TransportTraits... transports) {
        engine = new SipEngine(EngineConfig.builder().transports(transports).build(), IdSource.seeded(1),
            (protocol, peer) -> Optional.of(HERE));
        account = engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org"))
            .credentials(Credentials.password("alice", "secret")).build(), 0);
    }

    private List<EngineOutput.Transmit> drain() {
        List<EngineOutput.Transmit> sent = new ArrayList<>();
        for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait); next = engine.poll()) {
            if (next instanceof EngineOutput.Transmit transmit) {
                sent.add(transmit);
            }
        }
        return sent;
    }

    private EngineOutput.Transmit only() {
        List<EngineOutput.Transmit> sent = drain();
        assertEquals(1, sent.size());
        return sent.get(0);
    }

    private static Request request(EngineOutput.Transmit transmit) {
        return (Request) ((ParseResult.Parsed) new SipParser(SipLimits.DEFAULT).parse(transmit.message())).message();
    }

    private void call(int padding, long now) {
        List<ExtraHeader> headers = padding == 0 ? List.of() : List.of(ExtraHeader.of("X-Padding", "x".repeat(padding)));
        engine.invite(account, new InviteRequest(BOB, Optional.of(Phone.sdp("offer")), headers, true), now);
    }

    @Test
    void aShortRequestGoesByUdp() {
        engine(TransportTraits.UDP, TransportTraits.TCP);
        call(0, 0);
        assertEquals("UDP", only().protocol());
    }

    @Test
    void aLongRequestGoesByTcpAndSaysSo() {
        engine(TransportTraits.UDP, TransportTraits.TCP);
        call(1_000, 0);
        EngineOutput.Transmit sent = only();
        assertEquals("TCP", sent.protocol());
        assertEquals(THERE, sent.peer());
        assertEquals("TCP", request(sent).via().transport());
        assertTrue(request(sent).contacts().get(0).uri().toString().endsWith(";transport=tcp"));
    }

    @Test
    void whatGoesByUdpNeverExceedsTheLimitAndWhatGoesByTcpIsNearOrOverIt() {
        for (int padding = 600; padding < 1_000; padding++) {
            engine(TransportTraits.UDP, TransportTraits.TCP);
            call(padding, 0);
            EngineOutput.Transmit sent = only();
            if (sent.protocol().equals("UDP")) {
                assertTrue(sent.message().length <= LongRequests.MOST, sent.message().length + " bytes by UDP");
            } else {
                assertTrue(sent.message().length > LongRequests.MOST - 20, sent.message().length + " bytes by TCP");
            }
        }
    }

    @Test
    void withoutTcpALongRequestGoesByUdp() {
        engine(TransportTraits.UDP);
        call(1_000, 0);
        assertEquals("UDP", only().protocol());
    }

    @Test
    void whereTcpFailsTheRequestGoesByUdpAndSoDoTheNextOnes() {
        engine(TransportTraits.UDP, TransportTraits.TCP);
        call(1_000, 0);
        assertEquals("TCP", only().protocol());
        engine.onSendFailed("TCP", THERE, "refused", SECOND);
        EngineOutput.Transmit again = only();
        assertEquals("UDP", again.protocol());
        assertEquals("UDP", request(again).via().transport());
        call(1_000, 2 * SECOND);
        assertEquals("UDP", drain().get(0).protocol());
    }

    @Test
    void aRequestThatCredentialsMakeLongChangesToTcp() {
        engine(TransportTraits.UDP, TransportTraits.TCP);
        call(600, 0);
        EngineOutput.Transmit first = only();
        assertEquals("UDP", first.protocol());
        Response challenge = Response.to(request(first), 401)
            .set(HeaderName.TO, request(first).to().withTag("x"))
            .set(HeaderName.WWW_AUTHENTICATE, "Digest realm=\"r\", nonce=\"" + "n".repeat(150) + "\", qop=\"auth\", algorithm=SHA-256")
            .build();
        engine.onReceived(new Flow("UDP", HERE, THERE, 0), ByteBuffer.wrap(challenge.toBytes()), SECOND);
        List<EngineOutput.Transmit> sent = drain();
        assertEquals("ACK", request(sent.get(0)).method().name());
        assertEquals("UDP", sent.get(0).protocol());
        assertEquals("INVITE", request(sent.get(1)).method().name());
        assertEquals("TCP", sent.get(1).protocol());
        String credentials = request(sent.get(1)).values(HeaderName.AUTHORIZATION).get(0);
        assertTrue(credentials.contains("nc=00000001"), credentials);
    }

    @Test
    void whereTcpFailsWhatCredentialsMadeLongGoesByUdpWithThem() {
        aRequestThatCredentialsMakeLongChangesToTcp();
        engine.onSendFailed("TCP", THERE, "refused", 2 * SECOND);
        Request again = request(only());
        assertEquals("UDP", again.via().transport());
        assertTrue(again.values(HeaderName.AUTHORIZATION).get(0).contains("nc=00000001"), "the answer to the challenge itself");
        Response refusal = Response.to(again, 401).set(HeaderName.TO, again.to().withTag("y"))
            .set(HeaderName.WWW_AUTHENTICATE, "Digest realm=\"r\", nonce=\"another\", qop=\"auth\", algorithm=SHA-256").build();
        engine.onReceived(new Flow("UDP", HERE, THERE, 0), ByteBuffer.wrap(refusal.toBytes()), 3 * SECOND);
        assertEquals("ACK", request(only()).method().name(), "the same server has refused: there is no third attempt");
    }
}
