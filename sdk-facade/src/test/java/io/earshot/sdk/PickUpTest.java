package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallDialog;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.LineState.LineCall;
import io.earshot.api.presence.WatcherPolicy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Carol watches Bob's line, on three phones without a server; what it tells of Alice's call is enough to take that call. */
@Timeout(30)
@Tag("rfc4235")
@Tag("rfc3891")
class PickUpTest {
    private final Phone[] phones = {Rig.builder().open(), Rig.builder().open(), Rig.builder().open()};
    private final Account alice = account("alice", phones[0]);
    private final Account bob = account("bob", phones[1]);
    private final Account carol = account("carol", phones[2]);
    private final BlockingQueue<LineState> lamps = new LinkedBlockingQueue<>();

    private static Account account(String name, Phone phone) {
        return phone.addAccount(AccountConfig.of("sip:" + name + "@" + phone.listeningOn().get(0).substring("UDP ".length())));
    }

    @BeforeEach
    void watch() throws Exception {
        bob.presence().policy(WatcherPolicy.ALLOW);
        bob.presence().shareCalls(true);
        carol.watches().line(bob.address()).onChange(lamps::add);
        seen(state -> state.lamp() == LineState.Lamp.IDLE);
    }

    @AfterEach
    void close() {
        for (Phone phone : phones) {
            phone.close();
        }
    }

    private LineState seen(Predicate<LineState> wanted) throws InterruptedException {
        for (LineState next = lamps.poll(10, TimeUnit.SECONDS); next != null; next = lamps.poll(10, TimeUnit.SECONDS)) {
            if (wanted.test(next)) {
                return next;
            }
        }
        throw new AssertionError("it was not told within 10 s");
    }

    private Call take(LineCall seen) {
        CallOptions options = CallOptions.DEFAULT.withReplacing(seen.callId().orElseThrow(), seen.remoteTag().orElseThrow(),
                seen.localTag().orElseThrow(), seen.stage() != LineState.Stage.CONFIRMED);
        assertEquals(seen.replaces().orElseThrow(), options.headers().get("Replaces"));
        return carol.dial(seen.remote().orElseThrow(), options).awaitAnswer();
    }

    @Test
    void aCallThatRingsAtALineIsTakenByWhoWatchesIt() throws Exception {
        BlockingQueue<IncomingCall> ringing = Rig.ringing(bob);
        Call calling = alice.dial(bob.address());
        Rig.await(calling, CallEvent.Ringing.class);
        LineCall seen = seen(state -> state.lamp() == LineState.Lamp.RINGING).calls().get(0);
        Call taken = take(seen);
        Call now = Rig.await(calling, CallEvent.ReplacedBy.class).call();
        assertEquals(taken.callId(), now.callId());
        assertEquals(Call.State.ESTABLISHED, now.awaitAnswer().state()); // once the ACK is there
        Rig.next(ringing).call().awaitEnd();
        seen(state -> state.lamp() == LineState.Lamp.IDLE);
        assertEquals(Call.State.ESTABLISHED, taken.state());
    }

    @Test
    void aCallOfALineIsTakenOver() throws Exception {
        BlockingQueue<IncomingCall> ringing = Rig.ringing(bob);
        Call calling = alice.dial(bob.address());
        Call bobs = Rig.next(ringing).answer();
        calling.awaitAnswer();
        LineCall seen = seen(state -> state.lamp() == LineState.Lamp.BUSY).calls().get(0);
        CallDialog dialog = bobs.dialog().orElseThrow();
        assertEquals(dialog.localTag(), seen.localTag().orElseThrow());
        assertEquals(dialog.remoteTag(), seen.remoteTag().orElseThrow());
        Call taken = take(seen);
        bobs.awaitEnd();
        assertEquals(taken.callId(), Rig.await(calling, CallEvent.ReplacedBy.class).call().callId());
    }

    @Test
    void theLineOfACallerTellsItsTagsAsSoonAsSomebodyRings() throws Exception {
        BlockingQueue<IncomingCall> ringing = Rig.ringing(alice);
        bob.dial(alice.address());
        Rig.next(ringing);
        LineCall seen = seen(state -> !state.calls().isEmpty() && state.calls().get(0).stage() == LineState.Stage.EARLY).calls().get(0);
        assertEquals(LineState.Direction.INITIATOR, seen.direction());
        assertTrue(seen.replaces().isPresent(), seen.toString());
    }
}
