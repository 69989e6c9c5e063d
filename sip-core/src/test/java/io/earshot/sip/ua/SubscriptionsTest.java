package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Via;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our subscriptions against a notifier that behaves, misbehaves, forgets and ends them. */
@Tag("rfc6665")
class SubscriptionsTest {
    private static final MediaType PIDF = MediaType.of("application", "pidf+xml");

    private final Lan lan = new Lan(8);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Script server = lan.script("server", "10.0.0.20");
    private int notifies = 1000;
    /** What the server answers, and whether it then tells the state. */
    private int status = 200;
    private String granted = "";
    private String state = "active;expires=600";
    private boolean silent;
    private boolean forgetful;

    SubscriptionsTest() {
        server.onRequest = request -> {
            if (forgetful && request.to().tag().isPresent()) {
                server.send(server.reply(request, 481, "").build());
            } else if (request.method().equals(SipMethod.SUBSCRIBE)) {
                boolean end = request.expires().orElse(0) == 0;
                server.send(server.reply(request, status, "srv").set(HeaderName.EXPIRES, granted.isEmpty() || end
                    ? request.value(HeaderName.EXPIRES).orElseThrow() : granted).build());
                if (status == 200 && !silent) {
                    notify(request, "srv", end ? "terminated;reason=timeout" : state, "<presence/>");
                }
            }
        };
    }

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
    }

    private void notify(Request subscribe, String tag, String stateText, String body) {
        RequestBuilder notify = Request.builder(SipMethod.NOTIFY, subscribe.contacts().get(0).uri())
            .set(HeaderName.VIA, Via.parse("SIP/2.0/UDP 10.0.0.20:5060;branch=z9hG4bK" + lan.newIds().token(60)))
            .set(HeaderName.MAX_FORWARDS, "70")
            .set(HeaderName.FROM, subscribe.to().withoutTag().withTag(tag))
            .set(HeaderName.TO, subscribe.from())
            .set(HeaderName.CALL_ID, subscribe.callId())
            .set(HeaderName.CSEQ, new CSeq(++notifies, SipMethod.NOTIFY))
            .set(HeaderName.CONTACT, "<" + server.uri() + ">")
            .set(HeaderName.EVENT, subscribe.value(HeaderName.EVENT).orElseThrow());
        if (!stateText.isEmpty()) {
            notify.set(HeaderName.SUBSCRIPTION_STATE, stateText);
        }
        if (!body.isEmpty()) {
            notify.body(PIDF, body);
        }
        server.send(alice.address, notify.build());
    }

    private SubscriptionId subscribe(long expires) {
        return alice.engine.subscriptions().subscribe(alice.account, SubscribeRequest.of(server.uri(), "presence",
            PIDF).withExpires(expires),
            lan.now);
    }

    private SubscriptionState now() {
        return alice.last(EventNews.SubscriptionMoved.class).state();
    }

    private List<Request> subscribes() {
        return server.requests(SipMethod.SUBSCRIBE);
    }

    private Request last() {
        return subscribes().get(subscribes().size() - 1);
    }

    @Test
    void subscribesAndIsTold() {
        subscribe(600);
        lan.runFor(SECOND);
        assertEquals(List.of("Subscribing", "Active"),
            alice.all(EventNews.SubscriptionMoved.class).stream().map(moved -> moved.state().getClass().getSimpleName()).toList());
        EventNews.Notified told = alice.last(EventNews.Notified.class);
        assertEquals(Optional.of(new EventBody(PIDF, "<presence/>")), told.body());
        Request request = subscribes().get(0);
        assertEquals("presence", request.value(HeaderName.EVENT).orElseThrow());
        assertEquals("600", request.value(HeaderName.EXPIRES).orElseThrow());
        assertEquals("application/pidf+xml", request.value(HeaderName.ACCEPT).orElseThrow());
        assertTrue(request.value(HeaderName.ALLOW).isPresent());
        assertEquals(List.of(200), server.statuses());
    }

    @Test
    void refreshesWithinTheDialogBeforeTheEnd() {
        subscribe(600);
        lan.runFor(2000 * SECOND);
        int count = subscribes().size();
        assertTrue(count >= 4 && count <= 8, "requests in 2000 s of 600: " + count);
        assertEquals(1, subscribes().stream().map(Request::callId).distinct().count());
        assertEquals("srv", last().to().tag().orElseThrow());
        assertEquals(1, alice.all(EventNews.SubscriptionMoved.class).stream().filter(
            moved -> moved.state() instanceof SubscriptionState.Active).count());
    }

    @Test
    void aNotifyMayGrantLessThanTheAnswer() {
        state = "active;expires=60";
        subscribe(600);
        lan.runFor(60 * SECOND);
        assertEquals(2, subscribes().size());
    }

    @Test
    void theNotifyMayComeBeforeTheAnswer() {
        server.onRequest = request -> {
            if (request.method().equals(SipMethod.SUBSCRIBE)) {
                notify(request, "srv", "active;expires=600", "<presence/>");
                lan.after(SECOND / 4, () -> server.send(alice.address, server.reply(request, 200, "srv").set(HeaderName.EXPIRES,
                    "600").build()));
            }
        };
        subscribe(600);
        lan.runFor(3 * SECOND);
        assertEquals(1, alice.all(EventNews.Notified.class).size());
        assertInstanceOf(SubscriptionState.Active.class, now());
        alice.engine.subscriptions().refresh(alice.last(EventNews.Notified.class).subscription(), lan.now);
        lan.runFor(SECOND);
        assertEquals(2L, last().cseq().number(), "the dialog counts on from the first request");
    }

    @Test
    void theFirstOfSeveralPhonesWinsUnlessThePackageTakesAll() {
        server.onRequest = request -> {
            if (request.method().equals(SipMethod.SUBSCRIBE) && request.to().tag().isEmpty()) {
                server.send(server.reply(request, 200, "srv").set(HeaderName.EXPIRES, "600").build());
                notify(request, "srv", "active", "<a/>");
                notify(request, "fork", "active", "<b/>");
            }
        };
        subscribe(600);
        lan.runFor(SECOND);
        assertEquals(List.of(200, 481), server.statuses());
        alice.engine.subscriptions().subscribe(alice.account, SubscribeRequest.of(server.uri(), "presence", PIDF).withForks(), lan.now);
        lan.runFor(SECOND);
        assertEquals(List.of(200, 481, 200, 200), server.statuses());
        assertEquals(List.of("srv", "srv", "fork"), alice.all(EventNews.Notified.class).stream().map(EventNews.Notified::fork).toList());
        lan.runFor(120 * SECOND);
        notify(subscribes().get(1), "late", "active", "<c/>");
        lan.runFor(SECOND);
        assertEquals(481, server.statuses().get(4), "after timer N nobody joins any more");
    }

    @Test
    void asksForMoreWhenItWasTooBrief() {
        server.onRequest = request -> {
            boolean brief = request.expires().orElse(0) < 300 && request.expires().orElse(0) > 0;
            server.send(server.reply(request, brief ? 423 : 200, "srv").set(brief ? HeaderName.MIN_EXPIRES : HeaderName.EXPIRES,
                "300").build());
        };
        subscribe(60);
        lan.runFor(SECOND);
        assertEquals("300", last().value(HeaderName.EXPIRES).orElseThrow());
        assertEquals(2, subscribes().size());
    }

    @Test
    void aServerThatForgotIsSubscribedToAnew() {
        subscribe(600);
        lan.runFor(SECOND);
        String before = last().callId();
        forgetful = true;
        lan.runFor(599 * SECOND);
        assertFalse(last().callId().equals(before));
        assertInstanceOf(SubscriptionState.Active.class, now());
    }

    @Test
    void refusalsForGoodEndIt() {
        status = 489;
        subscribe(600);
        lan.runFor(3600 * SECOND);
        assertEquals(1, subscribes().size());
        SubscriptionState.Ended ended = assertInstanceOf(SubscriptionState.Ended.class, now());
        assertEquals("The other side answered 489 Bad Event", ended.cause().orElseThrow().sentence());
    }

    @Test
    void refusalsForTheMomentAreWaitedFor() {
        status = 480;
        subscribe(600);
        lan.runFor(2 * SECOND);
        SubscriptionState.Waiting waiting = assertInstanceOf(SubscriptionState.Waiting.class, now());
        assertTrue(waiting.retryAt() >= 15 * SECOND && waiting.retryAt() <= 32 * SECOND, "retry at " + waiting.retryAt());
        status = 200;
        lan.runFor(40 * SECOND);
        assertInstanceOf(SubscriptionState.Active.class, now());
    }

    @Test
    void theReasonOfAnEndSaysWhetherAndWhenToTryAgain() {
        for (String reason : List.of("rejected", "noresource", "invariant")) {
            state = "terminated;reason=" + reason;
            int before = subscribes().size();
            subscribe(600);
            lan.runFor(3600 * SECOND);
            assertEquals(before + 1, subscribes().size(), reason);
            assertInstanceOf(SubscriptionState.Ended.class, now(), reason);
        }
        for (String reason : List.of("probation;retry-after=100", "giveup;retry-after=100")) {
            state = "terminated;reason=" + reason;
            int before = subscribes().size();
            SubscriptionId id = subscribe(600);
            lan.runFor(99 * SECOND);
            assertEquals(before + 1, subscribes().size(), reason);
            state = "active;expires=600";
            lan.runFor(20 * SECOND);
            assertEquals(before + 2, subscribes().size(), reason);
            assertInstanceOf(SubscriptionState.Active.class, now(), reason);
            alice.engine.subscriptions().unsubscribe(id, lan.now);
            lan.runFor(2 * SECOND);
        }
    }

    @Test
    void deactivatedIsTriedAgainAtOnceButNotForEver() {
        subscribe(600);
        lan.runFor(100 * SECOND);
        state = "terminated;reason=deactivated";
        notify(last(), "srv", state, "");
        lan.runFor(10 * SECOND);
        assertEquals(2, subscribes().size(), "at once, and then no more for a while: " + lan.transcript);
        assertInstanceOf(SubscriptionState.Waiting.class, now());
        lan.runFor(100 * SECOND);
        assertTrue(subscribes().size() <= 6, "requests: " + subscribes().size());
    }

    @Test
    void acceptedWithoutANotifyIsNoSubscription() {
        silent = true;
        subscribe(600);
        lan.runFor(33 * SECOND);
        assertEquals("The subscription was accepted, but no NOTIFY came",
            assertInstanceOf(SubscriptionState.Waiting.class, now()).cause().sentence());
    }

    @Test
    void unsubscribesAndHearsTheLastState() {
        SubscriptionId id = subscribe(600);
        lan.runFor(SECOND);
        assertTrue(alice.engine.subscriptions().unsubscribe(id, lan.now));
        lan.runFor(SECOND);
        assertEquals("0", last().value(HeaderName.EXPIRES).orElseThrow());
        assertEquals(new SubscriptionState.Ended(Optional.empty()), now());
        assertTrue(alice.last(EventNews.Notified.class).last());
        assertFalse(alice.engine.subscriptions().unsubscribe(id, lan.now));
    }

    @Test
    void aFetchAsksOnce() {
        state = "terminated;reason=timeout";
        subscribe(0);
        lan.runFor(SECOND);
        assertEquals(1, alice.all(EventNews.Notified.class).size());
        assertEquals(new SubscriptionState.Ended(Optional.empty()), now());
        lan.runFor(4000 * SECOND);
        assertEquals(1, subscribes().size());
    }

    @Test
    void aRefreshWithoutAnswerLeavesTheSubscriptionUntilItsEnd() {
        subscribe(600);
        lan.runFor(SECOND);
        lan.loss = 1;
        lan.runFor(500 * SECOND);
        assertInstanceOf(SubscriptionState.Active.class, now());
        lan.loss = 0;
        lan.runFor(120 * SECOND);
        assertInstanceOf(SubscriptionState.Active.class, now());
        assertEquals(1, subscribes().stream().map(Request::callId).distinct().count());
    }

    @Test
    void strangeNotifiesAreRefused() {
        subscribe(600);
        lan.runFor(SECOND);
        Request subscribe = last();
        Request other = subscribe.toBuilder().set(HeaderName.EVENT, "dialog").build();
        notify(other, "srv", "active", "");
        lan.runFor(SECOND);
        notifies -= 100;
        notify(subscribe, "srv", "active", "<old/>");
        lan.runFor(SECOND);
        notify(subscribe.toBuilder().set(HeaderName.CALL_ID, "another").build(), "srv", "active", "");
        lan.runFor(SECOND);
        assertEquals(List.of(200, 489, 500, 481), server.statuses());
        assertEquals(1, alice.all(EventNews.Notified.class).size());
    }

    @Test
    void aNotifyThatDoesNotSayTheStateOfItsSubscriptionIsRefused() {
        subscribe(600);
        lan.runFor(SECOND);
        notify(last(), "srv", "", "<presence/>");
        lan.runFor(SECOND);
        assertEquals(List.of(200, 400), server.statuses());
        assertEquals(1, alice.all(EventNews.Notified.class).size());
        assertInstanceOf(SubscriptionState.Active.class, now());
    }

    @Test
    void aBodyThatWasNotAskedForIsRefused() {
        alice.engine.subscriptions().subscribe(alice.account, SubscribeRequest.of(server.uri(), "presence", MediaType.TEXT_PLAIN), lan.now);
        lan.runFor(SECOND);
        assertEquals(List.of(415), server.statuses());
    }

    @Test
    @Tag("rfc3842")
    void voiceMailUnaskedIsToldAndOthersAreRefused() {
        String body = "Messages-Waiting: yes\n";
        Talk talk = new Talk(server, alice);
        talk.send("NOTIFY", 1, "", "Event: message-summary\nSubscription-State: active\nContent-Type: application/simple-message-summary\n",
            body);
        lan.runFor(SECOND);
        assertEquals("message-summary", alice.last(EventNews.Unsolicited.class).event());
        talk.send("NOTIFY", 2, "", "Event: presence\nSubscription-State: active\n", "");
        lan.runFor(SECOND);
        assertEquals(List.of(200, 481), server.statuses());
    }

    @Test
    void thereIsALimit() {
        Phone small = lan.phone("small", "10.0.0.3", EngineConfig.builder().events(new EventSettings(2, 2, 2, 30, 600, 0)).build());
        for (int i = 0; i < 3; i++) {
            small.engine.subscriptions().subscribe(small.account, SubscribeRequest.of(server.uri(), "presence", PIDF), lan.now);
        }
        lan.runFor(SECOND);
        assertEquals(List.of("There are too many subscriptions already (2)"), small.all(EventNews.SubscriptionMoved.class).stream()
            .map(EventNews.SubscriptionMoved::state).filter(SubscriptionState.Ended.class::isInstance)
            .map(ended -> ((SubscriptionState.Ended) ended).cause().orElseThrow().sentence()).toList());
    }
}
