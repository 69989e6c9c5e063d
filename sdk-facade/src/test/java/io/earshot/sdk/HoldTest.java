package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallEvent.Side;
import io.earshot.api.calls.HoldMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold and resume by re-INVITE (RFC 3264 §8.4), from either side and from both. */
@Timeout(30)
class HoldTest {
    private Rig rig;
    private Call caller;
    private Call callee;

    @BeforeEach
    void talk() throws Exception {
        rig = Rig.start();
        Account alice = rig.registered("alice");
        Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
        caller = talk.caller();
        callee = talk.callee();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Reads the holds and resumes of one end, as {@code +L} for one of ours that begins and {@code -R} for one of theirs that ends. */
    private static final class Holds {
        private final Iterator<CallEvent> events;

        Holds(Call call) {
            events = call.events().iterator();
        }

        String next() {
            while (events.hasNext()) {
                CallEvent event = events.next();
                if (event instanceof CallEvent.Held held) {
                    return "+" + letter(held.by());
                } else if (event instanceof CallEvent.Resumed resumed) {
                    return "-" + letter(resumed.by());
                }
            }
            return "end";
        }

        private static String letter(Side side) {
            return side == Side.LOCAL ? "L" : "R";
        }
    }

    @Test
    void theCallerHoldsAndResumes() {
        Holds near = new Holds(caller);
        Holds far = new Holds(callee);
        caller.hold();
        assertEquals("+L", near.next());
        assertEquals("+R", far.next());
        caller.resume();
        assertEquals("-L", near.next());
        assertEquals("-R", far.next());
    }

    @Test
    void theCalleeHoldsAndResumes() {
        Holds near = new Holds(callee);
        Holds far = new Holds(caller);
        callee.hold();
        callee.hold();
        assertEquals("+L", near.next());
        assertEquals("+R", far.next());
        callee.resume();
        assertEquals("-L", near.next());
        assertEquals("-R", far.next());
    }

    @Test
    void bothHoldAndEachResumesForItself() {
        Holds near = new Holds(caller);
        Holds far = new Holds(callee);
        caller.hold();
        assertEquals("+L", near.next());
        assertEquals("+R", far.next());
        callee.hold();
        assertEquals("+L", far.next());
        assertEquals("+R", near.next());
        caller.resume();
        assertEquals("-L", near.next());
        assertEquals("-R", far.next());
        callee.resume();
        assertEquals("-L", far.next());
        assertEquals("-R", near.next());
    }

    @Test
    void holdingFromBothSidesAtTheSameTimeSettles() throws Exception {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> near = caller.holdAsync();
            CompletableFuture<Void> far = callee.holdAsync();
            near.get(15, TimeUnit.SECONDS);
            far.get(15, TimeUnit.SECONDS);
            near = caller.resumeAsync();
            far = callee.resumeAsync();
            near.get(15, TimeUnit.SECONDS);
            far.get(15, TimeUnit.SECONDS);
        }
        caller.hangup();
        callee.awaitEnd();
        assertTrue(isBalanced(caller) && isBalanced(callee), () -> Rig.story(caller) + " " + Rig.story(callee));
    }

    private static boolean isBalanced(Call call) {
        long[] open = new long[2];
        call.events().forEach(event -> {
            if (event instanceof CallEvent.Held held) {
                open[held.by().ordinal()]++;
            } else if (event instanceof CallEvent.Resumed resumed) {
                open[resumed.by().ordinal()]--;
            } else if (event instanceof CallEvent.Warning warning) {
                throw new AssertionError(warning.failure().sentence());
            }
        });
        return open[0] == 0 && open[1] == 0;
    }

    @Test
    void wishesAreDoneInTheirOrder() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(caller.holdAsync());
            all.add(caller.resumeAsync());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        caller.hangup();
        callee.awaitEnd();
        assertTrue(isBalanced(caller) && isBalanced(callee));
    }

    @Test
    void aCallThatEndsFailsTheHoldUnderWay() throws Exception {
        CompletableFuture<Void> hold = caller.holdAsync();
        caller.hangup();
        caller.awaitEnd();
        hold.handle((done, failed) -> null).get(10, TimeUnit.SECONDS);
        assertTrue(hold.isDone());
    }

    private static String direction(Call call) {
        CallEvent.MediaChanged last = null;
        for (CallEvent event : call.events()) {
            if (event instanceof CallEvent.MediaChanged media) {
                last = media;
            }
            if (event instanceof CallEvent.Ended) {
                break;
            }
        }
        return (last.sending() ? "sends " : "") + (last.receiving() ? "receives" : "");
    }

    @ParameterizedTest
    @CsvSource({"PEER_IS_SILENT, sends", "WE_ARE_SILENT, receives", "BOTH_ARE_SILENT, ''"})
    @Tag("rfc3264")
    void aCallIsHeldInTheWayThatIsAskedFor(HoldMode mode, String flows) throws Exception {
        caller.holdAsync(mode).get(10, TimeUnit.SECONDS);
        caller.hangup();
        caller.awaitEnd();
        assertEquals(flows, direction(caller).strip());
    }

    @Test
    void theWayOfHoldingCanBeChangedAndResumingEndsIt() throws Exception {
        caller.holdAsync(HoldMode.WE_ARE_SILENT).get(10, TimeUnit.SECONDS);
        caller.holdAsync(HoldMode.BOTH_ARE_SILENT).get(10, TimeUnit.SECONDS);
        caller.resumeAsync().get(10, TimeUnit.SECONDS);
        caller.hangup();
        caller.awaitEnd();
        assertEquals("sends receives", direction(caller));
    }
}
