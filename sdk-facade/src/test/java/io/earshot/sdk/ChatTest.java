package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.DtmfMethod;
import io.earshot.api.DtmfOptions;
import io.earshot.api.Failure;
import io.earshot.api.Phone;
import io.earshot.api.PeerCapabilities;
import io.earshot.api.VoipException;
import io.earshot.api.chat.MessageEvent;
import io.earshot.api.chat.MessageOutcome;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.chat.OutgoingMessage.Offline;
import io.earshot.api.chat.OutgoingMessage.Report;
import io.earshot.api.chat.ReceivedMessage;
import io.earshot.api.raw.SipRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("rfc3428")
class ChatTest {
    private static BlockingQueue<MessageEvent> events(Account account) {
        BlockingQueue<MessageEvent> events = new LinkedBlockingQueue<>();
        account.messages().onEvent(events::add);
        return events;
    }

    private static <E extends MessageEvent> E await(Class<E> type, BlockingQueue<MessageEvent> events) throws InterruptedException {
        while (true) {
            MessageEvent event = Rig.take(events);
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private static MessageOutcome sent(Account from, String to, OutgoingMessage message) throws Exception {
        return from.messages().sendAsync(to, message).get(10, TimeUnit.SECONDS);
    }

    @Test
    void textGoesBothWays() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            Account bob = rig.registered("bob");
            BlockingQueue<MessageEvent> atBob = events(bob);
            BlockingQueue<MessageEvent> atAlice = events(alice);
            assertEquals(MessageOutcome.Kind.ACCEPTED, alice.messages().send("bob", "Grüß Gott").kind());
            ReceivedMessage got = await(MessageEvent.Received.class, atBob).message();
            assertEquals(List.of("Grüß Gott", "text/plain"), List.of(got.text(), got.contentType()));
            assertTrue(got.peer().startsWith("sip:alice@"), got.peer());
            bob.messages().send(got.peer(), "servus");
            assertEquals("servus", await(MessageEvent.Received.class, atAlice).message().text());
            OutgoingMessage long1 = OutgoingMessage.of("z".repeat(1_100)).withHeader("X-Mark", "m");
            assertEquals(200, sent(alice, "bob", long1).status());
            assertEquals("m", await(MessageEvent.Received.class, atBob).message().headers().get("X-Mark"));
        }
    }

