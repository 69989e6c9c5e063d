package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Via;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
@Tag("rfc3581")
class ClientSideTest {
    private static final Request INVITE = own("INVITE", "Route: <sip:p1.example.net;lr>\r\nRoute: <sip:p2.example.net;lr>\r\n"
        + "Require: 100rel\r\nSubject: lunch\r\n");
    private static final Request OPTIONS = own("OPTIONS", "");

    @Test
    void putsOneViaOnARequestOfItsOwn() {
        LayerScript script = new LayerScript().send(0, OPTIONS, LayerScript.UDP_HOP);
        List<Via> vias = script.sent().vias();
        assertEquals(1, vias.size());
        assertTrue(vias.get(0).toString().matches("SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK[a-z0-9]{16};rport"), vias.get(0).toString());
        assertEquals(LayerScript.UDP_HOP, script.transmits().get(0).hop());
    }

    @Test
    void putsItsViaAboveThoseOfAForwardedRequest() {
        Request forwarded = Messages.request("OPTIONS");
        LayerScript script = new LayerScript().send(0, forwarded, LayerScript.TCP_HOP);
        assertEquals(2, script.sent().vias().size());
        assertEquals("TCP", script.sent().via().transport());
        assertEquals(forwarded.via(), script.sent().vias().get(1));
    }

    @Test
    void writesIpv6AndPortlessSentBy() {
        Hop v6 = new Hop("UDP", false, LayerScript.PEER, "x", Optional.empty(), "2001:db8::9", 5062);
        Hop named = new Hop("UDP", false, LayerScript.PEER, "x", Optional.empty(), "ua.example.com", -1);
        LayerScript script = new LayerScript().send(0, OPTIONS, v6);
        assertTrue(script.sent().toString().contains("Via: SIP/2.0/UDP [2001:db8::9]:5062;branch="));
        assertTrue(script.send(0, OPTIONS, named).sent().toString().contains("Via: SIP/2.0/UDP ua.example.com;branch="));
    }

    @Test
    void everyTransactionHasItsOwnBranchAndName() {
        LayerScript script = new LayerScript().send(0, OPTIONS, LayerScript.UDP_HOP);
        Optional<String> first = script.sent().via().branch();
        script.send(0, OPTIONS, LayerScript.UDP_HOP);
        assertNotEquals(first, script.sent().via().branch());
        script.receive(0.5, Messages.response(script.sentRequest(), 200));
        assertEquals("0>OPTIONS 0>OPTIONS 0.5<200#2", script.text());
    }

    @Test
    void refusesAckAndCancelAsTransactions() {
        TransactionLayer layer = new LayerScript().layer;
        assertThrows(IllegalArgumentException.class, () -> layer.send(own("ACK", ""), LayerScript.UDP_HOP, 0));
        assertThrows(IllegalArgumentException.class, () -> layer.send(own("CANCEL", ""), LayerScript.UDP_HOP, 0));
    }

