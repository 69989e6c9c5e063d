package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Others' subscriptions: engine against engine, and against scripted watchers. */
@Tag("rfc6665")
class WatchersTest {
    private static final MediaType PIDF = MediaType.of("application", "pidf+xml");

    private final Lan lan = new Lan(9);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2");
    private Consumer<EventNews.WatcherArrived> decide = arrived -> bob.engine.watchers().accept(arrived.watcher(), body("first"), lan.now);

    WatchersTest() {
        bob.engine.watchers().serve("presence", PIDF);
        bob.onEvent = event -> {
            if (event instanceof EventNews.WatcherArrived arrived) {
                decide.accept(arrived);
            }
        };
    }

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
        assertTrue(bob.engine.isIdle(), bob.engine.toString());
    }

    private static EventBody body(String text) {
        return new EventBody(PIDF, text);
    }

    private SubscriptionId watch(long expires) {
        return alice.engine.subscriptions().subscribe(alice.account, SubscribeRequest.of(bob.uri(), "presence", PIDF).withExpires(expires),
            lan.now);
    }

    private SubscriptionState state() {
        return alice.last(EventNews.SubscriptionMoved.class).state();
    }

    private List<String> told() {
        return alice.all(EventNews.Notified.class).stream().flatMap(notified -> notified.body().stream()).map(EventBody::text).toList();
    }

    private WatcherId watcher() {
        return bob.last(EventNews.WatcherArrived.class).watcher();
    }

    @Test
    void whoIsAcceptedSeesTheStateAndItsChanges() {
        watch(600);
        lan.runFor(SECOND);
        assertInstanceOf(SubscriptionState.Active.class, state());
        assertTrue(bob.engine.watchers().update(watcher(), body("second"), lan.now));
        lan.runFor(3 * SECOND);
        assertEquals(List.of("first", "second"), told());
        assertEquals("presence", bob.last(EventNews.WatcherArrived.class).event());
    }

    @Test
    void ofManyChangesAtOnceTheLastIsTold() {
        watch(600);
        lan.runFor(SECOND);
        for (int i = 0; i < 50; i++) {
            bob.engine.watchers().update(watcher(), body("state " + i), lan.now);
        }
        lan.runFor(5 * SECOND);
        assertEquals("state 49", told().get(told().size() - 1));
        assertTrue(told().size() <= 3, told().toString());
    }

    @Test
    void whoIsHeldSeesNothingUntilAccepted() {
        decide = arrived -> bob.engine.watchers().hold(arrived.watcher(), lan.now);
        watch(600);
        lan.runFor(SECOND);
        assertInstanceOf(SubscriptionState.Pending.class, state());
        assertEquals(List.of(), told());
        assertFalse(bob.engine.watchers().update(watcher(), body("secret"), lan.now));
        bob.engine.watchers().accept(watcher(), body("now"), lan.now);
        lan.runFor(3 * SECOND);
        assertInstanceOf(SubscriptionState.Active.class, state());
        assertEquals(List.of("now"), told());
    }

    @Test
    void whoIsNotDecidedOnIsHeld() {
        decide = arrived -> { };
        watch(600);
        lan.runFor(SECOND / 2);
        assertInstanceOf(SubscriptionState.Subscribing.class, state());
        lan.runFor(SECOND);
        assertInstanceOf(SubscriptionState.Pending.class, state());
    }

    @Test
    void whoIsRejectedGetsAForbiddenOrAnEnd() {
        decide = arrived -> bob.engine.watchers().reject(arrived.watcher(), lan.now);
        watch(600);
        lan.runFor(SECOND);
        assertEquals("The other side answered 403 Forbidden",
            assertInstanceOf(SubscriptionState.Ended.class, state()).cause().orElseThrow().sentence());
        decide = arrived -> bob.engine.watchers().hold(arrived.watcher(), lan.now);
        watch(600);
        lan.runFor(SECOND);
        assertTrue(bob.engine.watchers().reject(watcher(), lan.now));
        lan.runFor(3 * SECOND);
        assertTrue(assertInstanceOf(SubscriptionState.Ended.class, state()).cause().orElseThrow().sentence().contains("rejected"));
        assertEquals(2, bob.all(EventNews.WatcherLeft.class).size());
    }

    @Test
    void refreshedSubscriptionsLastAndOthersEnd() {
        watch(600);
        lan.runFor(5000 * SECOND);
        assertEquals(0, bob.all(EventNews.WatcherLeft.class).size());
        lan.loss = 1;
        lan.runFor(700 * SECOND);
        assertEquals(1, bob.all(EventNews.WatcherLeft.class).size());
        lan.loss = 0;
        lan.runFor(4000 * SECOND);
        assertEquals(2, bob.all(EventNews.WatcherArrived.class).size(), "the watcher comes back by itself");
    }

    @Test
    void aFetchIsAnsweredOnce() {
        watch(0);
        lan.runFor(3 * SECOND);
        assertEquals(List.of("first"), told());
        assertEquals(1, bob.all(EventNews.WatcherLeft.class).size());
        assertEquals(new SubscriptionState.Ended(Optional.empty()), state());
    }

    @Test
    void leavingIsConfirmedWithALastState() {
        SubscriptionId id = watch(600);
        lan.runFor(2 * SECOND);
        alice.engine.subscriptions().unsubscribe(id, lan.now);
        lan.runFor(2 * SECOND);
        assertEquals(1, bob.all(EventNews.WatcherLeft.class).size());
        assertEquals(new SubscriptionState.Ended(Optional.empty()), state());
    }

    @Test
    void shuttingDownSendsWatchersAwayForAWhile() {
        watch(600);
        lan.runFor(2 * SECOND);
        bob.engine.shutdown(lan.now);
        lan.runFor(2 * SECOND);
        SubscriptionState.Waiting waiting = assertInstanceOf(SubscriptionState.Waiting.class, state());
        assertTrue(waiting.retryAt() - lan.now >= 57 * SECOND && waiting.retryAt() - lan.now <= 67 * SECOND, "retry in "
            + waiting.retryAt());
    }

    @Test
    void terminateGivesItsReason() {
        watch(600);
        lan.runFor(2 * SECOND);
        bob.engine.watchers().terminate(watcher(), "giveup", OptionalLong.of(5), lan.now);
        lan.runFor(10 * SECOND);
        assertEquals(2, bob.all(EventNews.WatcherArrived.class).size());
    }

    @Test
    void badRequestsAreRefused() {
        Script carol = lan.script("carol", "10.0.0.4");
        Talk talk = new Talk(carol, bob);
        talk.send("SUBSCRIBE", 1, "", "Event: foo\n", "");
        lan.runFor(SECOND);
        assertEquals("presence", carol.lastResponse().value(HeaderName.ALLOW_EVENTS).orElseThrow());
        talk.send("SUBSCRIBE", 2, "", "", "");
        lan.runFor(SECOND);
        talk.send("SUBSCRIBE", 3, "", "Event: presence\nExpires: 5\n", "");
        lan.runFor(SECOND);
        assertEquals("30", carol.lastResponse().value(HeaderName.MIN_EXPIRES).orElseThrow());
        talk.send("SUBSCRIBE", 4, "", "Event: presence\nAccept: text/plain\n", "");
        lan.runFor(SECOND);
        talk.send("SUBSCRIBE", 5, "nobody", "Event: presence\n", "");
        lan.runFor(SECOND);
        assertEquals(List.of(489, 489, 423, 406, 481), carol.statuses());
        assertEquals(0, bob.all(EventNews.WatcherArrived.class).size());
    }

    @Test
    void theIdOfTheEventIsRepeatedAndItsDialogIsKept() {
        Script carol = lan.script("carol", "10.0.0.4");
        carol.onRequest = request -> carol.send(carol.reply(request, 200, "").build());
        Talk talk = new Talk(carol, bob);
        talk.send("SUBSCRIBE", 1, "", "Event: presence;id=7\nExpires: 100\n", "");
        lan.runFor(SECOND);
        Request notify = carol.requests(SipMethod.NOTIFY).get(0);
        assertEquals("presence;id=7", notify.value(HeaderName.EVENT).orElseThrow());
        assertEquals("active;expires=99", notify.value(HeaderName.SUBSCRIPTION_STATE).orElseThrow().replace("=100", "=99"));
        String tag = notify.from().tag().orElseThrow();
        talk.send("SUBSCRIBE", 1, tag, "Event: presence;id=7\nExpires: 100\n", "");
        lan.runFor(SECOND);
        talk.send("SUBSCRIBE", 3, tag, "Event: presence;id=8\nExpires: 100\n", "");
        lan.runFor(SECOND);
        talk.send("SUBSCRIBE", 4, tag, "Event: presence;id=7\nExpires: 0\n", "");
        lan.runFor(SECOND);
        assertEquals(List.of(200, 500, 489, 200), carol.statuses());
        assertEquals("terminated;reason=timeout",
            carol.requests(SipMethod.NOTIFY).get(1).value(HeaderName.SUBSCRIPTION_STATE).orElseThrow());
    }

    @Test
    void aWatcherThatKnowsNothingOfItIsDropped() {
        Script carol = lan.script("carol", "10.0.0.4");
        carol.onRequest = request -> carol.send(carol.reply(request, 481, "").build());
        new Talk(carol, bob).send("SUBSCRIBE", 1, "", "Event: presence\nExpires: 100\n", "");
        lan.runFor(SECOND);
        assertEquals(1, bob.all(EventNews.WatcherLeft.class).size());
    }

    @Test
    void optionsTellWhatMayBeWatched() {
        Script carol = lan.script("carol", "10.0.0.4");
        new Talk(carol, bob).send("OPTIONS", 1, "", "", "");
        lan.runFor(SECOND);
        assertEquals("presence", carol.lastResponse().value(HeaderName.ALLOW_EVENTS).orElseThrow());
    }

    @Test
    void thereIsALimit() {
        Phone small = lan.phone("small", "10.0.0.3", EngineConfig.builder().events(new EventSettings(2, 1, 2, 30, 600, 0)).build());
        small.engine.watchers().serve("presence", PIDF);
        for (int i = 0; i < 2; i++) {
            alice.engine.subscriptions().subscribe(alice.account, SubscribeRequest.of(small.uri(), "presence", PIDF), lan.now);
        }
        lan.runFor(3 * SECOND);
        assertEquals(1, small.all(EventNews.WatcherArrived.class).size());
        assertEquals(1, alice.all(EventNews.SubscriptionMoved.class).stream()
            .filter(moved -> moved.state() instanceof SubscriptionState.Waiting).count());
        small.engine.shutdown(lan.now);
    }
}
