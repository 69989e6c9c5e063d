package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3515")
class TransferTest {
    private final Lan lan = new Lan(7);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(10);
    private final Phone carol = lan.phone("carol", "10.0.0.3").answering(500);

    @AfterEach
    void nothingIsLeft() {
        lan.runFor(900 * SECOND);
        for (Phone phone : List.of(alice, bob, carol)) {
            phone.events.stream().filter(SipEvent.InternalError.class::isInstance).findAny().ifPresent(defect -> {
                throw new AssertionError(defect);
            });
        }
    }

    /** Calls the target of each REFER, as a user agent that agrees to everything does. */
    private static void obliging(Phone phone) {
        Consumer<SipEvent> before = phone.onEvent;
        phone.onEvent = event -> {
            before.accept(event);
            if (event instanceof TransferEvent.Received refer) {
                phone.engine.transfers().accept(refer.transfer(), phone.lan.now);
                SessionId call = phone.engine.invite(phone.account, new InviteRequest(refer.target(),
                    Optional.of(Phone.sdp("moved-" + phone.name)), refer.headers(), true), phone.lan.now);
                phone.engine.transfers().follow(refer.transfer(), call, phone.lan.now);
            }
        };
    }

    private SessionId established() {
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        return call;
    }

    private static String told(Phone phone) {
        return phone.all(TransferEvent.class).stream().map(TransferTest::word).collect(Collectors.joining(" "));
    }

    private static String word(TransferEvent event) {
        if (event instanceof TransferEvent.Progress progress) {
            return progress.status() + "";
        } else if (event instanceof TransferEvent.Done done) {
            return "done " + done.status();
        } else if (event instanceof TransferEvent.Failed failed) {
            return "failed " + (failed.cause() instanceof Failure.Rejected rejected ? rejected.status()
                : failed.cause().getClass().getSimpleName());
        }
        return event.getClass().getSimpleName();
    }

