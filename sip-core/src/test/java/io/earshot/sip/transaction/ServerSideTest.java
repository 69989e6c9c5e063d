package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.transaction.TransactionLayer.Output;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
class ServerSideTest {
    private static final String OTHER_VIA = "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-other";
    private static final String IN_DIALOG = "<sip:bob@example.net>;tag=b1";

    @Test
    void passesARequestUpOnceAndAnswersItsRepetitions() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE")).receive(1, Messages.request("INVITE"))
            .respond(2, 1, 180).receive(3, Messages.request("INVITE")).respond(4, 1, 603).receive(4.5, Messages.request("INVITE"))
            .receive(4.6, Messages.request("ACK")).receive(4.7, Messages.request("ACK"));
        assertEquals("0<INVITE#1 0.4>100 1>100 2>180 3>180 4>603 4.5>603 14.6.#1", script.runTo(100).text());
        Output.RequestReceived received = (Output.RequestReceived) script.outputs.get(0);
        assertEquals(LayerScript.UDP, received.flow());
        assertEquals(script.transmits().get(0).hop(), received.reply());
    }

    @Test
    void the100HasNoTagAndTheTimestamp() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE", Messages.VIA, "Timestamp: 54\r\n")).runTo(1);
        assertEquals(100, script.sentResponse().status());
        assertEquals(Optional.empty(), script.sent().to().tag());
        assertEquals(Optional.of("54"), script.sent().value(HeaderName.TIMESTAMP));
    }

    @Test
    void aCancelIsAnsweredAndPassedUpOnce() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE")).respond(0.1, 1, 180)
            .receive(1, Messages.request("CANCEL")).receive(1.5, Messages.request("CANCEL"));
        assertEquals("0<INVITE#1 0.1>180 1>200 1<CANCEL#1 1.5>200", script.text());
        assertEquals(Optional.of("b1"), script.sent().to().tag(), "the tag of the 180");
        assertEquals("7 CANCEL", script.sent().cseq().toString());
        script.respond(2, 1, 487).receive(2.5, Messages.request("ACK"));
        assertEquals("2>487 12.5.#1", script.runTo(200).text(), "the CANCEL's own transaction ends unseen");
        assertEquals(0, script.layer.size());
    }

    @Test
    void aCancelAfterTheFinalResponseChangesNothing() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE")).respond(0.1, 1, 200)
            .receive(1, Messages.request("CANCEL"));
        assertEquals("0<INVITE#1 0.1>200 1>200", script.text());
    }

    @Test
    void aCancelOfAnotherMethodIsAnsweredWithoutEffect() {
        assertEquals("0<OPTIONS#1 1>200",
            new LayerScript().receive(0, Messages.request("OPTIONS")).receive(1, Messages.request("CANCEL")).text());
    }

    @Test
    void aCancelOfNothingGets481WithTheSameTagEachTime() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE"))
            .receive(0.1, Messages.request("CANCEL", OTHER_VIA, "")).receive(0.2, Messages.request("CANCEL", OTHER_VIA, ""));
        assertEquals("0<INVITE#1 0.1>481 0.2>481", script.text());
        assertEquals(script.transmits().get(0).message().toString(), script.transmits().get(1).message().toString());
        assertTrue(script.sent().to().tag().isPresent());
        assertEquals(2, script.layer.counters().unmatchedCancels());
        assertEquals(1, script.layer.size(), "nothing is kept for it");
    }

    @Test
    void aCancelFromAnRfc2543PeerFindsItsInvite() {
        String via = "SIP/2.0/UDP 192.0.2.1:5060";
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE", via, ""));
        script.receive(0.1, Messages.request("CANCEL", via, ""));
        assertEquals("0<INVITE#1 0.1>200 0.1<CANCEL#1", script.text());
    }

    @Test
    void aMergedRequestGets482AndItsAckIsAbsorbed() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE")).respond(0, 1, 180)
            .receive(0.5, Messages.request("INVITE", OTHER_VIA, "")).receive(0.7, Messages.request("ACK", OTHER_VIA, ""));
        assertEquals("0<INVITE#1 0>180 0.5>482", script.runTo(20).text());
        assertEquals(1, script.layer.counters().merged());
        assertEquals(1, script.layer.size());
    }

    @Test
    void aRequestOnceMoreAfterTheFirstIsOverIsNew() {
        LayerScript script = new LayerScript().receive(0, Messages.request("OPTIONS")).respond(0, 1, 200)
            .receive(63, Messages.request("OPTIONS", OTHER_VIA, "")).receive(65, Messages.request("OPTIONS", OTHER_VIA, "").toBuilder()
                .replaceFirst(HeaderName.VIA, "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-third").build());
        assertEquals("0<OPTIONS#1 0>200 63>482 64.#1 65<OPTIONS#3", script.text());
    }

    @Test
    void requestsInsideADialogOrForAProxyAreNeverMerged() {
        LayerScript dialog = new LayerScript().receive(0, Messages.request("INFO", Messages.VIA, IN_DIALOG, 7, ""))
            .receive(0, Messages.request("INFO", OTHER_VIA, IN_DIALOG, 7, ""));
        assertEquals("0<INFO#1 0<INFO#2", dialog.text());
        LayerScript proxy = new LayerScript(TransactionLimits.DEFAULT.withoutMergeDetection()).receive(0, Messages.request("INVITE"))
            .receive(0, Messages.request("INVITE", OTHER_VIA, ""));
        assertEquals("0<INVITE#1 0<INVITE#2", proxy.text());
    }

    @Test
    void refusesWhatIsTooMuchAndNotTooOften() {
        LayerScript script = new LayerScript(new TransactionLimits(3, 1, 9, 9, 2, 17, false));
        for (int i = 1; i <= 6; i++) {
            script.receive(0, Messages.request("OPTIONS", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-" + i, ""));
        }
        assertEquals("0<OPTIONS#1 0<OPTIONS#2 0>503 0>503", script.text());
        assertEquals(Optional.of("17"), script.sent().value(HeaderName.RETRY_AFTER));
        assertTrue(script.sent().to().tag().isPresent());
        assertEquals(2, script.layer.counters().refused());
        assertEquals(2, script.layer.counters().dropped());
        assertEquals(2, script.layer.size());
        script.receive(1, Messages.request("BYE", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-a", IN_DIALOG, 8, ""));
        script.receive(1.1, Messages.request("BYE", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-b", IN_DIALOG, 9, ""));
        script.receive(2.1, Messages.request("BYE", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-c", IN_DIALOG, 9, ""));
        assertEquals("1<BYE#3 2.1>503", script.text(), "the reserve is for dialogs; the next second has 503s again");
        assertEquals("64!TIMEOUT#1 64.#1 64!TIMEOUT#2 64.#2 65!TIMEOUT#3 65.#3", script.runTo(65).text().replaceAll("\\S+>100 ", ""));
        assertEquals("66<OPTIONS#4", script.receive(66, Messages.request("OPTIONS")).text(), "full service after the flood");
    }

    @Test
    void aFullTableStillTakesCancelAndAck() {
        LayerScript script = new LayerScript(new TransactionLimits(1, 0, 9, 9, 0, 1, false)).receive(0, Messages.request("INVITE"))
            .respond(0, 1, 180).receive(1, Messages.request("CANCEL")).respond(1, 1, 487).receive(1.2, Messages.request("ACK"));
        assertEquals("0<INVITE#1 0>180 1>200 1<CANCEL#1 1>487 11.2.#1", script.runTo(100).text());
    }

    @Test
    void aRefusedRequestGetsTheSameTagWhenRepeated() {
        LayerScript script = new LayerScript(new TransactionLimits(1, 0, 9, 9, 9, 1, false)).receive(0, Messages.request("INVITE"));
        script.receive(0, Messages.request("INVITE", OTHER_VIA, "")).receive(0.1, Messages.request("INVITE", OTHER_VIA, ""));
        assertEquals(script.transmits().get(0).message().toString(), script.transmits().get(1).message().toString());
        Optional<String> first = script.sent().to().tag();
        script.receive(0.2, Messages.request("INVITE", OTHER_VIA + "2", ""));
        assertNotEquals(first, script.sent().to().tag());
    }

    @Test
    void aLostConnectionSendsLaterResponsesTheOtherWayAndThenTellsOnce() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE", "SIP/2.0/TCP pc.example:5070;branch=z9hG4bK-1", ""),
            LayerScript.TCP).respond(0, 1, 180);
        assertEquals(Optional.of(LayerScript.TCP), script.transmits().get(0).hop().flow());
        script.at(1, (layer, now) -> layer.onTransportError(LayerScript.TCP, "reset", now)).respond(2, 1, 200);
        InetSocketAddress other = new InetSocketAddress("192.0.2.1", 5070);
        assertEquals(other, script.transmits().get(1).hop().peer());
        assertEquals(Optional.empty(), script.transmits().get(1).hop().flow());
        assertEquals("0<INVITE#1 0>180 2>200", script.text());
        script.at(3, (layer, now) -> layer.onTransportError("TCP", other, "refused", now))
            .at(4, (layer, now) -> layer.onTransportError("TCP", other, "refused", now));
        assertEquals("3!TRANSPORT#1 66.#1", script.runTo(100).text());
    }

    @Test
    void answersToWhatIsOverAreDroppedAndClientTransactionsHaveNone() {
        LayerScript script = new LayerScript().receive(0, Messages.request("OPTIONS")).respond(0, 1, 200).runTo(70).respond(70, 1, 200);
        assertEquals("0<OPTIONS#1 0>200 64.#1", script.text());
        Request own = Messages.request("OPTIONS").toBuilder().remove(HeaderName.VIA).build();
        script.send(71, own, LayerScript.UDP_HOP);
        assertThrows(IllegalArgumentException.class,
            () -> script.layer.respond(new TransactionId(2), Messages.response(Messages.request("OPTIONS"), 200), 0));
    }

    @Test
    void anAckOfNothingGoesUpStamped() {
        LayerScript script = new LayerScript().receive(0, Messages.request("ACK", "SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK-9;rport", ""));
        assertEquals("0<ACK", script.text());
        assertEquals(Optional.of("192.0.2.1"), ((Output.AckReceived) script.outputs.get(0)).ack().via().received());
    }
}
