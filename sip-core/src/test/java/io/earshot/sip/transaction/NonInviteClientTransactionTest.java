package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
class NonInviteClientTransactionTest {
    private static final Request OPTIONS = Messages.request("OPTIONS");

    @Test
    void doublesTimerEUpToT2UntilTimerF() {
        assertEquals("0>OPTIONS 1>OPTIONS 3>OPTIONS 7>OPTIONS 15>OPTIONS 23>OPTIONS 31>OPTIONS 39>OPTIONS 47>OPTIONS 55>OPTIONS 63>OPTIONS "
            + "64!TIMEOUT 64.", start(false).runTo(100).toString());
    }

    @Test
    void aReliableTransportLeavesTimerFAlone() {
        assertEquals("0>OPTIONS 64!TIMEOUT 64.", start(true).runTo(100).toString());
        assertEquals("0>OPTIONS 1<100 64!TIMEOUT 64.", receive(start(true), 1, 100).runTo(50).runTo(100).toString());
    }

    @Test
    void aProvisionalResponseSlowsItDownToT2() {
        assertEquals("0>OPTIONS 0.5<100 1>OPTIONS 9>OPTIONS 17>OPTIONS 20<200 30.",
            receive(receive(start(false), 0.5, 100), 20, 200).runTo(100).toString());
    }

    @Test
    void absorbsRepeatedFinalResponsesUntilTimerK() {
        Script<NonInviteClientTransaction> script = receive(receive(receive(start(false), 0.5, 200), 1, 200), 10, 404);
        assertEquals("0>OPTIONS 0.5<200 10.5.", script.runTo(100).toString());
        assertFalse(script.machine.onResponse(Messages.response(OPTIONS, 200), 101 * Script.TIMERS.t1()));
    }

    @Test
    void aReliableTransportEndsWithTheFinalResponse() {
        assertEquals("0>OPTIONS 1<404 1.", receive(start(true), 1, 404).runTo(100).toString());
    }

    @Test
    void failsOnATransportErrorUnlessAnswered() {
        assertEquals("0>OPTIONS 0.5!TRANSPORT 0.5.", start(false).at(0.5, tx -> tx.onTransportError("refused")).runTo(100).toString());
        assertEquals("0>OPTIONS 0.5<100 0.6!TRANSPORT 0.6.",
            receive(start(false), 0.5, 100).at(0.6, tx -> tx.onTransportError("refused")).runTo(100).toString());
        assertEquals("0>OPTIONS 0.5<200 10.5.",
            receive(start(false), 0.5, 200).at(1, tx -> tx.onTransportError("refused")).runTo(100).toString());
    }

    @Test
    void aStallIsFollowedByOneRetransmissionOnly() {
        assertEquals("0>OPTIONS 40>OPTIONS 42>OPTIONS 46>OPTIONS 54>OPTIONS 62>OPTIONS 64!TIMEOUT 64.",
            start(false).stallTo(40).runTo(100).toString());
        assertEquals("0>OPTIONS 0.5<100 50>OPTIONS 58>OPTIONS 64!TIMEOUT 64.",
            receive(start(false), 0.5, 100).stallTo(50).runTo(100).toString());
    }

    private static Script<NonInviteClientTransaction> start(boolean reliable) {
        return new Script<>(now -> new NonInviteClientTransaction(OPTIONS, reliable, Script.TIMERS, now));
    }

    private static Script<NonInviteClientTransaction> receive(Script<NonInviteClientTransaction> script, double time, int status) {
        return script.at(time, (tx, now) -> assertTrue(tx.onResponse(Messages.response(OPTIONS, status), now)));
    }
}