    @Test
    @Tag("rfc5438")
    void theSenderIsToldOfDeliveryAndDisplay() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            Account bob = rig.registered("bob");
            BlockingQueue<MessageEvent> atAlice = events(alice);
            BlockingQueue<MessageEvent> atBob = events(bob);
            String id = sent(alice, "bob", OutgoingMessage.of("hi").withReports(Report.DELIVERED, Report.DISPLAYED)).id();
            ReceivedMessage got = await(MessageEvent.Received.class, atBob).message();
            assertEquals(id, got.id());
            assertEquals(id, await(MessageEvent.Delivered.class, atAlice).id());
            bob.messages().displayed(got);
            assertEquals(id, await(MessageEvent.Displayed.class, atAlice).id());
        }
    }

    /** Bob's program listens to nothing, so that the message is taken and lost. */
    @Test
    @Tag("rfc5438")
    void theSenderIsToldWhenNobodyListensForAMessage() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            rig.registered("bob");
            BlockingQueue<MessageEvent> atAlice = events(alice);
            String id = sent(alice, "bob", OutgoingMessage.of("hi").withReports(Report.DELIVERED, Report.FAILED)).id();
            MessageEvent.Undelivered lost = await(MessageEvent.Undelivered.class, atAlice);
            assertEquals(id + " failed", lost.id() + " " + lost.status());
            assertTrue(atAlice.stream().noneMatch(MessageEvent.Delivered.class::isInstance), atAlice::toString);
        }
    }

    /** A server in between may have accepted the message already, so that its refusal reaches nobody. */
    @Test
    @Tag("rfc5438")
    void theSenderIsToldOfContentThatCannotBeRead() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            BlockingQueue<MessageEvent> atBob = events(rig.registered("bob"));
            BlockingQueue<MessageEvent> atAlice = events(alice);
            String envelope = "From: <sip:a@x>\r\nTo: <sip:b@x>\r\nDateTime: 2026-01-02T03:04:05Z\r\nNS: imdn <urn:ietf:params:imdn>\r\n"
                    + "imdn.Message-ID: m1\r\nimdn.Disposition-Notification: positive-delivery, negative-delivery\r\n\r\n"
                    + "Content-Type: image/png\r\n\r\nPNG";
            assertEquals(415, phone.raw().send(alice, "bob", SipRequest.of("MESSAGE").withBody("message/cpim", envelope)).get().status());
            assertEquals("m1", await(MessageEvent.Undelivered.class, atAlice).id());
            assertTrue(atBob.isEmpty());
        }
    }

    /** What is not about delivery is not told as such. */
    @Test
    @Tag("rfc5438")
    void refusalsToSayWhetherAMessageWasReadAreNoDelivery() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            BlockingQueue<MessageEvent> atBob = events(rig.registered("bob"));
            for (String status : List.of("<display-notification><status><forbidden/></status></display-notification>",
                    "<processing-notification><status><stored/></status></processing-notification>",
                    "<delivery-notification><status><error/></status></delivery-notification>")) {
                String imdn = "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>m2</message-id><datetime/>" + status + "</imdn>";
                SipRequest report = SipRequest.of("MESSAGE").withBody("message/imdn+xml", imdn);
                assertEquals(200, phone.raw().send(alice, "bob", report).get().status());
            }
            assertEquals("m2 error", Rig.take(atBob) instanceof MessageEvent.Undelivered first ? first.id() + " " + first.status() : "");
        }
    }

    @Test
    @Tag("rfc3994")
    void writingIsToldAndEndsWithTheMessage() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            BlockingQueue<MessageEvent> atBob = events(rig.registered("bob"));
            alice.messages().typing("bob");
            alice.messages().typing("bob");
            assertTrue(await(MessageEvent.Composing.class, atBob).active());
            alice.messages().send("bob", "done");
            assertEquals(List.of(false, "done"), List.of(((MessageEvent.Composing) Rig.take(atBob)).active(),
                    ((MessageEvent.Received) Rig.take(atBob)).message().text()));
            alice.messages().typing("bob");
            assertTrue(await(MessageEvent.Composing.class, atBob).active());
            alice.messages().stoppedTyping("bob");
            assertTrue(!await(MessageEvent.Composing.class, atBob).active());
        }
    }

    @Test
    void whoIsAwayGetsItLaterInOrder() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            BlockingQueue<MessageEvent> atAlice = events(alice);
            assertEquals(MessageOutcome.Kind.QUEUED, alice.messages().send("bob", "one").kind());
            assertEquals(MessageOutcome.Kind.QUEUED, alice.messages().send("bob", "two").kind());
            assertEquals(List.of("one", "two"), alice.messages().queued().stream().map(queued -> queued.text()).toList());
            Failure refused = Rig.failure(() -> {
                try {
                    alice.messages().sendAsync("bob", OutgoingMessage.of("now or never").withOffline(Offline.NEVER)).join();
                } catch (CompletionException wrapped) {
                    throw wrapped.getCause();
                }
            });
            assertTrue(refused.sipStatus().isPresent(), refused.toString());
            BlockingQueue<MessageEvent> atBob = events(rig.registered("bob"));
            alice.register();
            assertEquals("one", await(MessageEvent.Received.class, atBob).message().text());
            assertEquals("two", await(MessageEvent.Received.class, atBob).message().text());
            await(MessageEvent.Sent.class, atAlice);
            await(MessageEvent.Sent.class, atAlice);
            assertEquals(List.of(), alice.messages().queued());
        }
    }

    @Test
    void whatWaitsSurvivesTheProgram(@TempDir Path folder) throws Exception {
        try (Rig rig = Rig.start()) {
            try (Phone first = Rig.builder().dataFolder(folder).open()) {
                Account alice = first.register(rig.config("alice"));
                OutgoingMessage always = OutgoingMessage.of("kept").withOffline(Offline.ALWAYS);
                assertEquals(MessageOutcome.Kind.QUEUED, sent(alice, "bob", always).kind());
                String withdrawn = sent(alice, "bob", OutgoingMessage.of("not this")).id();
                assertTrue(alice.messages().withdraw(withdrawn));
                VoipException taken = org.junit.jupiter.api.Assertions.assertThrows(VoipException.class,
                        () -> Rig.builder().dataFolder(folder).open());
                assertEquals("The data folder " + folder + " cannot be used: " + folder.resolve("messages.journal")
                        + " is in use by another phone; choose another with dataFolder(path).", taken.getMessage());
            }
            BlockingQueue<MessageEvent> atBob = events(rig.registered("bob"));
            Account again = rig.keep(Rig.builder().dataFolder(folder).open()).register(rig.config("alice"));
            assertEquals("kept", await(MessageEvent.Received.class, atBob).message().text());
            again.messages().send("bob", "fresh");
            assertEquals("fresh", await(MessageEvent.Received.class, atBob).message().text());
            assertEquals(List.of(), again.messages().queued());
        }
    }

    @Test
    @Tag("rfc6086")
    void keysInfoAndTextGoWithinACall() throws Exception {
        try (Rig rig = Rig.start()) {
            Account bob = rig.registered("bob");
            BlockingQueue<MessageEvent> atBob = events(bob);
            Rig.Talk talk = Rig.talk(rig.registered("alice"), bob);
            Call caller = talk.caller();
            DtmfOptions fast = DtmfOptions.DEFAULT.withTimes(Duration.ofMillis(40), Duration.ZERO);
            caller.signals().sendDtmf("1#", fast.withMethod(DtmfMethod.INFO_RELAY)).get(10, TimeUnit.SECONDS);
            caller.signals().sendDtmf("a", fast.withMethod(DtmfMethod.INFO)).get(10, TimeUnit.SECONDS);
            caller.signals().sendInfo("application/json", "{\"a\":1}").get(10, TimeUnit.SECONDS);
            caller.messages().send("in call").get(10, TimeUnit.SECONDS);
            ReceivedMessage got = await(MessageEvent.Received.class, atBob).message();
            assertEquals(talk.callee().id(), got.call().orElseThrow());
            caller.hangup();
            StringBuilder keys = new StringBuilder();
            for (CallEvent event : talk.callee().events()) {
                if (event instanceof CallEvent.Dtmf key) {
                    keys.append(key.key()).append(key.method() == DtmfMethod.INFO ? "i" : "r").append(key.duration().toMillis())
                            .append(' ');
                } else if (event instanceof CallEvent.Info info) {
                    keys.append(info.contentType()).append(info.body());
                }
            }
            assertEquals("1r40 #r40 Ai160 application/json{\"a\":1}", keys.toString());
            caller.awaitEnd();
            assertTrue(Rig.failure(() -> {
                try {
                    caller.signals().sendDtmf("1").join();
                } catch (CompletionException wrapped) {
                    throw wrapped.getCause();
                }
            }).sentence().startsWith("Keys and INFO go to the peer of a call only while the call is established; this one is ended."));
        }
    }

    @Test
    void capabilitiesAreAskedFor() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            rig.registered("bob");
            PeerCapabilities bob = alice.options().ask("bob").get(10, TimeUnit.SECONDS);
            assertEquals(200, bob.status());
            assertTrue(bob.methods().containsAll(List.of("INVITE", "MESSAGE", "INFO", "OPTIONS")), bob.toString());
            assertTrue(bob.bodies().contains("message/cpim"), bob.toString());
            assertTrue(bob.program().startsWith("Earshot") && !bob.latency().isNegative(), bob.toString());
        }
    }

    @Test
    void toSeveralEachHasItsOutcome() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            BlockingQueue<MessageEvent> atBob = events(rig.registered("bob"));
            var outcomes = alice.messages().sendAll(List.of("bob", "carol"), OutgoingMessage.of("all"));
            assertEquals(MessageOutcome.Kind.ACCEPTED, outcomes.get("bob").get(10, TimeUnit.SECONDS).kind());
            assertEquals(MessageOutcome.Kind.QUEUED, outcomes.get("carol").get(10, TimeUnit.SECONDS).kind());
            assertEquals("all", await(MessageEvent.Received.class, atBob).message().text());
        }
    }
}
