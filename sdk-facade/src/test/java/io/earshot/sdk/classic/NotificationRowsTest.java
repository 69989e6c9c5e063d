package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallEvent.Side;
import io.earshot.api.CallQuality;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.chat.MessageEvent;
import io.earshot.api.presence.Availability;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.Mailbox;
import io.earshot.api.presence.PresenceStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of notifications that no other test comes by. */
@Timeout(40)
class NotificationRowsTest {
    private final List<String> told = new ArrayList<>();

    private ClassicPhone phone(String... parameters) {
        return new ClassicPhone(ClassicParameters.parse(List.of(parameters)).parameters(), one ->
                told.add(one.line().replace("WPNOTIFICATION,", "").replace(",NEOL", "")));
    }

    @Test
    @Proves({"registration-text/No network", "registration-text/Connection lost", "registration-text/Server lost",
        "registration-text/Server address unreachable", "registration-text/No response from server", "registration-text/Rejected by server",
        "registration-text/Register rejected",
        "status-global/Server address unreachable", "registration-text/Register expired", "registration-text/Register failed"})
    void aFailedRegistrationHasTheTextOfItsCause() {
        Failure silent = new Failure.TimedOut("x");
        Failure away = new Failure.Unreachable("x");
        assertEquals("No network", ReasonText.ofRegistration(away, true, false));
        assertEquals("Connection lost", ReasonText.ofRegistration(away, true, true));
        assertEquals("Server address unreachable", ReasonText.ofRegistration(away, false, true));
        assertEquals("Server lost", ReasonText.ofRegistration(silent, true, true));
        assertEquals("No response from server", ReasonText.ofRegistration(silent, false, true));
        assertEquals("Rejected by server", ReasonText.ofRegistration(new Failure.Declined(403, "x")));
        assertEquals("Register rejected", ReasonText.ofRegistration(new Failure.Rejected(500, "x", Optional.empty())));
        assertEquals("Register expired", ReasonText.ofRegistration(new Failure.Rejected(423, "x", Optional.empty())));
        assertEquals("Register failed", ReasonText.ofRegistration(new Failure.LocalResource("x")));
    }

    private static CallEvent.Ended ended(Side by, int status, Call.Direction direction, Failure failure) {
        CallRecord record = new CallRecord(1, "id", direction, "sip:a@x", "sip:b@x", Instant.EPOCH, Duration.ZERO, Duration.ZERO, by,
                status, "", Optional.empty());
        return new CallEvent.Ended(new CallEvent.Header(1, 1, Instant.EPOCH), by, Optional.ofNullable(failure), record);
    }

    @Test
    @Proves({"disconnect-reason/cancel received", "disconnect-reason/authentication failed", "disconnect-reason/no response",
        "disconnect-reason/ring timeout", "disconnect-reason/endpoint timeout", "disconnect-reason/max speech time expired",
        "disconnect-reason/not acked connection expired", "disconnect-reason/cannot start media", "disconnect-reason/failed media",
        "disconnect-reason/call rejected by peer", "disconnect-reason/rejected by the peer", "disconnect-reason/(remote text)",
        "disconnect-reason/media timeout", "disconnect-reason/not encrypted", "disconnect-reason/srtp fail",
        "disconnect-reason/srtp init fail"})
    void theReasonOfTheEndOfACallIsTold() {
        Call.Direction out = Call.Direction.OUTGOING;
        Call.Direction in = Call.Direction.INCOMING;
        assertEquals("CANCEL cancel received", ReasonText.of(ended(Side.REMOTE, 487, in, new Failure.Cancelled("x")), ""));
        assertEquals("401 authentication failed", ReasonText.of(ended(Side.REMOTE, 401, out, new Failure.AuthenticationFailed("a", "r", 401,
                "x")), ""));
        assertEquals("-1 no response", ReasonText.of(ended(Side.NETWORK, 0, out, new Failure.TimedOut("x")), ""));
        assertEquals("CANCEL ring timeout", ReasonText.of(ended(Side.LOCAL, 0, out, new Failure.TimedOut("x")), ""));
        assertEquals("480 ring timeout", ReasonText.of(ended(Side.LOCAL, 480, in, new Failure.TimedOut("x")), ""));
        assertEquals("-1 endpoint timeout", ReasonText.of(ended(Side.NETWORK, 200, out, new Failure.TimedOut("x")), ""));
        assertEquals("BYE max speech time expired",
                ReasonText.of(ended(Side.LOCAL, 200, out, new Failure.TimedOut("its longest time")), ""));
        assertEquals("BYE media timeout",
                ReasonText.of(ended(Side.LOCAL, 200, out, new Failure.MediaLost(Duration.ofSeconds(150), false)), ""));
        assertEquals("-1 not acked connection expired", ReasonText.of(ended(Side.LOCAL, 200, in, new Failure.TimedOut("no ACK")), ""));
        assertEquals("488 cannot start media", ReasonText.of(ended(Side.REMOTE, 488, out, new Failure.MediaRefused(488, "x")), ""));
        assertEquals("BYE failed media", ReasonText.of(ended(Side.REMOTE, 200, out, new Failure.MediaRefused(488, "x")), ""));
        Failure clear = new Failure.NotEncrypted(488, "x");
        assertEquals("488 not encrypted", ReasonText.of(ended(Side.REMOTE, 488, in, clear), ""));
        assertEquals("-1 srtp init fail",
                ReasonText.of(ended(Side.LOCAL, 0, in, new Failure.NoProvider("media encryption", "SDES", "io.earshot:media-srtp")), ""));
        assertEquals("BYE srtp fail", ReasonText.of(ended(Side.LOCAL, 200, out, clear), ""));
        assertEquals("603 call rejected by peer", ReasonText.of(ended(Side.REMOTE, 603, out, new Failure.Declined(603, "")), ""));
        assertEquals("486 rejected by the peer", ReasonText.of(ended(Side.REMOTE, 486, out, new Failure.Busy(486, "")), ""));
        assertEquals("486 In a meeting", ReasonText.of(ended(Side.REMOTE, 486, out, new Failure.Busy(486, "In a meeting")), ""));
    }

