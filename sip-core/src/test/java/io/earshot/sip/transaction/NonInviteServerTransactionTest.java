package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.sip.message.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
@Tag("rfc4320")
class NonInviteServerTransactionTest {
    private static final Request OPTIONS = Messages.request("OPTIONS");

    @Test
    void repeatsTheFinalResponseForARepeatedRequestUntilTimerJ() {
        Script<NonInviteServerTransaction> script = respond(start(false), 1, 200).at(2, NonInviteServerTransaction::onRetransmission)
            .at(64, NonInviteServerTransaction::onRetransmission);
        assertEquals("1>200 2>200 64>200 65.", script.runTo(100).toString());
    }

    @Test
    void aReliableTransportEndsWithTheFinalResponse() {
        assertEquals("1>200 1.", respond(start(true), 1, 200).runTo(100).toString());
    }

    @Test
    void absorbsARepeatedRequestWhileTheUserThinks() {
        assertEquals("", start(false).at(1, NonInviteServerTransaction::onRetransmission).runTo(2).toString());
    }

    @Test
    void sends100OnceTheClientRepeatsAtT2AndNothingAfterItGaveUp() {
        Script<NonInviteServerTransaction> script = start(false).at(15, NonInviteServerTransaction::onRetransmission);
        assertEquals("7>100 15>100 64!TIMEOUT 64.", respond(script.runTo(64), 65, 200).runTo(100).toString());
    }

    @Test
    void aLateFinalResponseIsNotSentEvenIfNobodyWokeTheMachine() {
        Script<NonInviteServerTransaction> script = start(false);
        script.machine.respond(Messages.response(OPTIONS, 200), 64 * Script.TIMERS.t1());
        assertEquals("0!TIMEOUT 0.", script.runTo(0).at(0, tx -> { }).toString());
    }

    @Test
    void anEarly100GoesOutOverReliableTransportsOnly() {
        assertEquals("", respond(start(false), 1, 100).runTo(6).toString());
        assertEquals("1>100", respond(start(true), 1, 100).runTo(20).toString());
        assertEquals("7>100 8>100", respond(start(false), 8, 100).runTo(20).toString());
    }

    @Test
    void otherProvisionalResponsesAreNeverSent() {
        assertEquals("", respond(start(true), 1, 183).runTo(6).toString());
    }

    @Test
    void a408EndsItSilently() {
        assertEquals("2.", respond(start(false), 2, 408).runTo(100).toString());
    }

    @Test
    void onlyTheFirstFinalResponseCounts() {
        assertEquals("1>200", respond(respond(start(false), 1, 200), 2, 404).toString());
    }

    @Test
    void aTransportErrorIsToldAndTheStateStays() {
        assertEquals("1>200 2!TRANSPORT 3>200 65.", respond(start(false), 1, 200).at(2, tx -> tx.onTransportError("refused"))
            .at(3, NonInviteServerTransaction::onRetransmission).runTo(100).toString());
    }

    private static Script<NonInviteServerTransaction> start(boolean reliable) {
        return new Script<>(now -> new NonInviteServerTransaction(OPTIONS, reliable, Script.TIMERS, now));
    }

    private static Script<NonInviteServerTransaction> respond(Script<NonInviteServerTransaction> script, double time, int status) {
        return script.at(time, (tx, now) -> tx.respond(Messages.response(OPTIONS, status), now));
    }
}
