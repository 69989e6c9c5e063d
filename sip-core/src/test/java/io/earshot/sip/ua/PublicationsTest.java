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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3903")
class PublicationsTest {
    private static final MediaType PIDF = MediaType.of("application", "pidf+xml");

    private final Lan lan = new Lan(10);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Script server = lan.script("server", "10.0.0.20");
    private int status = 200;
    private int tags;
    private String known = "";

    PublicationsTest() {
        server.onRequest = request -> {
            if (request.method().equals(SipMethod.PUBLISH)) {
                Optional<String> match = request.value(HeaderName.SIP_IF_MATCH);
                boolean lost = match.isPresent() && !match.get().equals(known);
                known = lost ? known : "tag" + ++tags;
                server.send(server.reply(request, lost ? 412 : status, "p").set(HeaderName.SIP_ETAG, known)
                    .set(HeaderName.EXPIRES, request.value(HeaderName.EXPIRES).orElseThrow()).set(HeaderName.MIN_EXPIRES, "900").build());
            }
        };
    }

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
    }

    private PublicationId publish(String text) {
        return alice.engine.publications().publish(alice.account, "presence", server.uri(), 600, body(text), lan.now);
    }

    private static EventBody body(String text) {
        return new EventBody(PIDF, text);
    }

    /** The publications as the server saw them: the tag each names, its life and its body. */
    private List<String> seen() {
        return server.requests(SipMethod.PUBLISH).stream().map(request -> request.value(HeaderName.SIP_IF_MATCH).orElse("-") + " "
            + request.value(HeaderName.EXPIRES).orElseThrow() + " " + request.bodyText()).toList();
    }

    private PublicationState state() {
        return alice.last(EventNews.PublicationMoved.class).state();
    }

    @Test
    void publishesModifiesRefreshesAndRemoves() {
        PublicationId id = publish("a");
        lan.runFor(SECOND);
        assertEquals(new PublicationState.Published(600), state());
        alice.engine.publications().modify(id, body("b"), lan.now);
        lan.runFor(SECOND);
        alice.engine.publications().modify(id, body("b"), lan.now);
        lan.runFor(595 * SECOND);
        alice.engine.publications().remove(id, lan.now);
        lan.runFor(SECOND);
        assertEquals(new PublicationState.Ended(Optional.empty()), state());
        List<String> seen = seen();
        assertEquals(List.of("- 600 a", "tag1 600 b", "tag2 600 "), seen.subList(0, 3));
        assertEquals("tag" + (seen.size() - 1) + " 0 ", seen.get(seen.size() - 1));
        assertFalse(alice.engine.publications().modify(id, body("c"), lan.now));
        Request first = server.requests(SipMethod.PUBLISH).get(0);
        assertEquals("presence", first.value(HeaderName.EVENT).orElseThrow());
        assertEquals(List.of(), first.contacts());
    }

    @Test
    void ofChangesWhileOneIsOnItsWayTheLastIsPublished() {
        PublicationId id = publish("a");
        for (String text : List.of("b", "c", "d")) {
            alice.engine.publications().modify(id, body(text), lan.now);
        }
        lan.runFor(SECOND);
        assertEquals(List.of("- 600 a", "tag1 600 d"), seen());
    }

    @Test
    void aServerThatForgotIsToldAll() {
        publish("a");
        lan.runFor(SECOND);
        known = "restarted";
        lan.runFor(599 * SECOND);
        assertEquals(List.of("- 600 a", "tag1 600 ", "- 600 a"), seen().subList(0, 3));
        assertEquals(new PublicationState.Published(600), state());
    }

    @Test
    void asksForMoreWhenItWasTooBrief() {
        status = 423;
        publish("a");
        lan.after(SECOND / 1000, () -> status = 423);
        lan.runFor(SECOND / 100);
        status = 200;
        lan.runFor(SECOND);
        assertEquals("- 900 a", seen().get(1));
        assertEquals(new PublicationState.Published(900), state());
    }

    @Test
    void aServerWithoutPublishIsLeftAlone() {
        status = 405;
        publish("a");
        lan.runFor(5000 * SECOND);
        assertEquals(1, seen().size());
        assertTrue(assertInstanceOf(PublicationState.Ended.class, state()).cause().isPresent());
    }

    @Test
    void otherFailuresAreTriedAgain() {
        status = 500;
        PublicationId id = publish("a");
        lan.runFor(SECOND);
        assertInstanceOf(PublicationState.Waiting.class, state());
        status = 200;
        lan.runFor(40 * SECOND);
        assertEquals(new PublicationState.Published(600), state());
        alice.engine.publications().remove(id, lan.now);
        lan.runFor(SECOND);
    }
}
