package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
@Tag("rfc6026")
class InviteClientTransactionTest {
    private static final Request INVITE = Messages.request("INVITE");

    @Test
    void doublesTheRetransmissionIntervalUntilTimerB() {
        assertEquals("0>INVITE 1>INVITE 3>INVITE 7>INVITE 15>INVITE 31>INVITE 63>INVITE 64!TIMEOUT 64.",
            start(false).runTo(100).toString());
    }

    @Test
    void aReliableTransportLeavesTimerBAlone() {
        assertEquals("0>INVITE 64!TIMEOUT 64.", start(true).runTo(100).toString());
    }

    @Test
    void aProvisionalResponseStopsEveryTimer() {
        assertEquals("0>INVITE 1>INVITE 2<180 5<183", receive(receive(start(false), 2, 180), 5, 183).runTo(100_000).toString());
    }

    @Test
    void acknowledgesEachRejectionButDeliversItOnceUntilTimerD() {
        Script<InviteClientTransaction> script = receive(receive(receive(start(false), 0, 486), 1, 486), 60, 486);
        assertEquals("0>INVITE 0<486 0>ACK 1>ACK 60>ACK 64.", script.runTo(100).toString());
        assertFalse(script.machine.onResponse(Messages.response(INVITE, 486), 101 * Script.TIMERS.t1()));
    }

    @Test
    void timerDIsNeverShorterThanThirtyTwoSeconds() {
        Timers fast = new Timers(1_000_000, 8_000_000, 10_000_000);
        assertEquals(32_000_000_000L, fast.d());
        assertEquals(64_000_000_000L, new Timers(1_000_000_000L, 4_000_000_000L, 5_000_000_000L).d());
    }

    @Test
    void aReliableTransportEndsWithTheAck() {
        assertEquals("0>INVITE 1<180 2<404 2>ACK 2.", receive(receive(start(true), 1, 180), 2, 404).runTo(100).toString());
    }

    @Test
    void deliversRepeatedAndForked2xxUntilTimerM() {
        Script<InviteClientTransaction> script = receive(receive(receive(start(true), 1, 200), 2, 200), 64, 200);
        assertEquals("0>INVITE 1<200 2<200 64<200 65.", script.runTo(66).toString());
        assertFalse(script.machine.onResponse(Messages.response(INVITE, 200), 67 * Script.TIMERS.t1()));
    }

    @Test
    void acceptedIgnoresLateProvisionalsAndRejectionsOfOtherForks() {
        assertEquals("0>INVITE 1<200", receive(receive(receive(start(true), 1, 200), 2, 180), 3, 486).toString());
    }

    @Test
    void a2xxAfterARejectionIsNotOurs() {
        Script<InviteClientTransaction> script = receive(start(false), 1, 486);
        assertFalse(script.machine.onResponse(Messages.response(INVITE, 200), Script.TIMERS.t1()));
        assertTrue(script.machine.onResponse(Messages.response(INVITE, 486), Script.TIMERS.t1()));
    }

    @Test
    void provisionalsAfterARejectionAreIgnored() {
        assertEquals("0>INVITE 0.5<486 0.5>ACK", receive(receive(start(false), 0.5, 486), 2, 180).toString());
    }

    @Test
    void failsOnATransportErrorBeforeTheFinalResponse() {
        assertEquals("0>INVITE 0.5!TRANSPORT 0.5.", start(false).at(0.5, tx -> tx.onTransportError("refused")).runTo(100).toString());
        assertEquals("0>INVITE 1<180 2!TRANSPORT 2.",
            receive(start(true), 1, 180).at(2, tx -> tx.onTransportError("reset")).runTo(100).toString());
    }

    @Test
    void tellsThatTheAckOfARejectionCouldNotBeSent() {
        assertEquals("0>INVITE 0.5<486 0.5>ACK 2!TRANSPORT 2.",
            receive(start(false), 0.5, 486).at(2, tx -> tx.onTransportError("refused")).runTo(100).toString());
    }

    @Test
    void anIcmpErrorDoesNotEndACallThatRings() {
        assertEquals("0>INVITE 0.5<180 4<200 68.",
            receive(receive(start(false), 0.5, 180).at(2, tx -> tx.onTransportError("refused")), 4, 200).runTo(100).toString());
    }

    @Test
    void aTransportErrorAfter2xxChangesNothing() {
        assertEquals("0>INVITE 1<200 3<200 65.",
            receive(receive(start(true), 1, 200).at(2, tx -> tx.onTransportError("reset")), 3, 200).runTo(100).toString());
    }

    @Test
    void aStallIsFollowedByOneRetransmissionOnly() {
        assertEquals("0>INVITE 20>INVITE 22>INVITE 26>INVITE 34>INVITE 50>INVITE 64!TIMEOUT 64.",
            start(false).stallTo(20).runTo(100).toString());
        assertEquals("0>INVITE 5000!TIMEOUT 5000.", start(false).stallTo(5_000).runTo(6_000).toString());
    }

    @Test
    void cancelWaitsForAProvisionalResponse() {
        Script<InviteClientTransaction> script = start(true).at(1, (tx, now) -> assertTrue(tx.cancel(now)))
            .at(2, (tx, now) -> assertFalse(tx.cancel(now), "asked before"));
        assertEquals("0>INVITE 3<100 3+CANCEL 9<487 9>ACK 9.", receive(receive(script, 3, 100), 9, 487).runTo(100).toString());
    }

    @Test
    void cancelGoesOutAtOnceAfterAProvisionalResponseAndOnlyOnce() {
        Script<InviteClientTransaction> script = receive(start(true), 1, 180).at(2, (tx, now) -> assertTrue(tx.cancel(now)))
            .at(3, (tx, now) -> assertFalse(tx.cancel(now)));
        assertEquals("0>INVITE 1<180 2+CANCEL 4<180", receive(script, 4, 180).toString());
    }

    @Test
    void aFinalResponseMakesAWaitingCancelUseless() {
        Script<InviteClientTransaction> script = start(true).at(1, (tx, now) -> assertTrue(tx.cancel(now)));
        assertEquals("0>INVITE 2<200 66.", receive(script, 2, 200).runTo(100).toString());
        assertEquals("0>INVITE 1<200", receive(start(true), 1, 200).at(2, (tx, now) -> assertFalse(tx.cancel(now))).toString());
    }

    @Test
    void aWaitingCancelDoesNotKeepTimerBFromEndingIt() {
        assertEquals("0>INVITE 64!TIMEOUT 64.", start(true).at(1, (tx, now) -> assertTrue(tx.cancel(now))).runTo(200).toString());
    }

    @Test
    void aCancelledInviteThatIsNeverAnsweredIsGivenUpAfter64T1() {
        Script<InviteClientTransaction> script = receive(start(true), 1, 180).at(10, (tx, now) -> assertTrue(tx.cancel(now)));
        assertEquals("0>INVITE 1<180 10+CANCEL 50<180 74!TIMEOUT 74.", receive(script, 50, 180).runTo(1_000).toString());
    }

    private static Script<InviteClientTransaction> start(boolean reliable) {
        return new Script<>(now -> new InviteClientTransaction(INVITE, reliable, Script.TIMERS, now));
    }

    private static Script<InviteClientTransaction> receive(Script<InviteClientTransaction> script, double time, int status) {
        return script.at(time, (tx, now) -> assertTrue(tx.onResponse(Messages.response(INVITE, status), now)));
    }
}
