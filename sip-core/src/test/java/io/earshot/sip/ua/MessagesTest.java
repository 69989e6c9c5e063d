package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.im.Cpim;
import io.earshot.sip.im.ImContent;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3428")
class MessagesTest {
    private final Lan lan = new Lan(3428);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(10);

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
        assertTrue(bob.engine.isIdle(), bob.engine.toString());
    }

    private List<String> heard(Phone phone) {
        return phone.all(MessageEvent.Received.class).stream().map(event -> ((ImContent.Text) event.content()).text()).toList();
    }

    private Script answering(int status) {
        Script server = lan.script("server", "10.0.0.20");
        server.onRequest = request -> server.send(server.reply(request, status, "s").build());
        return server;
    }

    private MessageId send(Script to, MessageRequest message) {
        return alice.engine.messages().send(alice.account, to.uri(), message, lan.now);
    }

    @Test
    void textArrivesAndIsAnsweredWith200() {
        MessageId id = alice.engine.messages().send(alice.account, bob.uri(), MessageRequest.text("Grüß Gott"), lan.now);
        lan.runFor(SECOND);
        assertEquals(List.of("Grüß Gott"), heard(bob));
        assertEquals(200, alice.last(MessageEvent.Accepted.class).response().status());
        assertEquals(id, alice.last(MessageEvent.Accepted.class).message());
        Request sent = bob.last(MessageEvent.Received.class).request();
        assertTrue(sent.contacts().isEmpty(), "a MESSAGE has no Contact");
        assertEquals(Optional.of("UTF-8"), sent.contentType().orElseThrow().charset());
    }

    @Test
    void lossAndDuplicationAreNotSeen() {
        lan.loss = 0.3;
        lan.duplication = 0.3;
        lan.jitter = SECOND / 2;
        for (int i = 0; i < 50; i++) {
            alice.engine.messages().send(alice.account, bob.uri(), MessageRequest.text("m" + i), lan.now);
            lan.runFor(SECOND);
        }
        lan.runFor(40 * SECOND);
        assertEquals(50, heard(bob).size());
        assertEquals(50, heard(bob).stream().distinct().count());
        assertEquals(50, alice.all(MessageEvent.Accepted.class).size() + alice.all(MessageEvent.Failed.class).size());
    }

    @Test
    void theSameMessageIdIsToldOnce() {
        byte[] body = new Cpim(List.of(new Cpim.Header("NS", "imdn <" + Cpim.IMDN_NAMESPACE + ">"),
            new Cpim.Header("imdn.Message-ID", "m1")), MediaType.TEXT_PLAIN, "hi".getBytes(StandardCharsets.UTF_8)).toBytes();
        for (int i = 0; i < 3; i++) {
            alice.engine.messages().send(alice.account, bob.uri(), new MessageRequest(Cpim.TYPE, body, List.of()), lan.now);
            lan.runFor(40 * SECOND);
        }
        assertEquals(List.of("hi"), heard(bob));
        assertEquals(3, alice.all(MessageEvent.Accepted.class).size());
    }

    @Test
    void aRequestThatComesAgainAfterItsTransactionIsToldOnce() {
        alice.engine.messages().send(alice.account, bob.uri(), MessageRequest.text("late"), lan.now);
        lan.runFor(SECOND);
        byte[] again = bob.last(MessageEvent.Received.class).request().toBytes();
        lan.runFor(60 * SECOND);
        bob.engine.onReceived(new Flow("UDP", bob.address, alice.address, 0), ByteBuffer.wrap(again), lan.now);
        lan.runFor(SECOND);
        assertEquals(List.of("late"), heard(bob));
    }

    @Test
    void withinACallItBelongsToTheCall() {
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        alice.engine.messages().send(call, MessageRequest.text("in call"), lan.now);
        bob.engine.messages().send(bob.incoming(), MessageRequest.text("back"), lan.now);
        lan.runFor(SECOND);
        assertEquals(List.of("in call"), heard(bob));
        assertEquals(List.of("back"), heard(alice));
        assertEquals(Optional.of(bob.incoming()), bob.last(MessageEvent.Received.class).session());
        assertEquals(Optional.of(call), alice.last(MessageEvent.Received.class).session());
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        alice.engine.messages().send(call, MessageRequest.text("too late"), lan.now);
        lan.runFor(SECOND);
        assertEquals("The call is not established", alice.last(MessageEvent.Failed.class).cause().sentence());
    }

    @Test
    void acceptedElsewhereForLaterIsSaid() {
        send(answering(202), MessageRequest.text("store"));
        lan.runFor(SECOND);
        assertEquals(202, alice.last(MessageEvent.Accepted.class).response().status());
    }

    @Test
    void redirectionsAreFollowed() {
        Script server = lan.script("server", "10.0.0.20");
        server.onRequest = request -> server.send(server.reply(request, 302, "s").set(HeaderName.CONTACT, "<" + bob.uri() + ">").build());
        send(server, MessageRequest.text("moved"));
        lan.runFor(SECOND);
        assertEquals(List.of("moved"), heard(bob));
        assertEquals(1, alice.all(MessageEvent.Accepted.class).size());
    }

    @Test
    void refusalsAndSilenceAreFailures() {
        send(answering(480), MessageRequest.text("x"));
        lan.runFor(SECOND);
        assertEquals(480, assertInstanceOf(Failure.Rejected.class, alice.last(MessageEvent.Failed.class).cause()).status());
        Script deaf = lan.script("deaf", "10.0.0.21");
        send(deaf, MessageRequest.text("x"));
        lan.runFor(31 * SECOND);
        assertEquals(1, alice.all(MessageEvent.Failed.class).size());
        lan.runFor(2 * SECOND);
        assertInstanceOf(Failure.TimedOut.class, alice.last(MessageEvent.Failed.class).cause());
    }

    @Test
    void whatCannotBeTakenIsRefusedAndNotTold() {
        refused(new MessageRequest(MediaType.of("image", "png"), new byte[] {1}, List.of()), 415);
        refused(new MessageRequest(Cpim.TYPE, new byte[] {1}, List.of()), 400);
        refused(new MessageRequest(MediaType.TEXT_PLAIN, new byte[Messages.MOST_BYTES - 4_000], List.of()), 200);
        bob.engine.messages().accepting(false);
        refused(MessageRequest.text("x"), 403);
    }

    private void refused(MessageRequest message, int status) {
        bob.events.clear();
        alice.events.clear();
        alice.engine.messages().send(alice.account, bob.uri(), message, lan.now);
        lan.runFor(SECOND);
        if (status == 200) {
            assertEquals(1, heard(bob).size());
        } else {
            assertEquals(List.of(), heard(bob));
            assertEquals(status, ((Failure.Rejected) alice.last(MessageEvent.Failed.class).cause()).status());
        }
    }

    @Test
    void aFloodIsPutOff() {
        for (int i = 0; i < 2 * Messages.MOST_PER_SECOND; i++) {
            alice.engine.messages().send(alice.account, bob.uri(), MessageRequest.text("m" + i), lan.now);
        }
        lan.runFor(SECOND / 2);
        assertEquals(Messages.MOST_PER_SECOND, heard(bob).size());
        Failure.Rejected busy = (Failure.Rejected) alice.last(MessageEvent.Failed.class).cause();
        assertTrue(busy.status() == 503 && busy.retryAfter().isPresent());
        lan.runFor(SECOND);
        bob.engine.messages().accepting(true);
        lan.runFor(120 * SECOND);
    }

    @Test
    void anUnknownAccountFails() {
        alice.engine.messages().send(new AccountId(99), bob.uri(), MessageRequest.text("x"), lan.now);
        assertEquals(0, bob.sentDatagrams);
        lan.runFor(SECOND);
        assertEquals("There is no such account: account-99", alice.last(MessageEvent.Failed.class).cause().sentence());
        assertTrue(alice.engine.options(alice.account, bob.uri(), lan.now).value() > 0);
        lan.runFor(SECOND);
        assertTrue(alice.last(SipEvent.OptionsAnswered.class).response().tokens(HeaderName.ALLOW)
            .containsAll(List.of(SipMethod.MESSAGE.name(), SipMethod.INFO.name())));
    }
}
