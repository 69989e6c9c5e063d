package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.TransferRules;
import io.earshot.api.calls.CallDetails;
import io.earshot.sdk.WirePeer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webphone.webphone;

/** Behaviours of calls, keys and transfers; their numbers are those of docs/behaviours.md. */
@Timeout(40)
class BehaviourCallTest {
    private static String sdp(int port) {
        return "v=0\r\no=- " + port + " 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port
                + " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    }

    private static webphone phone(WirePeer peer, String... parameters) {
        webphone phone = new webphone(new String[] {"serveraddress=" + peer.address(), "username=alice", "register=0",
            "localip=127.0.0.1", "waitforunregister=50", "loglevel=1"});
        for (String parameter : parameters) {
            assertTrue(phone.API_SetParameters(parameter), parameter);
        }
        assertTrue(phone.API_Start());
        return phone;
    }

    private static String await(webphone phone, String text) {
        StringBuilder told = new StringBuilder();
        while (told.indexOf(text) < 0) {
            String more = phone.API_GetNotificationsSync();
            assertFalse(more.isEmpty(), () -> "no " + text + " in " + told);
            told.append(more).append('\n');
        }
        return told.toString().lines().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Warning: 399 pbx.example \"Line is out of order\" | 486 Line is out of order",
        "Reason: Q.850;cause=21;text=\"No credit left\" | 486 No credit left",
        "Warning: nonsense | 486 Engaged", "X-Nothing: at all | 486 Engaged"})
    void b077WhatThePeerWarnsOfGoesBeforeItsResponseLine(String header, String reason) throws Exception {
        try (WirePeer peer = new WirePeer()) {
            webphone alice = phone(peer);
            assertTrue(alice.API_Call(-1, "bob"));
            peer.answer(peer.request("INVITE"), "486 Engaged", "b", header.strip() + "\r\n", "");
            assertTrue(await(alice, "WPNOTIFICATION,CDR,").contains("," + reason.strip() + ","), alice::API_GetNotifications);
            alice.phone().close();
        }
    }

    @Test
    void b077WhatWeKnowOurselvesGoesBeforeThat() {
        CallRecord record = new CallRecord(1, "id", Call.Direction.OUTGOING, "sip:a@x", "sip:b@x", Instant.EPOCH, Duration.ZERO,
                Duration.ZERO, CallEvent.Side.REMOTE, 486, "", Optional.empty());
        CallEvent.Ended ended = new CallEvent.Ended(new CallEvent.Header(1, 1, Instant.EPOCH), CallEvent.Side.REMOTE,
                Optional.of(new Failure.Busy(486, "Engaged")), record);
        assertEquals("486 rejected", ReasonText.of(ended, "rejected", "told"));
        assertEquals("486 told", ReasonText.of(ended, "", "told"));
        assertEquals("", ReasonText.told(CallDetails.NONE));
    }

    @Test
    void b096AnInfoThatIsNeverAnsweredFallsBackToEvents() throws Exception {
        try (WirePeer peer = new WirePeer(); DatagramSocket sound = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            webphone alice = phone(peer, "dtmfmode=1", "timer=1");
            assertTrue(alice.API_Call(-1, "bob"));
            peer.answer(peer.request("INVITE"), "200 OK", "b", "Allow: INVITE, ACK, BYE, INFO\r\n", sdp(sound.getLocalPort()));
            await(alice, "Speaking (0 sec)");
            assertTrue(alice.API_Dtmf(-1, "5"));
            assertTrue(peer.request("INFO").contains("Signal=5"));
            assertTrue(await(alice, "INFO,WARNING,").contains("failback to rfc2833"));
            assertEquals(5, event(sound));
            await(alice, "INFO,OK,");
            alice.phone().close();
        }
    }

    private static DatagramPacket receive(DatagramSocket sound) throws Exception {
        sound.setSoTimeout(10_000);
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        sound.receive(packet);
        return packet;
    }