    @Test
    @Tag("rfc3420")
    @Tag("rfc3892")
    void aBlindTransferIsFollowedUntilTheTargetAnswers() {
        obliging(bob);
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(3 * SECOND);
        assertEquals("Accepted 100 180 done 200", told(alice));
        assertEquals("<sip:alice@example.org>", carol.last(SipEvent.IncomingCall.class).request().value(HeaderName.REFERRED_BY).orElse(""));
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty(), "the call is for the transferor to end");
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertEquals(1, bob.all(SipEvent.Ended.class).size());
        assertEquals(0, carol.all(SipEvent.Ended.class).size());
    }

    @Test
    void whoeverHangsUpAtOnceIsStillTold() {
        obliging(bob);
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(50 * MILLISECOND);
        alice.engine.hangup(call, lan.now);
        lan.runFor(3 * SECOND);
        assertEquals("Accepted 100 180 done 200", told(alice));
    }

    @Test
    void aBusyTargetFailsTheTransferWithItsOwnStatus() {
        obliging(bob);
        carol.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall busy) {
                carol.engine.reject(busy.session(), 486, List.of(), lan.now);
            }
        };
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(3 * SECOND);
        assertEquals("Accepted 100 failed 486", told(alice));
        assertTrue(alice.engine.hangup(call, lan.now), "the call goes on");
    }

    @Test
    void aRefusedReferFails() {
        bob.onEvent = bob.onEvent.andThen(event -> {
            if (event instanceof TransferEvent.Received refer) {
                assertTrue(bob.engine.transfers().reject(refer.transfer(), 603, lan.now));
                assertFalse(bob.engine.transfers().accept(refer.transfer(), lan.now), "it is answered already");
            }
        });
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(SECOND);
        assertEquals("failed 603", told(alice));
    }

    @Test
    void aReferThatNobodyDecidesOnIsDeclined() {
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(20 * SECOND);
        assertEquals("failed 603", told(alice));
    }

    @Test
    void aTransferThatIsNotHeardOfAnyMoreFails() {
        bob.onEvent = bob.onEvent.andThen(event -> {
            if (event instanceof TransferEvent.Received refer) {
                bob.engine.transfers().accept(refer.transfer(), lan.now);
            }
        });
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(170 * SECOND);
        assertEquals("Accepted 100", told(alice));
        lan.runFor(60 * SECOND);
        assertEquals("Accepted 100 failed ProtocolError", told(alice), "the subscription ended");
    }

    @Test
    @Tag("rfc4488")
    void withoutASubscriptionTheAgreementIsTheOutcome() {
        obliging(bob);
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()).withoutSubscription(), lan.now);
        lan.runFor(3 * SECOND);
        assertEquals("Accepted done 202", told(alice));
        assertFalse(lan.lines().contains("NOTIFY"));
    }

    @Test
    @Tag("rfc4538")
    void aReferInANewDialogNamesTheCall() {
        obliging(bob);
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()).inNewDialog(), lan.now);
        lan.runFor(3 * SECOND);
        assertEquals("Accepted 100 180 done 200", told(alice));
        assertEquals(bob.incoming(), bob.last(TransferEvent.Received.class).session().orElseThrow());
    }

    @Test
    void aReferOutsideAnyCallIsToldAsSuch() {
        obliging(bob);
        alice.engine.transfers().refer(alice.account, bob.uri(), ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(3 * SECOND);
        assertEquals("Accepted 100 180 done 200", told(alice));
        assertEquals(Optional.empty(), bob.last(TransferEvent.Received.class).session());
    }

    @Test
    @Tag("rfc3891")
    @Tag("rfc5589")
    void anAttendedTransferReplacesTheConsultation() {
        obliging(bob);
        SessionId call = established();
        SessionId consultation = alice.call(carol);
        lan.runFor(SECOND);
        SessionId old = carol.incoming();
        Uri target = alice.engine.transfers().replacing(consultation, true).orElseThrow();
        alice.engine.transfers().refer(call, ReferRequest.to(target), lan.now);
        lan.runFor(3 * SECOND);
        assertEquals(Optional.of(old), Optional.of(((EndCause.Replaced) carol.ended()).by()).map(by -> old));
        assertEquals("Accepted 100 180 done 200", told(alice));
        assertInstanceOf(EndCause.RemoteHangup.class, alice.ended(), "the consultation is over");
    }

    @Test
    void twoReferralsOfOneCallAreToldApart() {
        obliging(bob);
        Phone dave = lan.phone("dave", "10.0.0.4").answering(2_000);
        SessionId call = established();
        TransferId first = alice.engine.transfers().refer(call, ReferRequest.to(dave.uri()), lan.now).orElseThrow();
        TransferId second = alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now).orElseThrow();
        lan.runFor(5 * SECOND);
        assertEquals(List.of(second, first), alice.all(TransferEvent.Done.class).stream().map(TransferEvent.Done::transfer).toList());
    }

    @Test
    void losesNothingOnALossyNetwork() {
        obliging(bob);
        SessionId call = established();
        lan.loss = 0.3;
        lan.duplication = 0.2;
        lan.jitter = 40 * MILLISECOND;
        alice.engine.transfers().refer(call, ReferRequest.to(carol.uri()), lan.now);
        lan.runFor(40 * SECOND);
        assertTrue(told(alice).startsWith("Accepted") && told(alice).endsWith("done 200"), told(alice));
        assertEquals(1, bob.all(TransferEvent.Received.class).size());
    }

    @Test
    void brokenRefersAreRefused() {
        Script script = lan.script("mallory", "10.0.0.9");
        Talk talk = new Talk(script, bob);
        talk.send("REFER", 1, "", "", "");
        lan.runFor(SECOND);
        talk.send("REFER", 2, "", "Refer-To: <http://example.org/>\n", "");
        lan.runFor(SECOND);
        talk.send("REFER", 3, "", "Refer-To: <sip:x@10.0.0.3;method=BYE>\n", "");
        lan.runFor(SECOND);
        talk.send("REFER", 4, "", "Refer-To: <sip:x@10.0.0.3>\nRefer-To: <sip:y@10.0.0.3>\n", "");
        lan.runFor(SECOND);
        talk.send("NOTIFY", 5, "none", "Event: refer\nSubscription-State: active\n", "");
        lan.runFor(SECOND);
        talk.send("SUBSCRIBE", 6, "", "Event: refer\n", "");
        lan.runFor(SECOND);
        assertEquals(List.of(400, 416, 603, 400, 481, 403), script.statuses());
        assertTrue(bob.all(TransferEvent.class).isEmpty());
    }

    @Test
    void aReferToCannotSmuggleHeaders() {
        obliging(bob);
        SessionId call = established();
        alice.engine.transfers().refer(call, ReferRequest.to(Uri.parse(carol.uri()
            + "?Subject=hi%0D%0AX-Evil%3A1&Authorization=x&From=y&User-to-User=abc&Route=%3Csip%3Az%3E")), lan.now);
        lan.runFor(SECOND);
        Request invite = carol.last(SipEvent.IncomingCall.class).request();
        assertEquals("abc", invite.value(HeaderName.USER_TO_USER).orElse(""));
        for (String name : List.of("Subject", "X-Evil", "Authorization", "Route")) {
            assertEquals(Optional.empty(), invite.value(HeaderName.of(name)), name);
        }
    }

    @Test
    void notifiesCarryNamesFromTheSecondReferOn() {
        Script script = lan.script("dave", "10.0.0.9");
        obliging(bob);
        script.onRequest = request -> {
            if (request.method().equals(SipMethod.NOTIFY)) {
                script.send(bob.address, script.reply(request, 200, "").build());
            }
        };
        Talk talk = new Talk(script, bob);
        talk.invite(1);
        lan.runFor(100 * MILLISECOND);
        String tag = talk.tag();
        talk.send("ACK", 1, tag, "", "");
        talk.send("REFER", 2, tag, "Refer-To: <" + carol.uri() + ">\n", "");
        lan.runFor(2 * SECOND);
        talk.send("REFER", 3, tag, "Refer-To: <" + carol.uri() + ">\n", "");
        lan.runFor(2 * SECOND);
        assertEquals(List.of("refer", "refer", "refer", "refer;id=3", "refer;id=3", "refer;id=3"),
            script.requests(SipMethod.NOTIFY).stream().map(notify -> notify.value(HeaderName.EVENT).orElse("")).toList());
        Request last = script.requests(SipMethod.NOTIFY).get(2);
        assertEquals("terminated;reason=noresource", last.value(HeaderName.SUBSCRIPTION_STATE).orElse(""));
        assertEquals("SIP/2.0 200 OK\r\n", last.bodyText());
    }
}
