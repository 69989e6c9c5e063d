package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.WebSockets;
import io.earshot.api.WebSockets.ViaTransport;
import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An account whose servers are WebSocket servers: which of them is used, when it is tried again, and what the servers read. */
@Tag("rfc7118")
class WebSocketServersTest {
    private static final String HEAVY = "wss://10.0.0.1:8443/ws";
    private static final String LIGHT = "ws://10.0.0.2/sip";
    private static final InetSocketAddress HERE = Lan.address("10.0.0.9", 0);

    /** What went out: when, where to and which message. */
    private record Sent(long at, EngineOutput.Transmit out) {
        SipMessage message() {
            return ((ParseResult.Parsed) new SipParser(SipLimits.DEFAULT).parse(out.message())).message();
        }

        Request request() {
            return (Request) message();
        }
    }

    private final SipEngine engine = new SipEngine(EngineConfig.builder()
        .transports(TransportTraits.UDP, TransportTraits.WS, TransportTraits.WSS).keepAlive(0).build(), IdSource.seeded(5),
        (protocol, peer) -> Optional.of(HERE));
    private final List<Sent> sent = new ArrayList<>();
    private final List<SipEvent> events = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private boolean answering = true;
    private long now;
    private long deadline;

    private void drain() {
        for (EngineOutput next = engine.poll(); ; next = engine.poll()) {
            if (next instanceof EngineOutput.Wait wait) {
                deadline = wait.deadline();
                return;
            } else if (next instanceof EngineOutput.Transmit out) {
                Sent one = new Sent(now, out);
                sent.add(one);
                react(one);
            } else if (next instanceof EngineOutput.Query query) {
                String ip = query.type() == RecordType.A ? "10.0.0.3" : "fd00::3";
                engine.onDnsAnswer(query.id(), new DnsAnswer.Found(List.of(
                    new DnsAnswer.Address(Lan.address(ip, 0).getAddress())), 60), now);
            } else if (next instanceof EngineOutput.Connect wish) {
                engine.onConnected(wish.protocol(), wish.peer(), now);
            } else if (next instanceof EngineOutput.Event event) {
                events.add(event.event());
            }
        }
    }

    private void react(Sent one) {
        if (dead.contains(one.out().host())) {
            engine.onSendFailed(one.out().protocol(), one.out().peer(), "nothing listens there", now);
        } else if (answering && one.message() instanceof Request request && !request.method().equals(SipMethod.ACK)) {
            Response ok = Response.to(request, 200).set(HeaderName.TO, request.to().withTag("s"))
                .set(HeaderName.CONTACT, request.method().equals(SipMethod.REGISTER)
                    ? request.value(HeaderName.CONTACT).orElse("") + ";expires=600" : "<sip:bob@abc.invalid;transport=ws>").build();
            receive(flow(one), ok);
        }
    }

    private static Flow flow(Sent one) {
        return new Flow(one.out().protocol(), HERE, one.out().peer(), 1);
    }

    private void receive(Flow flow, SipMessage message) {
        engine.onReceived(flow, ByteBuffer.wrap(message.toBytes()), now);
    }

    private void runUntil(long end) {
        drain();
        while (deadline <= end) {
            now = Math.max(now, deadline);
            engine.onTime(now);
            drain();
        }
        now = end;
    }

    private AccountId account(WebSockets servers) {
        return engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org")).webSockets(servers).build(), now);
    }

    private AccountId registered(WebSockets servers) {
        AccountId id = account(servers);
        engine.register(id, now);
        runUntil(now + SECOND / 10);
        assertInstanceOf(RegistrationState.Registered.class, state());
        return id;
    }

    private RegistrationState state() {
        return events.stream().filter(SipEvent.RegistrationChanged.class::isInstance)
            .map(event -> ((SipEvent.RegistrationChanged) event).state()).reduce((first, last) -> last).orElseThrow();
    }

    private Sent last() {
        return sent.get(sent.size() - 1);
    }

    @Test
    void theHeaviestServerIsUsedAndItsAddressGoesToTheTransport() {
        registered(WebSockets.NONE.withServer(LIGHT, 1).withServer(HEAVY, 10));
        assertEquals(HEAVY, last().out().host());
        assertEquals("WSS", last().out().protocol());
        assertEquals(Lan.address("10.0.0.1", 8443), last().out().peer());
    }