    @Test
    void repeatsTheVerySameBytes() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.UDP_HOP).runTo(1);
        assertEquals(script.transmits().get(0), script.transmits().get(1));
    }

    @Test
    void matchesTheBranchInAnyCaseAndTheMethodOfCSeq() {
        LayerScript script = new LayerScript().send(0, OPTIONS, LayerScript.UDP_HOP);
        Request sent = script.sentRequest();
        Via via = sent.via();
        Response other = Messages.response(sent, 200).toBuilder().set(HeaderName.CSEQ, "7 INFO").build();
        Response stranger = respondWithVia(sent, via.withBranch("z9hG4bKother"));
        Response shouting = respondWithVia(sent, via.withBranch(via.branch().orElseThrow().toUpperCase(Locale.ROOT)));
        script.receive(0.1, other).receive(0.2, stranger).receive(0.3, shouting);
        assertEquals("0>OPTIONS 0.1?200 0.2?200 0.3<200#1", script.text());
        assertEquals(2, script.layer.counters().strayResponses());
    }

    @Test
    void dropsAResponseWhoseSentByIsNotOurs() {
        LayerScript script = new LayerScript().send(0, OPTIONS, LayerScript.UDP_HOP);
        Request sent = script.sentRequest();
        Via via = sent.via();
        script.receive(0.1, respondWithVia(sent, new Via(via.protocol(), "UDP", "192.0.2.66", via.port(), via.parameters())));
        script.receive(0.2, respondWithVia(sent, new Via(via.protocol(), "UDP", via.host(), 5099, via.parameters())));
        assertEquals("0>OPTIONS", script.text());
        assertEquals(2, script.layer.counters().misroutedResponses());
    }

    @Test
    void theAckOfARejectionFollows17113() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.TCP_HOP);
        Request invite = script.sentRequest();
        script.receive(1, Messages.response(invite, 486, "bob-7"), LayerScript.TCP);
        Request ack = script.sentRequest();
        assertEquals(SipMethod.ACK, ack.method());
        assertEquals(invite.requestUri(), ack.requestUri());
        assertEquals(List.of(invite.via()), ack.vias());
        assertEquals(invite.from(), ack.from());
        assertEquals(Optional.of("bob-7"), ack.to().tag());
        assertEquals(invite.callId(), ack.callId());
        assertEquals("7 ACK", ack.cseq().toString());
        assertEquals(invite.values(HeaderName.ROUTE), ack.values(HeaderName.ROUTE));
        assertEquals(70, ack.maxForwards().orElseThrow());
        assertFalse(ack.has(HeaderName.REQUIRE));
        assertEquals(0, ack.bodyLength());
        assertEquals(LayerScript.TCP_HOP, script.transmits().get(1).hop());
    }

    @Test
    void theCancelFollows91() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.TCP_HOP);
        Request invite = script.sentRequest();
        script.receive(1, Messages.response(invite, 180, "bob-7"), LayerScript.TCP)
            .at(2, (layer, now) -> assertEquals(Optional.of(new TransactionId(2)), layer.cancel(new TransactionId(1), now)));
        Request cancel = script.sentRequest();
        assertEquals(SipMethod.CANCEL, cancel.method());
        assertEquals(invite.requestUri(), cancel.requestUri());
        assertEquals(List.of(invite.via()), cancel.vias());
        assertEquals(invite.from(), cancel.from());
        assertEquals(invite.to(), cancel.to(), "no tag: that of the request, not of the 180");
        assertEquals(invite.callId(), cancel.callId());
        assertEquals("7 CANCEL", cancel.cseq().toString());
        assertEquals(invite.values(HeaderName.ROUTE), cancel.values(HeaderName.ROUTE));
        assertFalse(cancel.has(HeaderName.REQUIRE));
        assertFalse(cancel.has(HeaderName.SUBJECT));
    }

    @Test
    void aCancelledCallEndsWith487() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.UDP_HOP);
        Request invite = script.sentRequest();
        script.receive(0.5, Messages.response(invite, 180)).at(0.6, (layer, now) -> layer.cancel(new TransactionId(1), now));
        script.receive(0.7, Messages.response(script.sentRequest(), 200)).receive(0.8, Messages.response(invite, 487));
        assertEquals("0>INVITE 0.5<180#1 0.6>CANCEL 0.7<200#2 0.8<487#1 0.8>ACK 10.7.#2 64.8.#1", script.runTo(100).text());
        assertEquals(0, script.layer.size());
    }

    @Test
    void aCancelBeforeAnyProvisionalWaitsAndKeepsItsName() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.TCP_HOP);
        Request invite = script.sentRequest();
        script.at(1, ClientSideTest::cancelsAsTwo).at(2, ClientSideTest::cancelsAsTwo)
            .receive(3, Messages.response(invite, 100), LayerScript.TCP).at(4, ClientSideTest::cancelsAsTwo);
        assertEquals("0>INVITE 3<100#1 3>CANCEL 67!TIMEOUT#1 67.#1 67!TIMEOUT#2 67.#2", script.runTo(200).text());
    }

    @Test
    void aWaitingCancelIsForgottenWithTheFinalResponse() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.TCP_HOP);
        Request invite = script.sentRequest();
        script.at(1, ClientSideTest::cancelsAsTwo).receive(2, Messages.response(invite, 200), LayerScript.TCP)
            .at(3, (layer, now) -> assertEquals(Optional.empty(), layer.cancel(new TransactionId(1), now)));
        assertEquals("0>INVITE 2<200#1 2.#2 66.#1", script.runTo(200).text());
    }

    @Test
    void aWaitingCancelIsForgottenWithTheFailure() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.TCP_HOP).at(1, ClientSideTest::cancelsAsTwo);
        assertEquals("0>INVITE 64!TIMEOUT#1 64.#2 64.#1", script.runTo(200).text());
        assertEquals(Optional.empty(), script.layer.cancel(new TransactionId(1), 0));
    }

    @Test
    void onlyAnInviteCanBeCancelled() {
        LayerScript script = new LayerScript().send(0, OPTIONS, LayerScript.UDP_HOP);
        assertThrows(IllegalArgumentException.class, () -> script.layer.cancel(new TransactionId(1), 0));
    }

    @Test
    void forksAndLate2xxReachTheUser() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.TCP_HOP);
        Request invite = script.sentRequest();
        script.receive(1, Messages.response(invite, 200, "x"), LayerScript.TCP);
        script.receive(2, Messages.response(invite, 200, "y"), LayerScript.TCP);
        script.receive(3, Messages.response(invite, 200, "x"), LayerScript.TCP);
        script.receive(66, Messages.response(invite, 200, "z"), LayerScript.TCP);
        assertEquals("0>INVITE 1<200#1 2<200#1 3<200#1 65.#1 66?200", script.text());
    }

    @Test
    void a2xxOfAnotherForkAfterARejectionIsStray() {
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.UDP_HOP);
        Request invite = script.sentRequest();
        assertEquals("0>INVITE 0.1<486#1 0.1>ACK 0.2?200",
            script.receive(0.1, Messages.response(invite, 486)).receive(0.2, Messages.response(invite, 200, "y")).text());
    }

    @Test
    void sendsAndRepeatsAnAckOutsideTransactions() {
        LayerScript script = new LayerScript();
        Request[] sent = new Request[1];
        script.at(0, (layer, now) -> sent[0] = layer.sendStateless(own("ACK", ""), LayerScript.UDP_HOP))
            .at(1, (layer, now) -> layer.resend(sent[0], LayerScript.UDP_HOP));
        assertEquals("0>ACK 1>ACK", script.runTo(100).text());
        assertEquals(script.transmits().get(0), script.transmits().get(1));
        assertTrue(sent[0].via().hasMagicCookie());
        assertEquals(0, script.layer.size());
    }

    @Test
    void aLostConnectionFailsWhatWaitsOnItOnly() {
        Hop unpinned = Hop.to("TCP", true, LayerScript.PEER, LayerScript.LOCAL);
        Flow second = new Flow("TCP", LayerScript.LOCAL, LayerScript.PEER, 2);
        Hop otherFlow = new Hop("TCP", true, LayerScript.PEER, "x", Optional.of(second), "192.0.2.9", 5060);
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.TCP_HOP).send(0, OPTIONS, unpinned).send(0, OPTIONS, otherFlow)
            .send(0, OPTIONS, LayerScript.UDP_HOP).at(0.5, (layer, now) -> layer.onTransportError(LayerScript.TCP, "reset", now));
        assertEquals("0>INVITE 0>OPTIONS 0>OPTIONS 0>OPTIONS 0.5!TRANSPORT#1 0.5.#1 0.5!TRANSPORT#2 0.5.#2", script.text());
        assertEquals(2, script.layer.size());
        assertEquals(1, script.layer.counters().transportErrors());
    }

    @Test
    void anUnreachablePeerFailsWhatWasSentToItOnly() {
        Hop elsewhere = Hop.to("UDP", false, new InetSocketAddress("192.0.2.7", 5060), LayerScript.LOCAL);
        LayerScript script = new LayerScript().send(0, INVITE, LayerScript.UDP_HOP).send(0, OPTIONS, elsewhere)
            .at(0.5, (layer, now) -> layer.onTransportError("UDP", LayerScript.PEER, "port unreachable", now))
            .at(0.6, (layer, now) -> layer.onTransportError("UDP", LayerScript.PEER, "port unreachable", now));
        assertEquals("0>INVITE 0>OPTIONS 0.5!TRANSPORT#1 0.5.#1", script.text());
    }

    private static void cancelsAsTwo(TransactionLayer layer, long now) {
        assertEquals(Optional.of(new TransactionId(2)), layer.cancel(new TransactionId(1), now));
    }

    private static Response respondWithVia(Request request, Via via) {
        return Messages.response(request, 200).toBuilder().replaceFirst(HeaderName.VIA, via).build();
    }

    /** A request as our own user makes it: no Via yet. */
    private static Request own(String method, String more) {
        return Messages.request(method, Messages.VIA, more).toBuilder().remove(HeaderName.VIA).build();
    }
}
