package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.VoipException;
import io.earshot.api.presence.Availability;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.PresenceEvent;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.WatchState;
import io.earshot.api.presence.WatcherPolicy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two phones that watch each other directly, on loopback and without a server. */
@Timeout(30)
@Tag("rfc3856")
class PresenceTest {
    private Phone left;
    private Phone right;
    private Account alice;
    private Account bob;
    private final BlockingQueue<PresenceEvent> asked = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() {
        left = Rig.builder().open();
        right = Rig.builder().open();
        alice = left.addAccount(AccountConfig.of("sip:alice@" + address(left)).withDisplayName("Alice"));
        bob = right.addAccount(AccountConfig.of("sip:bob@" + address(right)));
        right.onEvent(event -> {
            if (event instanceof PhoneEvent.InPresence in && in.event() instanceof PresenceEvent.WatcherAsks) {
                asked.add(in.event());
            }
        });
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private static String address(Phone phone) {
        return phone.listeningOn().get(0).substring("UDP ".length());
    }

    private String toBob() {
        return "sip:bob@" + address(right);
    }

    private static <T> T await(BlockingQueue<T> queue, Predicate<? super T> wanted) throws InterruptedException {
        for (T next = queue.poll(10, TimeUnit.SECONDS); next != null; next = queue.poll(10, TimeUnit.SECONDS)) {
            if (wanted.test(next)) {
                return next;
            }
        }
        throw new AssertionError("it did not come within 10 s");
    }

    private static <T> BlockingQueue<T> values(Watch<T> watch) {
        BlockingQueue<T> values = new LinkedBlockingQueue<>();
        watch.onChange(values::add);
        return values;
    }

    private static BlockingQueue<WatchState> states(Watch<?> watch) {
        BlockingQueue<WatchState> states = new LinkedBlockingQueue<>();
        watch.onState(states::add);
        return states;
    }

    @Test
    void whoAsksIsShownOnlyWhatHeIsAllowed() throws Exception {
        bob.presence().show(PresenceStatus.of(Availability.AWAY).withNote("back at 5 <pm>"));
        Watch<PresenceStatus> watch = alice.watches().contact(toBob());
        BlockingQueue<PresenceStatus> told = values(watch);
        BlockingQueue<WatchState> states = states(watch);
        await(states, WatchState.Pending.class::isInstance);
        PresenceEvent.WatcherAsks asks = (PresenceEvent.WatcherAsks) await(asked, any -> true);
        assertEquals("Alice", asks.watcher().displayName());
        assertEquals(alice.address(), asks.watcher().address());
        assertTrue(told.isEmpty() && watch.latest().isEmpty());
        bob.presence().allow(asks.watcher().address());
        PresenceStatus seen = await(told, any -> true);
        assertEquals(Availability.AWAY, seen.availability());
        assertEquals("back at 5 <pm>", seen.note());
        bob.presence().show(PresenceStatus.of(Availability.DO_NOT_DISTURB));
        await(told, status -> status.availability() == Availability.DO_NOT_DISTURB);
        bob.presence().deny(asks.watcher().address());
        await(states, state -> state instanceof WatchState.Ended ended && ended.failure().isPresent());
    }

    @Test
    void invisibleLooksOffline() throws Exception {
        bob.presence().policy(WatcherPolicy.ALLOW);
        bob.presence().show(PresenceStatus.of(Availability.INVISIBLE).withNote("secret"));
        PresenceStatus seen = await(values(alice.watches().contact(toBob())), any -> true);
        assertEquals(PresenceStatus.of(Availability.OFFLINE), seen);
        assertEquals(Availability.INVISIBLE, bob.presence().shown().availability());
    }

    @Test
    @Tag("rfc4235")
    void aLampFollowsTheCallsOfALineAndPresenceDoesToo() throws Exception {
        bob.presence().policy(WatcherPolicy.ALLOW);
        bob.presence().shareCalls(true);
        BlockingQueue<IncomingCall> ringing = Rig.ringing(bob);
        BlockingQueue<LineState> lamps = values(alice.watches().line(toBob()));
        BlockingQueue<PresenceStatus> told = values(alice.watches().contact(toBob()));
        await(lamps, state -> state.lamp() == LineState.Lamp.IDLE);
        await(told, status -> status.availability() == Availability.ONLINE);
        Call call = alice.dial(toBob());
        IncomingCall incoming = Rig.next(ringing);
        LineState.LineCall seen = await(lamps, state -> state.lamp() == LineState.Lamp.RINGING).calls().get(0);
        assertEquals(LineState.Direction.RECIPIENT, seen.direction());
        assertEquals(call.callId(), seen.callId().orElseThrow());
        assertTrue(seen.remote().orElseThrow().contains("alice"), seen.toString());
        incoming.answer();
        await(lamps, state -> state.lamp() == LineState.Lamp.BUSY);
        await(told, status -> status.availability() == Availability.ON_THE_PHONE);
        call.hangup();
        await(lamps, state -> state.lamp() == LineState.Lamp.IDLE);
        await(told, status -> status.availability() == Availability.ONLINE);
    }

    @Test
    void callsAreNotSharedUnlessWanted() throws Exception {
        bob.presence().policy(WatcherPolicy.ALLOW);
        BlockingQueue<WatchState> states = states(alice.watches().line(toBob()));
        WatchState.Ended ended = (WatchState.Ended) await(states, WatchState.Ended.class::isInstance);
        assertEquals(403, ended.failure().flatMap(Failure::sipStatus).orElseThrow());
    }

    @Test
    void aClosedWatchEndsAtBothEnds() throws Exception {
        bob.presence().policy(WatcherPolicy.ALLOW);
        Watch<PresenceStatus> watch = alice.watches().contact(toBob());
        await(values(watch), any -> true);
        assertEquals(alice.address(), bob.presence().watchers().get(0).address());
        BlockingQueue<WatchState> states = states(watch);
        watch.close();
        watch.close();
        await(states, state -> state instanceof WatchState.Ended ended && ended.failure().isEmpty());
        for (int i = 0; i < 10 && !bob.presence().watchers().isEmpty(); i++) {
            // The answer to the last NOTIFY may still be on its way to Bob: what Alice asks now comes to him behind it.
            alice.options().ask(toBob()).get(10, TimeUnit.SECONDS);
        }
        assertEquals(0, bob.presence().watchers().size());
    }

    @Test
    void whenAPhoneClosesItsWatchersWaitForIt() throws Exception {
        bob.presence().policy(WatcherPolicy.ALLOW);
        Watch<PresenceStatus> watch = alice.watches().contact(toBob());
        BlockingQueue<WatchState> states = states(watch);
        await(states, WatchState.Active.class::isInstance);
        right.close();
        WatchState.Waiting waiting = (WatchState.Waiting) await(states, WatchState.Waiting.class::isInstance);
        assertTrue(waiting.retryIn().toSeconds() >= 50, waiting.toString());
    }

    @Test
    void argumentsThatCannotBeUsedAreNamed() {
        assertEquals("The target 'tel:5' is no SIP address: write sip:user@domain.",
                assertThrows(VoipException.class, () -> alice.watches().contact("tel:5")).getMessage());
        assertEquals("The life of a subscription must be 10 s to 1 day, not 5 s.",
                assertThrows(VoipException.class, () -> alice.watches().withExpires(Duration.ofSeconds(5))).getMessage());
        assertEquals("'<x/>' is no activity: write one of RFC 4480 §3.2, such as meeting",
                assertThrows(IllegalArgumentException.class, () -> PresenceStatus.ONLINE.withActivities("<x/>")).getMessage());
        assertEquals("a presence note has at most 1000 characters, not 1001: shorten it",
                assertThrows(IllegalArgumentException.class, () -> PresenceStatus.ONLINE.withNote("x".repeat(1001))).getMessage());
        assertThrows(VoipException.class, () -> bob.presence().allow(""));
    }
}
