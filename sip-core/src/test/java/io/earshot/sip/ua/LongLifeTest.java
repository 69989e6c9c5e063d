package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What takes minutes and hours, and what must not break the engine meanwhile. */
@Tag("rfc3261")
class LongLifeTest {
    private final Lan lan = new Lan(7);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2");

    @Test
    void aLongRingIsKeptAliveEachMinute() {
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(901 * SECOND);
        assertEquals(16, alice.all(SipEvent.Progress.class).size());
        assertTrue(bob.engine.answer(bob.incoming(), Phone.sdp("answer"), lan.now));
        lan.runFor(SECOND);
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        alice.engine.hangup(call, lan.now);
    }

    @Test
    void aCallThatNobodyAttendsToEnds() {
        alice.call(bob);
        lan.runFor(200 * SECOND);
        assertInstanceOf(Failure.TimedOut.class, bob.ended());
        assertFalse(bob.engine.answer(bob.incoming(), Phone.sdp("answer"), lan.now));
        assertEquals(480, assertInstanceOf(Failure.Rejected.class, alice.ended()).status());
    }

    @Test
    void glareForEverIsGivenUp() {
        Script stubborn = lan.script("stubborn", "10.0.0.3");
        stubborn.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                stubborn.send(request.to().tag().isPresent() ? stubborn.reply(request, 491, "").build()
                    : stubborn.reply(request, 200, "s").body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("s"))).build());
            } else if (request.method().equals(SipMethod.BYE)) {
                stubborn.send(stubborn.reply(request, 200, "").build());
            }
        };
        SessionId call = alice.call(stubborn);
        lan.runFor(SECOND);
        alice.engine.reoffer(call, Phone.sdp("hold"), lan.now);
        lan.runFor(100 * SECOND);
        assertEquals(491, assertInstanceOf(Failure.Rejected.class, alice.last(SipEvent.OfferFailed.class).cause()).status());
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty());
    }

    @Test
    void aServerThatFailedIsTriedLastForAWhile() {
        Script dead = lan.script("dead", "10.0.0.20");
        bob.answering(10);
        lan.dns = (name, type) -> type == RecordType.A ? new DnsAnswer.Found(List.of(
            new DnsAnswer.Address(dead.address.getAddress()), new DnsAnswer.Address(bob.address.getAddress())), 3600)
            : new DnsAnswer.Unsupported();
        InviteRequest request = InviteRequest.of(Uri.parse("sip:bob@pool.example"), Phone.sdp("offer"));
        alice.engine.invite(alice.account, request, lan.now);
        lan.runFor(33 * SECOND);
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        alice.engine.invite(alice.account, request, lan.now);
        lan.runFor(SECOND);
        assertEquals(2, alice.all(SipEvent.Answered.class).size());
        assertEquals(7, dead.requests(SipMethod.INVITE).size());
        assertEquals(1, dead.requests(SipMethod.INVITE).stream().map(Request::callId).distinct().count());
    }

    @Test
    void telephoneNumbersGoToTheAccountsServer() {
        Registrar registrar = new Registrar(lan, "10.0.0.100");
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.invite(account, InviteRequest.of(Uri.parse("tel:+3612345678"), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        Request invite = registrar.script.requests(SipMethod.INVITE).get(0);
        assertEquals("tel:+3612345678", invite.requestUri().toString());
        assertEquals("tel:+3612345678", invite.to().uri().toString());
    }

    @Test
    void theLearnedAddressIsContactInCallsBothWays() {
        Registrar registrar = new Registrar(lan, "10.0.0.100");
        registrar.natted = Optional.of(Lan.address("203.0.113.7", 40_000));
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        alice.engine.invite(account, InviteRequest.of(Uri.parse("sip:x@10.0.0.100"), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND / 10);
        assertEquals("<sip:alice@203.0.113.7:40000>",
            registrar.script.requests(SipMethod.INVITE).get(0).contacts().get(0).toString());
        new Talk(registrar.script, alice).invite(1);
        lan.runFor(SECOND / 10);
        assertEquals(Optional.of(account), alice.last(SipEvent.IncomingCall.class).account());
        alice.engine.answer(alice.incoming(), Phone.sdp("answer"), lan.now);
        lan.runFor(SECOND / 10);
        assertEquals("<sip:alice@203.0.113.7:40000>", registrar.script.lastResponse().contacts().get(0).toString());
    }

    @Test
    void aDefectInHandlingOneInputLeavesTheEngineAtWork() {
        List<EngineOutput> outputs = new ArrayList<>();
        boolean[] broken = {true};
        SipEngine engine = new SipEngine(EngineConfig.defaults(), lan.newIds(), (protocol, peer) -> {
            if (broken[0]) {
                throw new IllegalStateException("a defect");
            }
            return Optional.of(alice.address);
        });
        Flow flow = new Flow("UDP", alice.address, bob.address, 0);
        byte[] options = new Talk(lan.script("x", "10.0.0.9"), alice).text("OPTIONS", 1, "", "", "").replace("\n", "\r\n")
            .replace("BRANCH", "z9hG4bKone").getBytes(StandardCharsets.UTF_8);
        engine.onReceived(flow, ByteBuffer.wrap(options), 0);
        broken[0] = false;
        engine.onReceived(flow, ByteBuffer.wrap(new String(options, StandardCharsets.UTF_8).replace("z9hG4bKone", "z9hG4bKtwo")
            .replace("tag=script", "tag=other").getBytes(StandardCharsets.UTF_8)), MILLISECOND);
        for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait); next = engine.poll()) {
            outputs.add(next);
        }
        assertEquals(1, outputs.stream().filter(next -> next instanceof EngineOutput.Event event
            && event.event() instanceof SipEvent.InternalError).count());
        assertEquals(1, outputs.stream().filter(EngineOutput.Transmit.class::isInstance).count());
    }

    @Test
    void streamsAreFramedAndPingsAnswered() {
        SipEngine engine = new SipEngine(EngineConfig.builder().transports(TransportTraits.TCP).build(), lan.newIds(),
            (protocol, peer) -> Optional.of(alice.address));
        Flow flow = new Flow("TCP", alice.address, bob.address, 1);
        String options = new Talk(lan.script("x", "10.0.0.9"), alice).text("OPTIONS", 1, "", "", "").replace("\n", "\r\n")
            .replace("BRANCH", "z9hG4bKone").replace("SIP/2.0/UDP", "SIP/2.0/TCP");
        byte[] bytes = ("\r\n\r\n" + options).getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            engine.onReceived(flow, ByteBuffer.wrap(new byte[] {one}), 0);
        }
        List<String> sent = new ArrayList<>();
        for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait); next = engine.poll()) {
            EngineOutput.Transmit transmit = assertInstanceOf(EngineOutput.Transmit.class, next);
            assertEquals(Optional.of(flow), transmit.flow());
            sent.add(new String(transmit.message(), StandardCharsets.UTF_8));
        }
        assertEquals("\r\n", sent.get(0));
        assertTrue(sent.get(1).startsWith("SIP/2.0 200 "), sent.get(1));
        assertTrue(sent.get(1).contains("transport=tcp"), sent.get(1));
        engine.onFlowClosed(flow, "closed", 0);
    }

    @Test
    void identifiersAreRandomAndTheUserAgentIsNamed() {
        alice.call(bob);
        alice.call(bob);
        lan.runFor(SECOND);
        List<Request> invites = bob.all(SipEvent.IncomingCall.class).stream().map(SipEvent.IncomingCall::request).toList();
        assertEquals(2, invites.stream().map(Request::callId).distinct().count());
        assertEquals(2, invites.stream().map(invite -> invite.from().tag().orElseThrow()).distinct().count());
        assertTrue(invites.get(0).callId().length() >= 13, "64 bits take 13 letters: " + invites.get(0).callId());
        assertEquals(Optional.of("Earshot"), invites.get(0).value(HeaderName.USER_AGENT));
    }

    @Test
    void commandsOnUnknownThingsAreHarmless() {
        SessionId nobody = new SessionId(99);
        assertFalse(alice.engine.hangup(nobody, 0));
        assertFalse(alice.engine.answer(nobody, Phone.sdp("x"), 0));
        assertFalse(alice.engine.register(new AccountId(99), 0));
        alice.engine.removeAccount(new AccountId(99), 0);
        alice.engine.invite(new AccountId(99), InviteRequest.of(bob.uri(), Phone.sdp("x")), 0);
        lan.runFor(SECOND);
        assertEquals("There is no such account: account-99", alice.ended().sentence());
        assertTrue(alice.engine.isIdle());
    }

    @Test
    void shutdownIsSettledAsSoonAsThePeersHaveAnswered() {
        Registrar registrar = new Registrar(lan, "10.0.0.100");
        alice.engine.register(alice.at(registrar, "x", 300), lan.now);
        bob.answering(10);
        alice.call(bob);
        lan.runFor(SECOND);
        assertFalse(alice.engine.isSettled());
        alice.engine.shutdown(lan.now);
        assertFalse(alice.engine.isSettled(), "BYE and REGISTER are under way");
        lan.runFor(SECOND / 10);
        assertTrue(alice.engine.isSettled(), alice.engine.toString());
        assertFalse(alice.engine.isIdle(), "repetitions would still be answered");
        lan.runFor(40 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
    }

    @Test
    void afterShutdownNoCallComesIn() {
        bob.engine.shutdown(lan.now);
        alice.call(bob);
        lan.runFor(SECOND);
        assertEquals(503, assertInstanceOf(Failure.Rejected.class, alice.ended()).status());
    }
}