    @Test
    void viaAndContactNameAHostThatLeadsNowhere() {
        registered(WebSockets.of(LIGHT));
        Request register = last().request();
        assertTrue(register.via().host().endsWith(".invalid"), register.toString());
        assertEquals(-1, register.via().port());
        assertEquals("WS", register.via().transport());
        assertEquals("<sip:alice@" + register.via().host() + ";transport=ws>", register.value(HeaderName.CONTACT).orElse(""));
        assertEquals("sip:example.org", register.requestUri().toString());
        assertEquals(Optional.empty(), register.value(HeaderName.ROUTE));
        assertEquals(Lan.address("10.0.0.2", 80), last().out().peer());
    }

    @Test
    void theHacksForOldServersDoWhatTheySay() {
        registered(WebSockets.of(HEAVY).withVia(ViaTransport.WS).withAddressInContact(true));
        assertEquals("WS", last().request().via().transport());
        assertTrue(last().request().via().host().startsWith("192.0.2."), last().request().toString());
        registered(WebSockets.of(HEAVY).withVia(ViaTransport.TCP).withContact("sip:me@gruu.example.org"));
        assertEquals("TCP", last().request().via().transport());
        assertEquals("WSS", last().out().protocol());
        assertEquals("<sip:me@gruu.example.org>", last().request().value(HeaderName.CONTACT).orElse(""));
    }

    @Test
    void aPreloadedRouteNamesTheServerWithItsPortIfThatWasGiven() {
        AccountId id = registered(WebSockets.of(HEAVY).withPreloadedRoute(true));
        assertEquals("<sip:10.0.0.1:8443;lr;transport=ws>", last().request().value(HeaderName.ROUTE).orElse(""));
        engine.invite(id, InviteRequest.of(Uri.parse("sip:bob@example.org"), Phone.sdp("offer")), now);
        runUntil(now + SECOND);
        assertEquals("<sip:10.0.0.1:8443;lr;transport=ws>", find(SipMethod.INVITE).request().value(HeaderName.ROUTE).orElse(""));
        assertEquals(Optional.empty(), find(SipMethod.ACK).request().value(HeaderName.ROUTE)); // in a dialog the dialog's routes count
        registered(WebSockets.of(LIGHT).withPreloadedRoute(true));
        assertEquals("<sip:10.0.0.2;lr;transport=ws>", last().request().value(HeaderName.ROUTE).orElse(""));
    }

    private Sent find(SipMethod method) {
        return sent.stream().filter(one -> one.message() instanceof Request request && request.method().equals(method))
            .reduce((first, second) -> second).orElseThrow();
    }

