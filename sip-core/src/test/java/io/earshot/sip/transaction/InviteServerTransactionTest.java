package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
@Tag("rfc6026")
class InviteServerTransactionTest {
    private static final Request INVITE = Messages.request("INVITE");

    @Test
    void sends100ForASilentUserAfter200Milliseconds() {
        assertEquals("0.4>100", start(false).runTo(100).toString());
    }

    @Test
    void sends100AtOnceIfSoConfigured() {
        Timers timers = new Timers(Script.TIMERS.t1(), Script.TIMERS.t2(), Script.TIMERS.t4(), 0, Script.TIMERS.silence());
        assertEquals("0>100", new Script<>(now -> new InviteServerTransaction(INVITE, false, timers, now)).runTo(100).toString());
    }

    @Test
    void sendsNo100IfTheUserAnswersInTime() {
        assertEquals("0.2>180 5>183", respond(respond(start(false), 0.2, 180), 5, 183).runTo(100).toString());
    }

    @Test
    void repeatsTheLastProvisionalResponseForARepeatedInvite() {
        Script<InviteServerTransaction> script = start(false).at(0.1, InviteServerTransaction::onRetransmission)
            .at(1, InviteServerTransaction::onRetransmission);
        assertEquals("0.4>100 1>100 2>180 3>180",
            respond(script, 2, 180).at(3, InviteServerTransaction::onRetransmission).toString());
    }

    @Test
    void repeatsARejectionWithTimerGUntilTimerH() {
        assertEquals("0>486 1>486 3>486 7>486 15>486 23>486 31>486 39>486 47>486 55>486 63>486 64!TIMEOUT 64.",
            respond(start(false), 0, 486).runTo(100).toString());
    }

    @Test
    void aReliableTransportLeavesTimerHAlone() {
        assertEquals("0>486 64!TIMEOUT 64.", respond(start(true), 0, 486).runTo(100).toString());
    }

    @Test
    void repeatsARejectionForARepeatedInvite() {
        Script<InviteServerTransaction> script = respond(start(false), 0, 486).at(0.5, InviteServerTransaction::onRetransmission);
        assertEquals("0>486 0.5>486 1>486", script.runTo(2).toString());
    }

    @Test
    void theAckStopsTheRejectionAndRepeatedAcksAreAbsorbedUntilTimerI() {
        Script<InviteServerTransaction> script = respond(start(false), 0, 486).at(2, InviteServerTransactionTest::absorbed)
            .at(3, InviteServerTransactionTest::absorbed).at(4, InviteServerTransaction::onRetransmission);
        assertEquals("0>486 1>486 12.", script.runTo(100).toString());
    }

    @Test
    void whereThereAreTooManyARejectionIsOnlyRepeatedForARepeatedInvite() {
        Script<InviteServerTransaction> script = respond(start(false), 0, 486).at(2, InviteServerTransaction::hush)
            .at(5, InviteServerTransaction::onRetransmission);
        assertTrue(script.machine.isLingering());
        assertEquals("0>486 1>486 5>486 64!TIMEOUT 64.", script.runTo(100).toString());
        assertEquals("0>486 13.", respond(start(false), 0, 486).at(0.5, InviteServerTransaction::hush)
            .at(3, InviteServerTransactionTest::absorbed).runTo(100).toString());
        Script<InviteServerTransaction> answered = respond(start(false), 0, 200).at(1, InviteServerTransaction::hush);
        assertEquals("0>200 64.", answered.runTo(100).toString(), "only a rejection waits for this ACK");
    }

    @Test
    void aReliableTransportEndsWithTheAck() {
        assertEquals("0>486 2.", respond(start(true), 0, 486).at(2, InviteServerTransactionTest::absorbed).runTo(100).toString());
    }

    @Test
    void after2xxTheUserRepeatsAndTheMachineAbsorbsUntilTimerL() {
        Script<InviteServerTransaction> script = respond(start(false), 0, 200).at(1, InviteServerTransaction::onRetransmission);
        assertEquals("0>200 2>200 64.", respond(script, 2, 200).runTo(100).toString());
    }

    @Test
    void passesTheAckOfA2xxUp() {
        assertEquals("0>200", respond(start(false), 0, 200).at(2, (tx, now) -> assertFalse(tx.onAck(now))).toString());
    }

    @Test
    void anAckBeforeAnyFinalResponseIsDropped() {
        assertEquals("0.4>100 3>200", respond(start(false).at(1, InviteServerTransactionTest::absorbed), 3, 200).toString());
    }

    @Test
    void onlyTheFirstFinalResponseCounts() {
        assertEquals("0>486", respond(respond(start(true), 0, 486), 1, 200).toString());
        assertEquals("0>200", respond(respond(start(true), 0, 200), 1, 486).toString());
        assertEquals("0>200", respond(respond(start(true), 0, 200), 1, 180).toString());
    }

    @Test
    void isPendingUntilTheFinalResponse() {
        Script<InviteServerTransaction> script = start(false);
        assertTrue(script.machine.isPending());
        respond(script, 1, 180);
        assertTrue(script.machine.isPending());
        respond(script, 2, 486);
        assertFalse(script.machine.isPending());
    }

    @Test
    void aTransportErrorIsToldAndTheStateStays() {
        assertEquals("0.4>100 1!TRANSPORT 2>200", respond(start(false).at(1, tx -> tx.onTransportError("refused")), 2, 200).toString());
        assertEquals("0>486 1>486 2!TRANSPORT 3>486",
            respond(start(false), 0, 486).at(2, tx -> tx.onTransportError("refused")).runTo(4).toString());
        assertEquals("0>486 1>486 12.", respond(start(false), 0, 486).at(2, InviteServerTransactionTest::absorbed)
            .at(3, tx -> tx.onTransportError("refused")).runTo(100).toString(), "confirmed: nothing left to send");
    }

    @Test
    void aForgottenInviteEndsAfterTheSilenceOfItsUser() {
        assertEquals("0.4>100 1000>180 2200!TIMEOUT 2200.", respond(start(true), 1_000, 180).runTo(10_000).toString());
    }

    @Test
    void aStallIsFollowedByOneRetransmissionOnly() {
        assertEquals("0>486 20>486 22>486 26>486 34>486 42>486 50>486 58>486 64!TIMEOUT 64.",
            respond(start(false), 0, 486).stallTo(20).runTo(100).toString());
    }

    private static void absorbed(InviteServerTransaction tx, long now) {
        assertTrue(tx.onAck(now));
    }

    private static Script<InviteServerTransaction> start(boolean reliable) {
        return new Script<>(now -> new InviteServerTransaction(INVITE, reliable, Script.TIMERS, now));
    }

    private static Script<InviteServerTransaction> respond(Script<InviteServerTransaction> script, double time, int status) {
        return script.at(time, (tx, now) -> tx.respond(Messages.response(INVITE, status), now));
    }
}