    /** Waits for a telephone event and returns its key. */
    private static int event(DatagramSocket sound) throws Exception {
        for (int packets = 0; packets < 500; packets++) {
            byte[] bytes = receive(sound).getData();
            if ((bytes[1] & 0x7F) == 101) {
                return bytes[12];
            }
        }
        throw new AssertionError("no telephone event came");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true"})
    void b097KeysBeforeTheAnswerGoWhereSoundFlowsAndTheParameterLetsThem(int mode, boolean sent) throws Exception {
        try (WirePeer peer = new WirePeer(); DatagramSocket sound = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            webphone alice = phone(peer, "sendearlydtmf=" + mode, "earlymedia=6");
            assertTrue(alice.API_Call(-1, "bob"));
            peer.answer(peer.request("INVITE"), "183 Session Progress", "b", "", sdp(sound.getLocalPort()));
            for (int length = 0; length < 100; ) {
                length = receive(sound).getLength(); // the first sound
            }
            assertTrue(alice.API_Dtmf(-1, "7"));
            if (sent) {
                assertEquals(7, event(sound));
                await(alice, "INFO,OK,");
            } else {
                await(alice, "INFO,ERROR,");
            }
            alice.phone().close();
        }
    }

    private static Call talk(WebphoneRig rig) throws InterruptedException {
        assertTrue(rig.alice.API_Call(1, "bob"));
        Call bobs = rig.ringing().answer();
        rig.until("Speaking (0 sec)");
        return bobs;
    }

    @ParameterizedTest
    @CsvSource({"-1", "3"})
    void b105TheFirstCallIsHeldOnceTheConsultationRings(int mode) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("transfertype=5", "holdontransfer=" + mode, "transferdelay=0").started()) {
            rig.peer("bob");
            rig.peer("carol");
            talk(rig);
            assertTrue(rig.alice.API_Transfer(1, "carol"));
            IncomingCall carols = rig.ringing();
            rig.until("STATUS,1,Hold");
            assertEquals(Call.State.RINGING, carols.call().state(), "before it is answered");
            carols.answer();
            rig.until("Speaking (0 sec)");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "-1, true"})
    void b116OurCallEndsAfterATransferByThePeerAsTheParameterSays(int mode, boolean ends) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("disconincomingrefer=" + mode).started()) {
            Account bob = rig.peer("bob");
            rig.peer("carol");
            Call bobs = talk(rig);
            bobs.transfer("carol", io.earshot.api.TransferOptions.DEFAULT.withoutHold()
                    .withEnding(io.earshot.api.TransferOptions.Ending.NEVER));
            rig.ringing().answer();
            rig.until("STATUS,2,Speaking");
            if (ends) {
                rig.until("STATUS,1,Finished");
                bobs.awaitEnd();
            } else {
                // Keys come in order behind whatever a hangup would have sent.
                bobs.signals().sendDtmf("1").get(20, java.util.concurrent.TimeUnit.SECONDS);
                rig.until("DTMF,1,1");
                assertEquals(Call.State.ESTABLISHED, bobs.state());
            }
            assertTrue(bob.state() instanceof io.earshot.api.RegistrationState.Registered);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, false", "3, true"})
    void b117OurCallEndsAfterATransferOfOursAsTheParameterSays(int mode, boolean ends) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("transfertype=6", "transferdelay=0", "discontransfer=" + mode).started()) {
            Account bob = rig.peer("bob");
            bob.transferRules(TransferRules.DEFAULT.withEnding(TransferRules.Ending.NEVER));
            rig.peer("carol");
            Call bobs = talk(rig);
            assertTrue(rig.alice.API_Transfer(1, "carol"));
            rig.ringing().answer();
            rig.until("transfer done: 200");
            if (ends) {
                bobs.awaitEnd();
            } else {
                bobs.signals().sendDtmf("1").get(20, java.util.concurrent.TimeUnit.SECONDS);
                rig.until("DTMF,1,1");
                assertEquals(Call.State.ESTABLISHED, bobs.state());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "2, true", "3, true"})
    void b117OurCallEndsWhereNobodyTellsWhatBecameOfTheTransferAsTheParameterSays(int mode, boolean ends) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("transfertype=6", "discontransfer=" + mode).started()) {
            rig.peer("bob");
            Call bobs = talk(rig);
            Call ours = rig.alice.phone().parts().lines().find(1).orElseThrow().call();
            rig.alice.phone().parts().transfers().onRefused(ours, new io.earshot.api.VoipException(new Failure.TimedOut("Nobody told.")));
            if (ends) {
                bobs.awaitEnd();
            } else {
                assertEquals(Call.State.ESTABLISHED, ours.state());
            }
        }
    }

    @Test
    void b144TheNameAnonymousAsksTheServerToHideOurNumber() throws Exception {
        try (WirePeer peer = new WirePeer()) {
            webphone alice = phone(peer, "displayname=Anonymous");
            assertTrue(alice.API_Call(-1, "bob"));
            String invite = peer.request("INVITE");
            assertTrue(invite.contains("\r\nPrivacy: id\r\n") && invite.contains("From: \"Anonymous\" <sip:alice@"), invite);
            peer.answer(invite, "486 Busy Here", "b", "", "");
            peer.request("ACK");
            assertTrue(alice.API_SetParameter("displayname", "Alice"));
            assertTrue(alice.API_Call(-1, "carol"));
            assertFalse(peer.request("INVITE").contains("Privacy:"));
            alice.phone().close();
        }
    }

    /** A phone without ENUM of its own has its server find whom a telephone number leads to. */
    @Test
    @Tag("rfc3824")
    void b233NumbersAreForTheServerToResolve() throws Exception {
        try (WirePeer peer = new WirePeer()) {
            webphone alice = phone(peer);
            assertTrue(alice.API_Call(-1, "+44 (20) 7946-0123"));
            String invite = peer.request("INVITE");
            assertTrue(invite.startsWith("INVITE sip:+442079460123@" + peer.address() + " SIP/2.0\r\n"), invite);
            alice.phone().close();
        }
    }

    @ParameterizedTest
    @CsvSource({"PT7S, false", "PT7.001S, true", "PT8S, true"})
    void b160OnlyCallsOfMoreThanSevenSecondsHaveTheirCountersTold(Duration length, boolean told) throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            rig.peer("bob");
            talk(rig);
            CallRecord record = new CallRecord(1, "id", Call.Direction.OUTGOING, "sip:a@x", "sip:b@x", Instant.EPOCH, Duration.ZERO,
                    length, CallEvent.Side.LOCAL, 200, "", Optional.empty());
            rig.alice.phone().parts().lines().find(1).orElseThrow().on(new CallEvent.Ended(new CallEvent.Header(1, 1, Instant.EPOCH),
                    CallEvent.Side.LOCAL, Optional.empty(), record));
            rig.until("STATUS,1,Finished");
            assertEquals(told, rig.told().stream().anyMatch(line -> line.startsWith("EVENT,EVENT,rtp stat: ")), rig.told()::toString);
        }
    }

    @Test
    void b226ProgramsKeepWhatTheyWantWithACall() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            rig.peer("bob");
            Account carol = rig.peer("carol");
            Call call = carol.dial("bob");
            assertEquals(Optional.empty(), call.attachment());
            call.attach(Map.of("customer", 4711));
            assertEquals(Optional.of(Map.of("customer", 4711)), call.attachment());
            call.attach("another");
            rig.ringing().answer();
            assertEquals(Optional.of("another"), call.awaitAnswer().attachment());
        }
    }
}