    @Test
    void callsGoOverTheServerFromInviteToBye() {
        AccountId id = registered(WebSockets.of(HEAVY));
        SessionId call = engine.invite(id, InviteRequest.of(Uri.parse("sip:bob@elsewhere.example.com"), Phone.sdp("offer")), now);
        runUntil(now + SECOND);
        engine.hangup(call, now);
        runUntil(now + SECOND);
        for (SipMethod method : List.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.BYE)) {
            Sent one = find(method);
            assertEquals(HEAVY, one.out().host());
            assertTrue(one.request().via().host().endsWith(".invalid"), one.request().toString());
        }
        assertEquals("sip:bob@abc.invalid;transport=ws", find(SipMethod.BYE).request().requestUri().toString());
    }

    @Test
    void anotherServerTakesOverAndTheFirstIsUsedAgainOnceTheConnectionEnds() {
        dead.add(HEAVY);
        registered(WebSockets.of(HEAVY, LIGHT));
        assertEquals(LIGHT, last().out().host());
        dead.clear();
        runUntil(now + 400 * SECOND); // refreshes stay where the registration is
        assertEquals(LIGHT, last().out().host());
        engine.onFlowClosed(flow(last()), "it went", now);
        runUntil(now + 31 * SECOND);
        assertEquals(HEAVY, last().out().host());
        assertInstanceOf(RegistrationState.Registered.class, state());
    }

    @Test
    void attemptsToReconnectKeepTheirDistance() {
        registered(WebSockets.of(LIGHT).withRecovery(Duration.ofSeconds(2), Duration.ofSeconds(30)));
        dead.add(LIGHT);
        long lost = now;
        int before = sent.size();
        engine.onFlowClosed(flow(last()), "it went", now);
        runUntil(now + 600 * SECOND);
        List<Long> times = new ArrayList<>(List.of(lost));
        sent.subList(before, sent.size()).forEach(one -> times.add(one.at()));
        long longest = 0;
        for (int i = 1; i < times.size(); i++) {
            long gap = times.get(i) - times.get(i - 1);
            assertTrue(gap >= 2 * SECOND && gap <= 30 * SECOND, "attempt " + i + " after " + gap);
            longest = Math.max(longest, gap);
        }
        assertTrue(times.size() > 20 && longest > 10 * SECOND, times.size() + " attempts, at most " + longest + " apart");
        dead.clear();
        long back = now;
        runUntil(now + 31 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, state());
        assertTrue(last().at() - back <= 30 * SECOND);
    }

    @Test
    void aServerWithAddressesOfBothFamiliesReadsTheSameAsAnyOther() {
        registered(WebSockets.of("ws://both.example.net:8080/sip").withVia(ViaTransport.TCP));
        Request register = last().request();
        assertEquals("TCP", register.via().transport());
        assertEquals("<sip:alice@" + register.via().host() + ";transport=ws>", register.value(HeaderName.CONTACT).orElse(""));
        assertEquals("ws://both.example.net:8080/sip", last().out().host());
    }

    @Test
    void accountsHaveDifferentNames() {
        registered(WebSockets.of(LIGHT));
        String first = last().request().via().host();
        registered(WebSockets.of(LIGHT));
        assertNotEquals(first, last().request().via().host());
    }

    // ---- those who connect to us

    private static final Flow BROWSER = new Flow("WS", Lan.address("10.0.0.9", 8080), Lan.address("10.0.0.77", 51_000), 4);

    private void invite(Flow flow, String callId) {
        String text = "INVITE sip:alice@10.0.0.9 SIP/2.0\r\nVia: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK" + callId + "\r\n"
            + "Max-Forwards: 70\r\nFrom: <sip:bob@example.com>;tag=b\r\nTo: <sip:alice@10.0.0.9>\r\nCall-ID: " + callId
            + "\r\nCSeq: 1 INVITE\r\nContact: <sip:bob@df7jal23ls0d.invalid;transport=ws>\r\nContent-Length: 0\r\n\r\n";
        engine.onReceived(flow, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), now);
        drain();
    }

    @Test
    void aClientWithoutAnAddressIsReachedOverItsConnection() {
        account(WebSockets.NONE);
        answering = false;
        invite(BROWSER, "1");
        SessionId call = ((SipEvent.IncomingCall) events.get(events.size() - 1)).session();
        engine.answer(call, Phone.sdp("offer"), now);
        drain();
        Response ok = (Response) last().message();
        assertEquals(Optional.of(BROWSER), last().out().flow());
        assertTrue(ok.value(HeaderName.CONTACT).orElse("").endsWith(".invalid;transport=ws>"), ok.toString());
        Request ack = Request.builder(SipMethod.ACK, Uri.parse("sip:alice@10.0.0.9"))
            .set(HeaderName.VIA, "SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKack").set(HeaderName.MAX_FORWARDS, "70")
            .set(HeaderName.FROM, ok.from()).set(HeaderName.TO, ok.to()).set(HeaderName.CALL_ID, ok.callId())
            .set(HeaderName.CSEQ, "1 ACK")
            .body(MediaType.parse("application/sdp"), SdpWriter.write(Phone.sdp("answer"))).build();
        receive(BROWSER, ack);
        drain();
        engine.hangup(call, now);
        drain();
        assertEquals(SipMethod.BYE, last().request().method());
        assertEquals(BROWSER.remote(), last().out().peer());
        assertEquals("WS", last().out().protocol());
        assertTrue(last().request().via().host().endsWith(".invalid"), last().request().toString());
    }

    @Test
    void aNameIsForgottenWithItsConnectionAndNotTakenOverByStrangers() {
        Nowhere names = new Nowhere();
        Flow stranger = new Flow("WS", BROWSER.local(), Lan.address("10.0.0.66", 51_000), 5);
        Flow again = new Flow("WS", BROWSER.local(), Lan.address("10.0.0.77", 52_000), 6);
        SipMessage message = Request.builder(SipMethod.OPTIONS, Uri.parse("sip:a@b"))
            .set(HeaderName.CONTACT, "<sip:bob@DF7jal23ls0d.invalid;transport=ws>").build();
        Uri uri = Uri.parse("sip:bob@df7jal23ls0d.invalid;transport=ws");
        names.learn(message, BROWSER);
        names.learn(message, stranger);
        assertEquals(BROWSER.remote(), names.target(uri).orElseThrow().address());
        names.learn(message, again);
        assertEquals(again.remote(), names.target(uri).orElseThrow().address());
        names.closed(BROWSER);
        assertTrue(names.target(uri).isPresent());
        names.closed(again);
        assertEquals(Optional.empty(), names.target(uri));
    }
}
