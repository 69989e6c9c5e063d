package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.FinalCodec;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SdpWriter;
import io.earshot.sip.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The codec in the ACK (B-153), and servers that stumble over it. */
class FinalCodecsTest {
    private final Lan lan = new Lan(7);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Script gateway = answering(lan.script("gateway", "10.0.0.2"));
    private final Script other = answering(lan.script("other", "10.0.0.3"));
    private Response success;

    private static byte[] answer() {
        return new String(SdpWriter.write(Phone.sdp("gateway")), StandardCharsets.US_ASCII).replace("RTP/AVP 0", "RTP/AVP 0 8")
            .concat("a=rtpmap:8 PCMA/8000\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private Script answering(Script script) {
        script.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                success = script.reply(request, 200, "g" + request.callId().hashCode()).body(MediaType.APPLICATION_SDP, answer()).build();
                script.send(success);
            } else if (!request.method().equals(SipMethod.ACK)) {
                script.send(script.reply(request, 200, "").build());
            }
        };
        return script;
    }

    private SessionId call(Script to, FinalCodec wanted) {
        Optional<SessionDescription> offer = Optional.of(Phone.sdp("alice"));
        SessionId call = alice.engine.invite(alice.account, new InviteRequest(to.uri(), offer, List.of(), false, Optional.empty(),
            Optional.empty(), wanted), lan.now);
        lan.runFor(SECOND);
        return call;
    }

    private String acks(Script from) {
        StringBuilder out = new StringBuilder();
        for (Request ack : from.requests(SipMethod.ACK)) {
            out.append(ack.bodyLength() > 0 ? 'c' : '-');
        }
        from.received.clear();
        return out.toString();
    }

    private void bye(Script from) {
        Request invite = from.requests(SipMethod.INVITE).get(0);
        from.sendText(alice.address, "BYE " + invite.contacts().get(0).uri() + " SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.2:5060;branch=BRANCH\n"
            + "Max-Forwards: 70\nFrom: " + success.value(HeaderName.TO).orElseThrow()
            + "\nTo: " + invite.value(HeaderName.FROM).orElseThrow() + "\nCall-ID: " + invite.callId()
            + "\nCSeq: 1 BYE\nContent-Length: 0\n\n");
        lan.runFor(SECOND);
        assertTrue(from.statuses().contains(200), "the BYE was not taken");
    }

    @Test
    void whatIsLearntIsToldOnceAndTakenInTheNextLife() {
        call(gateway, FinalCodec.AUTOMATIC);
        bye(gateway);
        acks(gateway);
        call(gateway, FinalCodec.AUTOMATIC);
        assertEquals(List.of(new FinalCodecEvent.Stumbled("10.0.0.2:5060")),
            alice.events.stream().filter(FinalCodecEvent.class::isInstance).toList());
        Phone again = lan.phone("again", "10.0.0.9");
        again.engine.emptyAcks(List.of("10.0.0.2:5060"));
        acks(gateway);
        again.engine.invite(again.account, new InviteRequest(gateway.uri(), Optional.of(Phone.sdp("again")), List.of(), false,
            Optional.empty(), Optional.empty(), FinalCodec.AUTOMATIC), lan.now);
        lan.runFor(SECOND);
        assertEquals("-", acks(gateway));
        assertEquals(List.of(), again.events.stream().filter(FinalCodecEvent.class::isInstance).toList(), "it is no news");
    }

    @Test
    void whoHangsUpAtOnceGetsEmptyAcksFromTheNextCallOn() {
        call(gateway, FinalCodec.AUTOMATIC);
        bye(gateway);
        assertEquals("c", acks(gateway));
        call(gateway, FinalCodec.AUTOMATIC);
        assertEquals("-", acks(gateway));
        call(other, FinalCodec.AUTOMATIC);
        assertEquals("c", acks(other), "another server has done nothing");
        call(gateway, FinalCodec.WHEN_SEVERAL);
        assertEquals("c", acks(gateway), "where the user has decided, he has");
    }

    @Test
    void whoTalksForAWhileGetsOnWithIt() {
        call(gateway, FinalCodec.AUTOMATIC);
        lan.runFor(2 * SECOND);
        bye(gateway);
        assertEquals("c", acks(gateway));
        call(gateway, FinalCodec.AUTOMATIC);
        assertEquals("c", acks(gateway));
    }

    @Test
    void whoRepeatsItsAnswerGetsAnEmptyAckInTheSameCall() {
        call(gateway, FinalCodec.AUTOMATIC);
        for (int i = 0; i < FinalCodecs.REPETITIONS + 1; i++) {
            gateway.send(success);
            lan.runFor(500 * MILLISECOND);
        }
        assertEquals("ccc--", acks(gateway));
        call(gateway, FinalCodec.AUTOMATIC);
        assertEquals("-", acks(gateway));
        assertEquals(0, alice.all(SipEvent.Ended.class).size());
    }

    @Test
    void whatTheUserWantsIsRepeatedAsItIs() {
        call(gateway, FinalCodec.ALWAYS);
        for (int i = 0; i < FinalCodecs.REPETITIONS + 1; i++) {
            gateway.send(success);
            lan.runFor(500 * MILLISECOND);
        }
        bye(gateway);
        assertEquals("ccccc", acks(gateway));
        call(gateway, FinalCodec.AUTOMATIC);
        assertEquals("c", acks(gateway), "nothing was learned");
    }

    @Test
    void silenceTeachesToo() {
        SessionId call = call(gateway, FinalCodec.AUTOMATIC);
        alice.engine.extras().unheard(call);
        call(gateway, FinalCodec.AUTOMATIC);
        assertEquals("c-", acks(gateway));
    }

    @Test
    void whatIsLearnedIsBounded() {
        FinalCodecs known = new FinalCodecs(server -> { });
        SessionDescription offer = Phone.sdp("alice");
        for (int i = 0; i < 2 * FinalCodecs.MOST; i++) {
            new FinalCodecs.Trial(known, "server" + i + ":5060", FinalCodec.AUTOMATIC, offer, 0).stumbles();
        }
        assertEquals(FinalCodecs.MOST, known.size());
    }
}
