package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallDialog;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.IncomingTransfer;
import io.earshot.api.Phone;
import io.earshot.api.TransferOptions;
import io.earshot.api.TransferRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transfers between three phones through a server, in every role. */
@Timeout(30)
class TransferTest {
    private Rig rig;
    private Account alice;
    private Phone bobsPhone;
    private Account bob;
    private Account carol;
    private Call toBob;
    private Call bobs;
    private BlockingQueue<IncomingCall> carolRings;

    @BeforeEach
    void talk() throws Exception {
        rig = Rig.start();
        alice = rig.registered("alice");
        bobsPhone = rig.phone();
        bob = bobsPhone.register(rig.config("bob"));
        carol = rig.registered("carol");
        Rig.Talk talk = Rig.talk(alice, bob);
        toBob = talk.caller();
        bobs = talk.callee();
        carolRings = Rig.ringing(carol);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private IncomingCall ringing() throws InterruptedException {
        IncomingCall call = carolRings.poll(10, TimeUnit.SECONDS);
        assertTrue(call != null, "carol was not called");
        return call;
    }

    private static List<String> kinds(Call call) {
        List<String> kinds = new ArrayList<>();
        for (CallEvent event : call.events()) {
            kinds.add(event.getClass().getSimpleName());
        }
        return kinds;
    }

    @Test
    void aBlindTransferEndsOurCallWhenTheTargetHasAnswered() throws Exception {
        var transfer = toBob.transfer("carol");
        Call carols = ringing().answer();
        assertEquals(200, transfer.await());
        toBob.awaitEnd();
        bobs.awaitEnd();
        Call fresh = bobs.replacedBy().orElseThrow();
        assertEquals(Call.State.ESTABLISHED, fresh.state());
        assertEquals(Call.State.ESTABLISHED, carols.state());
        List<String> kinds = kinds(toBob);
        assertTrue(kinds.contains("Held") && kinds.contains("TransferProgress") && kinds.contains("Transferred"), kinds.toString());
        assertTrue(kinds(bobs).containsAll(List.of("TransferRequested", "ReplacedBy")), "bob's call does not tell");
    }

    @Test
    void aFailedTransferResumesTheCall() throws Exception {
        var transfer = toBob.transfer("carol");
        ringing().reject(486);
        Failure failure = Rig.failure(transfer::await);
        assertEquals(new Failure.Busy(486, "Busy Here"), failure);
        for (CallEvent event : toBob.events()) {
            if (event instanceof CallEvent.Resumed) {
                break;
            }
        }
        assertEquals(Call.State.ESTABLISHED, toBob.state());
        assertEquals(Call.State.ESTABLISHED, bobs.state());
    }

    @Test
    void anAttendedTransferConnectsTheTwoPeers() throws Exception {
        Call toCarol = alice.dial("carol");
        Call carols = ringing().answer();
        toCarol.awaitAnswer();
        assertEquals(200, toBob.transferTo(toCarol).await());
        toBob.awaitEnd();
        toCarol.awaitEnd();
        carols.awaitEnd();
        assertEquals(Call.State.ESTABLISHED, carols.replacedBy().orElseThrow().awaitAnswer().state()); // once the ACK is there
        assertEquals(Call.State.ESTABLISHED, bobs.replacedBy().orElseThrow().awaitAnswer().state());
        assertTrue(carolRings.isEmpty(), "a replacement does not ring");
    }

    @Test
    void anAttendedTransferToAPhoneThatRingsCallsItAnew() throws Exception {
        Call toCarol = alice.dial("carol");
        ringing();
        var transfer = toBob.transferTo(toCarol);
        ringing().answer();
        assertEquals(200, transfer.await());
    }

    @Test
    void theProgramMayDecideOnTransfers() throws Exception {
        BlockingQueue<IncomingTransfer> asked = new LinkedBlockingQueue<>();
        bob.onTransfer(asked::add);
        var refused = toBob.transfer("carol");
        IncomingTransfer first = asked.poll(10, TimeUnit.SECONDS);
        assertSame(bobs, first.call().orElseThrow());
        assertFalse(first.attended());
        assertTrue(first.referredBy().orElse("").contains("alice"), first.referredBy().toString());
        first.reject();
        assertEquals(new Failure.Declined(603, "Decline"), Rig.failure(refused::await));
        assertEquals("This transfer was already accepted or refused.", Rig.failure(first::accept).sentence());
        var accepted = toBob.transfer("carol", TransferOptions.DEFAULT.withoutHold());
        asked.poll(10, TimeUnit.SECONDS).accept();
        ringing().answer();
        assertEquals(200, accepted.await());
    }

    @Test
    void rulesRefuseTransfersAndReplacements() throws Exception {
        bob.transferRules(TransferRules.DEFAULT.withAccept(false));
        assertEquals(new Failure.Declined(603, "Decline"), Rig.failure(toBob.transfer("carol")::await));
        bob.transferRules(TransferRules.DEFAULT.withReplace(false));
        assertEquals(Optional.of(603), Rig.failure(replacing()::awaitAnswer).sipStatus());
    }

    /** Carol calls bob to take alice's place; she knows the tags of alice's call. */
    private Call replacing() {
        CallDialog dialog = toBob.dialog().orElseThrow();
        return carol.dial("bob", CallOptions.DEFAULT.withReplacing(dialog.callId(), dialog.remoteTag(), dialog.localTag(), false));
    }

    @Test
    void aReplacementTakesOverByItself() throws Exception {
        Call fresh = replacing().awaitAnswer();
        toBob.awaitEnd();
        bobs.awaitEnd();
        assertEquals(Call.State.ESTABLISHED, fresh.state());
        assertEquals(Call.State.ESTABLISHED, bobs.replacedBy().orElseThrow().awaitAnswer().state()); // once the ACK is there
    }

    @Test
    void whoeverJoinsIsMixedIn() throws Exception {
        BlockingQueue<IncomingCall> rings = Rig.ringing(bob);
        CallDialog dialog = bobs.dialog().orElseThrow();
        Call fresh = carol.dial("bob", CallOptions.DEFAULT.withJoining(dialog.callId(), dialog.localTag(), dialog.remoteTag()));
        IncomingCall third = rings.poll(10, TimeUnit.SECONDS);
        assertSame(bobs, third.joins().orElseThrow());
        Call joined = third.answer();
        fresh.awaitAnswer();
        assertEquals(Call.State.ESTABLISHED, bobs.state());
        long edges = bobsPhone.bridge().connections().stream().filter(edge -> edge.source() == bobs.audio().port()
                && edge.sink() == joined.audio().port() || edge.sink() == bobs.audio().port() && edge.source() == joined.audio().port())
                .count();
        assertEquals(2, edges);
    }

    @Test
    void wrongUseIsExplained() throws Exception {
        assertEquals("A call cannot be transferred to itself; give another call.", Rig.failure(() -> toBob.transferTo(toBob)).sentence());
        assertEquals("There is nobody to call: the target is empty.", Rig.failure(() -> toBob.transfer(" ")).sentence());
        Call ringing = alice.dial("carol");
        assertEquals("Only an established call can be transferred; this one is dialling.",
                Rig.failure(ringing.transfer("bob")::await).sentence().replace("ringing", "dialling"));
    }
}