    @Test
    @Proves({"disconnect-reason/forwardalways", "disconnect-reason/transferalways", "disconnect-reason/forwardonbusy",
        "disconnect-reason/autoignore", "disconnect-reason/rejectbusy", "disconnect-reason/rejectonphonebusy", "disconnect-reason/ignored",
        "disconnect-reason/autoreject"})
    void aRuleThatDealsWithACallIsItsReason() {
        assertEquals("forwardalways", ReasonText.ofRule("Every call is forwarded."));
        assertEquals("transferalways", ReasonText.ofRule("Every call is transferred."));
        assertEquals("forwardonbusy", ReasonText.ofRule("Calls are forwarded while another is under way."));
        assertEquals("autoignore", ReasonText.ofRule("A rewrite rule ignores bob."));
        assertEquals("rejectbusy", ReasonText.ofRule("Another call is under way."));
        assertEquals("rejectonphonebusy", ReasonText.ofRule("There are 2 calls already, the most is 2."));
        assertEquals("ignored", ReasonText.ofRule("Calls are not wanted now."));
        assertEquals("autoreject", ReasonText.ofRule("eve is on the black list."));
    }

    @Test
    @Proves({"disconnect-reason/rejected", "disconnect-reason/forward", "disconnect-reason/notaccepted",
        "disconnect-reason/forwardnonoanswer", "disconnect-reason/endpoint destroy", "notification/POPUP"})
    void whatWeDoWithACallIsItsReason() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("callforwardonnoanswertimeout=1").started()) {
            Account bob = rig.peer("bob");
            rig.peer("carol");
            bob.dial("alice");
            rig.until("Incoming...");
            assertTrue(rig.alice.API_Reject(-1));
            assertTrue(rig.until("CDR,").contains(",486 rejected,"), rig.told()::toString);
            bob.dial("alice");
            rig.until("Incoming...");
            assertTrue(rig.alice.API_Forward(-1, "carol"));
            assertTrue(rig.until("CDR,").contains(",302 forward,"), rig.told()::toString);
            rig.ringing().reject();
            bob.dial("alice");
            rig.until("Incoming...");
            assertTrue(rig.alice.API_Hangup(-1));
            assertTrue(rig.until("CDR,").contains(" notaccepted,"), rig.told()::toString);
            Call given = bob.dial("alice");
            rig.until("Incoming...");
            given.hangup();
            assertTrue(rig.until("CDR,").contains(",CANCEL cancel received,"), rig.told()::toString);
            assertEquals("POPUP,Missed call from bob", rig.until("POPUP"));
            assertTrue(rig.alice.API_SetParameter("callforwardonnoanswer", "carol"));
            bob.dial("alice");
            assertTrue(rig.until("CDR,").contains(",302 forwardnonoanswer,"), rig.told()::toString);
            rig.ringing().reject();
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertTrue(rig.alice.API_Stop());
            assertTrue(rig.until("CDR,").contains(",BYE endpoint destroy,"), rig.told()::toString);
        }
    }

    @Test
    @Proves({"disconnect-reason/transfer done", "disconnect-reason/refer received", "disconnect-reason/disconnect on transfer"})
    void transfersAreReasonsToo() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("transfertype=1").started()) {
            rig.peer("bob");
            rig.peer("carol");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            Call theirs = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertTrue(rig.alice.API_SetParameter("transfertype", 6));
            assertTrue(rig.alice.API_Transfer(-1, "carol"));
            rig.ringing().answer();
            assertTrue(rig.until("CDR,").contains("transfer done"), rig.told()::toString);
            rig.until("STATUS,1,Finished");
            theirs.hangup();
            assertTrue(rig.alice.API_SetParameters("disablesamecall=0\r\ntransfwithreplace=0\r\ntransferdelay=0"));
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertTrue(rig.alice.API_Call(-1, "carol"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertTrue(rig.alice.API_Transfer(1, ""));
            assertTrue(rig.until("CDR,2").contains("disconnect on transfer"), rig.told()::toString);
            rig.ringing().answer();
            rig.until("CDR,1");
            rig.until("STATUS,1,Finished");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            Call third = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            third.transfer("carol");
            IncomingCall carol = rig.ringing();
            carol.answer();
            assertTrue(rig.until("refer received").startsWith("CDR,"), rig.told()::toString);
        }
    }

    @Test
    @Proves({"rtpstat-quality/0", "rtpstat-quality/1", "rtpstat-quality/2", "rtpstat-quality/3", "rtpstat-quality/4", "rtpstat-quality/5"})
    void qualityHasSixSteps() {
        assertEquals(0, ClassicReports.points(0, 0));
        assertEquals(1, ClassicReports.points(1.5, 10));
        assertEquals(2, ClassicReports.points(2.6, 10));
        assertEquals(3, ClassicReports.points(3.5, 10));
        assertEquals(4, ClassicReports.points(4.0, 10));
        assertEquals(5, ClassicReports.points(4.4, 10));
    }

    @Test
    @Proves({"notification/ERROR (bare)", "log-type/CRITICAL"})
    void aDefectOfOursIsToldInTheShortFormAndInTheLog() {
        ClassicPhone phone = phone("events=3");
        phone.defect("API_Call", new ArithmeticException("1/0"));
        assertEquals(List.of("LOG,CRITICAL,API_Call failed: java.lang.ArithmeticException: 1/0",
                "ERROR,API_Call failed: java.lang.ArithmeticException: 1/0"), told);
    }

    @Test
    @Proves({"event-text/udp bind errors", "status-global/Starting..."})
    void aPortThatIsTakenIsTold() throws Exception {
        try (java.net.DatagramSocket taken = new java.net.DatagramSocket(0, java.net.InetAddress.getByName("127.0.0.1"))) {
            ClassicPhone phone = phone("events=3", "localip=127.0.0.1", "signalingport=" + taken.getLocalPort());
            assertEquals("Starting...", ClassicState.global(phone));
            assertEquals(false, ClassicFunctions.run(phone, "API_Start"));
            assertTrue(told.stream().anyMatch(line -> line.startsWith("LOG,ERROR,catch on udp bind ")), told::toString);
            assertTrue(told.stream().anyMatch(line -> line.startsWith("EVENT,ERROR,")), told::toString);
        }
    }

    @Test
    @Proves({"status-global/Ready", "status-global/Not Registered", "status-global/Idle.", "status-line/Outband", "status-line/Subscribe",
        "status-line/Init", "status-global/Connecting...", "status-global/Chat", "status-line/Chat", "notification/SHOULDRESET",
        "status-global/No network"})
    void thePhoneTellsWhatItDoesBesideCalls() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("register=0", "enablepresence=1")) {
            assertEquals("Init", rig.alice.API_GetLineStatusText(1));
            assertTrue(rig.alice.API_Start());
            assertEquals("STATUS,-1,Ready", rig.until("STATUS,-1,Ready"));
            assertEquals("Ready", rig.alice.API_GetGlobalStatus());
            rig.peer("bob");
            assertTrue(rig.alice.API_CapabilityRequest("", "bob"));
            rig.until("STATUS,0,Outband");
            assertTrue(rig.alice.API_CheckPresence("bob"));
            rig.until("STATUS,0,Subscribe");
            assertTrue(rig.alice.API_SendChat(-1, "bob", "hello"));
            rig.until("STATUS,-1,Chat");
            assertTrue(rig.alice.API_Register());
            assertEquals("EVENT,EVENT,Connecting...", rig.until("Connecting..."));
            rig.until("STATUS,-1,Registered.");
            assertTrue(rig.alice.API_Unregister(1));
            rig.until("STATUS,-1,Unregistered");
            assertEquals("Not Registered", rig.alice.API_GetGlobalStatus());
            ClassicOnline network = rig.alice.phone().network();
            network.changed(new io.earshot.api.PhoneEvent.NetworkChanged(false, List.of()), true);
            rig.until("STATUS,-1,No network");
            assertEquals("SHOULDRESET,network changed", rig.until("SHOULDRESET"));
            assertEquals("No network", rig.alice.API_GetGlobalStatus());
        }
        ClassicPhone idle = phone("register=2", "serveraddress=127.0.0.1:9", "localip=127.0.0.1", "loglevel=0",
                "waitforunregister=250");
        assertTrue(idle.start());
        assertTrue(List.of("Idle.", "Registering...", "Register Failed")
                .contains(ClassicState.global(idle)));
        idle.close();
    }

    @Test
    @Proves("status-global/Securing...")
    void aSecureWayIsTold() {
        ClassicPhone phone = phone("transport=2");
        phone.parts().accounts().register();
        assertEquals("STATUS,-1,Securing...", told.get(2));
    }

    @Test
    @Proves({"notification/LOG,RTP", "status-global/In Call (xxx sec)"})
    void theLogHasTheCountersOfACall(@TempDir Path folder) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("events=3", "datafolder=" + folder).started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertTrue(rig.alice.API_Hold(-1, true));
            rig.alice.phone().parts().lines().find(1).orElseThrow()
                    .on(new CallEvent.Quality(new CallEvent.Header(1, 1, Instant.parse("2100-01-01T00:00:00Z")), CallQuality.NONE));
            assertTrue(rig.until("STATUS,-1,In Call (").matches("STATUS,-1,In Call \\([0-9]+ sec\\)"));
            assertTrue(rig.alice.API_Hangup(-1));
            String line = rig.until("LOG,RTP");
            assertTrue(line.matches("LOG,RTP,RTP: sent \\d+ lasts: 0 \\(p2p: 0 sdp: 0 rrp: \\d+ tnl: 0\\), rec: \\d+ lastr: 0, "
                    + "loss: \\d+ \\d+%, cpu: 0.0%, cpurel: 0.0% \\(0.0\\), srvsent: 0 srvrec: 0 srvloss: 0 0%"), line);
        }
    }

    @Test
    @Proves("vrec-stage/4")
    void aRecordingThatCannotBeIsTold(@TempDir Path folder) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder).started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            Files.writeString(folder.resolve("taken.wav"), "x");
            rig.alice.API_VoiceRecord(1, 0, "taken", -1);
            assertTrue(rig.until("VREC,").startsWith("VREC,1,4,1," + folder.resolve("taken.wav")), rig.told()::toString);
        }
    }

    @Test
    @Proves({"presence-state/CallMe", "presence-state/Available", "presence-state/Other", "presence-state/CallForward",
        "presence-state/CallSetup", "presence-state/Idle", "presence-state/DoNotDisturb", "presence-state/Closed", "presence-state/Close",
        "presence-state/Unreachable", "presence-state/Unregistered", "presence-state/Invisible", "presence-state/Exists",
        "presence-state/NotExists", "presence-state/Not Set", "presence-state/Pending"})
    void everyPresenceWordIsAStateOfAContact() throws Exception {
        for (String row : Documents.list("notification-rows.txt")) {
            if (row.startsWith("presence-state\t")) {
                String word = row.split("\t")[1];
                assertEquals(word, ClassicContact.parse(word + ",Ann,ann").field(ClassicContact.STATE));
                assertEquals("Ann", ClassicContact.parse(word.toUpperCase(java.util.Locale.ROOT) + ",Ann,ann").name(), "in any case");
            }
        }
    }

    private static LineState line(LineState.Direction direction, LineState.Stage stage) {
        return new LineState(List.of(new LineState.LineCall("1", direction, stage, Optional.empty(), Optional.empty(), Optional.of("id"),
                Optional.empty(), Optional.empty())));
    }

    @Test
    @Proves({"blf-direction/initiator", "blf-direction/receiver", "blf-direction/undefined", "blf-state/trying", "blf-state/proceeding",
        "blf-state/early", "blf-state/confirmed", "blf-state/terminated", "blf-state/unknown", "blf-state/failed"})
    void lampsHaveDirectionAndState() {
        List<String> lines = new ArrayList<>();
        for (LineState.Stage stage : LineState.Stage.values()) {
            PresenceText.lamps("bob", line(LineState.Direction.INITIATOR, stage)).forEach(one -> lines.add(one.line()));
        }
        assertEquals(String.join(" ", List.of("trying", "proceeding", "early", "confirmed", "terminated", "unknown").stream()
                .map(state -> "WPNOTIFICATION,BLF,bob,initiator," + state + ",id,NEOL").toList()), String.join(" ", lines));
        assertEquals("WPNOTIFICATION,BLF,bob,receiver,early,id,NEOL", PresenceText.lamps("bob", line(LineState.Direction.RECIPIENT,
                LineState.Stage.EARLY)).get(0).line());
        assertEquals("WPNOTIFICATION,BLF,bob,undefined,terminated,,NEOL", PresenceText.lamps("bob", new LineState(List.of()))
                .get(0).line());
    }

    @Test
    @Proves({"presence-state/Speaking", "presence-state/Busy", "presence-state/DND", "presence-state/Unknown", "presence-state/Offline",
        "presence-state/Away", "presence-state/Open"})
    void presenceHasStateAndDetails() {
        List<String> states = new ArrayList<>();
        for (Availability one : List.of(Availability.ON_THE_PHONE, Availability.BUSY, Availability.DO_NOT_DISTURB, Availability.UNKNOWN,
                Availability.OFFLINE, Availability.AWAY, Availability.ONLINE)) {
            states.add(PresenceText.presence("bob", PresenceStatus.of(one)).line().split(",")[3]);
        }
        assertEquals(List.of("Speaking", "Busy", "DND", "Unknown", "Offline", "Away", "Open"), states);
        assertEquals("WPNOTIFICATION,PRESENCE,bob,Away,at lunch; back soon,,,NEOL", PresenceText.presence("bob",
                PresenceStatus.of(Availability.AWAY).withNote("at lunch, back soon")).line());
    }

    @Test
    @Proves("notification/MWI")
    void newVoiceMailIsTold() {
        assertEquals("WPNOTIFICATION,MWI,2 new messages (8 old),NEOL",
                PresenceText.mailbox(new Mailbox(true, 2, 8, 0, Optional.empty())).orElseThrow().line());
        assertEquals("WPNOTIFICATION,MWI,1 new message (0 old),NEOL",
                PresenceText.mailbox(new Mailbox(true, 1, 0, 0, Optional.empty())).orElseThrow().line());
        assertEquals(Optional.empty(), PresenceText.mailbox(new Mailbox(false, 0, 8, 0, Optional.empty())));
    }

    @Test
    @Proves({"chatcomposing-status/1", "chatcomposing-status/2"})
    void whoStopsWritingIsTold() {
        ClassicPhone phone = phone();
        phone.parts().chat().on(new MessageEvent.Composing("sip:john@example.com", true));
        phone.parts().chat().on(new MessageEvent.Composing("sip:john@example.com", false));
        assertEquals(List.of("CHATCOMPOSING,1,john,1", "CHATCOMPOSING,1,john,2"), told);
    }

    @Test
    @Proves("event-text/rtp stat")
    void countersOfLongCallsAreTold() {
        CallQuality quality = new CallQuality(100, 99, 1, 1.0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 4,
                CallQuality.NONE.heard(), CallQuality.NONE.far());
        assertEquals("WPNOTIFICATION,EVENT,EVENT,rtp stat: sent 100 rec 99 loss 1 1%,NEOL", ClassicLine.stat(quality).line());
        assertEquals(Optional.empty(), ClassicLine.far(CallQuality.NONE), "no report has come");
        CallQuality reported = new CallQuality(100, 99, 1, 1.0, Duration.ZERO, Duration.ofMillis(12), Duration.ZERO, Duration.ZERO, 4,
                CallQuality.NONE.heard(), new CallQuality.Far(2, Duration.ZERO, 0, Duration.ZERO));
        assertTrue(ClassicLine.far(reported).orElseThrow().line().contains("reports of the peer: round trip 12000 us, 2% lost"));
    }

    @Test
    @Proves("info-type/ERROR")
    void keysThatCannotBeSentAreTold() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing();
            rig.until("STATUS,1,Ringing");
            assertTrue(rig.alice.API_Dtmf(-1, "1"));
            assertTrue(rig.until("INFO,ERROR").startsWith("INFO,ERROR,1,bob,"));
        }
    }
}
