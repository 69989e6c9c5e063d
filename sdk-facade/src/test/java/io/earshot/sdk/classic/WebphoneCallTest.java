package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.IncomingCall;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import webphone.webphone;

/** Calls by webphone. */
@Timeout(40)
class WebphoneCallTest {
    private WebphoneRig rig;
    private webphone alice;
    private Account bob;

    @BeforeEach
    void open() throws InterruptedException {
        rig = new WebphoneRig().started();
        alice = rig.alice;
        bob = rig.peer("bob");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Calls bob, who answers. */
    private Call talk() throws InterruptedException {
        assertTrue(alice.API_Call(-1, "bob"));
        Call call = rig.ringing().answer();
        rig.until("Speaking (0 sec)");
        return call;
    }

    @Test
    @Proves({"API_Call", "API_Hangup", "API_IsInCall", "API_GetCurrentConnectedCallCount", "API_GetLineStatus", "API_GetLineStatusText",
        "API_GetStatus", "API_GetGlobalStatus", "API_GetDiscReasonText", "API_GetLastCallDetails", "API_LineToCallID", "API_CallIDToLine",
        "API_GetCallerID", "API_GetLineDetails", "notification/LINEDETAILS (API answer)", "disconnect-reason/User Hung Up",
        "status-line/Unknown", "status-line/Ready"})
    void aCallCanBeMadeAskedAboutAndEnded() throws Exception {
        assertEquals(0, alice.API_IsInCall());
        assertEquals("Registered.", alice.API_GetGlobalStatus());
        assertEquals("Unknown", alice.API_GetStatus(1, 1));
        assertEquals("Registered.", alice.API_GetStatus(1, 0));
        assertEquals("Ready", alice.API_GetLineStatusText(1));
        assertEquals(2, alice.API_GetLineStatus(1));
        Call theirs = talk();
        assertEquals(2, alice.API_IsInCall());
        assertEquals(1, alice.API_GetCurrentConnectedCallCount());
        assertEquals("Speaking", alice.API_GetLineStatusText(-1));
        assertEquals(17, alice.API_GetLineStatus(1));
        assertEquals("Speaking", alice.API_GetStatus(-1, 1));
        assertEquals("Speaking (0 sec)", alice.API_GetStatus(-2, 0));
        String callId = alice.API_LineToCallID(1);
        assertEquals(theirs.callId(), callId);
        assertEquals(1, alice.API_CallIDToLine(callId));
        assertEquals(1, alice.API_CallIDToLine("[" + callId + "]"));
        assertEquals(-1, alice.API_CallIDToLine("nobody"));
        assertEquals("bob", alice.API_GetCallerID(1));
        String[] details = alice.API_GetLineDetails(-1).split(",", -1);
        assertEquals(12, details.length);
        assertEquals(String.join(",", "LINEDETAILS", "1", "Speaking", callId, "bob", "alice", "1", alice.API_GetAddress(), rig.host(), "0",
                "0", ""), String.join(",", details));
        assertTrue(alice.API_Hangup(-1));
        rig.until("STATUS,1,Finished");
        assertEquals("BYE User Hung Up", alice.API_GetDiscReasonText());
        String cdr = rig.told().stream().filter(line -> line.startsWith("CDR,")).findFirst().orElseThrow();
        assertEquals(cdr, alice.API_GetLastCallDetails());
        assertEquals(0, alice.API_IsInCall());
        assertEquals("", alice.API_LineToCallID(1));
    }

    @Test
    @Proves({"API_Accept", "API_GetIncomingDisplay", "notification/STATUS", "disconnect-reason/bye received", "status-line/Ringing",
        "status-global/Incoming...", "status-global/Accept", "status-field/endpointtype", "status-field/peerdisplayname"})
    void anIncomingCallIsShownAndAccepted() throws Exception {
        Call call = bob.dial("alice");
        String ringing = rig.until("STATUS,1,Ringing");
        assertTrue(ringing.startsWith("STATUS,1,Ringing,bob,alice,2,bob x,["), ringing);
        rig.until("STATUS,-1,Incoming...");
        assertEquals(1, alice.API_IsInCall());
        assertEquals("bob\nbob x", alice.API_GetIncomingDisplay(-1));
        assertEquals("bob x", alice.API_GetCallerID(-1));
        assertTrue(alice.API_Accept(-1));
        call.awaitAnswer();
        rig.until("STATUS,-1,Accept");
        rig.until("Speaking (0 sec)");
        call.hangup();
        assertTrue(rig.until("CDR,").contains(",2,BYE bye received,["));
        assertFalse(alice.API_Accept(-1), "nothing rings");
    }

    @Test
    @Proves({"API_Reject", "API_Forward", "status-line/CallDisconnect", "notification/CDR"})
    void anIncomingCallIsRejectedOrForwarded() throws Exception {
        Call first = bob.dial("alice");
        rig.until("Incoming...");
        assertTrue(alice.API_Reject(-1));
        assertEquals(486, first.awaitEnd().status());
        rig.until("STATUS,1,Finished");
        rig.peer("carol");
        Call second = bob.dial("alice");
        rig.until("Incoming...");
        assertTrue(alice.API_Forward(-1, "carol"));
        IncomingCall forwarded = rig.ringing();
        assertTrue(forwarded.called().contains("carol"), forwarded.called());
        second.hangup();
        rig.until("STATUS,1,Finished");
    }

    @Test
    @Proves({"API_Hold", "API_HoldChange", "API_IsOnHold", "status-line/Hold", "status-field/hold"})
    void holdIsSetChangedAndAskedFor() throws Exception {
        assertEquals(-1, alice.API_IsOnHold(1));
        Call theirs = talk();
        assertEquals(0, alice.API_IsOnHold(1));
        assertTrue(alice.API_Hold(1, true));
        assertEquals("2", rig.until("STATUS,1,Hold").split(",")[12]);
        assertEquals(2, alice.API_IsOnHold(-2));
        theirs.hold();
        rig.until("STATUS,1,Hold");
        assertEquals(4, alice.API_IsOnHold(1));
        assertTrue(alice.API_HoldChange(1));
        WebphoneRig.await("taking off hold", () -> alice.API_IsOnHold(1) == 3);
        assertTrue(alice.API_HoldChange(1));
        WebphoneRig.await("hold", () -> alice.API_IsOnHold(1) == 4);
    }

    @Test
    @Proves({"API_MuteEx", "API_Mute", "API_IsMuted", "status-line/Muted", "status-field/mute"})
    void muteIsSetPerDirection() throws Exception {
        assertEquals(-1, alice.API_IsMuted(1));
        talk();
        assertEquals(0, alice.API_IsMuted(-1));
        assertTrue(alice.API_MuteEx(-1, true, 1));
        assertEquals(2, alice.API_IsMuted(-1), "out is the speaker");
        assertTrue(Integer.parseInt(rig.until("STATUS,1,Muted").split(",")[11]) > 0);
        assertTrue(alice.API_MuteEx(-1, true, 2));
        assertEquals(1, alice.API_IsMuted(-1));
        assertTrue(alice.API_MuteEx(-1, false, 1));
        assertEquals(3, alice.API_IsMuted(-1), "in is the microphone");
        assertTrue(alice.API_MuteEx(-2, false, 0));
        assertEquals(0, alice.API_IsMuted(-1));
        assertTrue(alice.API_Mute(-1, true));
        assertEquals(3, alice.API_IsMuted(-1), "defmute is the microphone");
        assertTrue(alice.API_SetParameter("defmute", 5));
        assertFalse(alice.API_MuteEx(-1, false), "defmute=5 switches muting off");
        rig.until("ERROR,Nothing is muted by direction 4");
    }

    @Test
    @Proves({"API_SetLine", "API_GetLine", "notification/LINE", "API_CallEx", "API_AddVideo", "API_StopVideo", "API_SendVideoRTP"})
    void linesAreAllocatedSelectedAndRemembered() throws Exception {
        assertEquals(1, alice.API_GetLine());
        talk();
        rig.peer("carol");
        assertTrue(alice.API_CallEx(-1, "carol", 0));
        assertEquals("LINE,2", rig.until("LINE,"));
        rig.ringing().answer();
        rig.until("STATUS,2,Speaking");
        assertEquals(2, alice.API_GetLine());
        assertTrue(alice.API_SetLine(1));
        assertEquals("LINE,1", rig.until("LINE,"));
        assertTrue(alice.API_SetLine(-2));
        assertEquals(-2, alice.API_GetLine());
        assertTrue(alice.API_Hangup(-1), "-1 means what was set: all");
        rig.until("Finished");
        rig.until("Finished");
        assertFalse(alice.API_SetLine(9), "maxlines is 4");
        assertFalse(alice.API_CallEx(-1, "bob", 1), "there is no video");
        assertFalse(alice.API_AddVideo(1, 1));
        assertFalse(alice.API_StopVideo(1));
        assertFalse(alice.API_SendVideoRTP(1, new byte[8], 8));
    }

    @Test
    void aHangupWithAWrongLineEndsTheOnlyCallAndItsReasonIsTold() throws Exception {
        Call theirs = talk();
        assertTrue(alice.API_Hangup(3, "lunch"));
        CallEvent.Ended ended = null;
        for (CallEvent event : theirs.events()) {
            ended = event instanceof CallEvent.Ended last ? last : ended;
        }
        assertEquals("lunch", theirs.details().reasons().get(0).text(), String.valueOf(ended));
        rig.until("STATUS,1,Finished");
        assertFalse(alice.API_Hangup());
        assertTrue(alice.API_SetParameter("disablesamecall", 0));
        assertTrue(alice.API_Call(-1, ""), "an empty peer is the last one");
        rig.ringing().reject();
        assertTrue(rig.until("CDR,").contains("486"), rig.told()::toString);
        assertTrue(alice.API_Hangup(-2, false) || alice.API_IsInCall() == 0);
    }

    @Test
    @Proves({"API_Conf", "API_ConfEx", "notification/GROUP", "status-field/group"})
    void aConferenceIsMadeOfLinesAndTellsItsMembers() throws Exception {
        talk();
        assertFalse(alice.API_Conf(""), "one call is no conference");
        rig.peer("carol");
        assertTrue(alice.API_Conf("carol"));
        rig.ringing().answer();
        assertEquals("GROUP,1,bob | carol", rig.until("GROUP,1"));
        assertEquals("GROUP,2,bob | carol", rig.until("GROUP,2"));
        assertTrue(alice.API_MuteEx(2, true, 2));
        assertEquals("bob | carol", rig.until("STATUS,2,Muted").split(",")[15]);
        assertTrue(alice.API_ConfEx(2, "", false));
        assertEquals("GROUP,1,bob", rig.until("GROUP,"));
        assertEquals(2, alice.API_GetCurrentConnectedCallCount(), "calls go on");
        assertTrue(alice.API_Conf());
        rig.until("GROUP,2,bob | carol");
        assertTrue(alice.API_ConfEx(-2, "", false));
        rig.until("GROUP,");
        assertEquals(2, alice.API_GetCurrentConnectedCallCount());
        assertTrue(alice.API_ConfEx(-2, "", true));
        rig.until("GROUP,2,bob | carol");
    }

    @Test
    void threadsThatChangeAConferenceAtOnceDoNotUndoEachOther() throws Exception {
        talk();
        rig.peer("carol");
        assertTrue(alice.API_Conf("carol"));
        rig.ringing().answer();
        rig.until("GROUP,2");
        ClassicConference conference = alice.phone().parts().conference();
        ClassicLine line = alice.phone().parts().lines().find(2).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 300; round++) {
                assertTrue(alice.API_Conf());
                List<Callable<Boolean>> both = List.of(alice::API_Conf, () -> alice.API_ConfEx(2, "", false));
                for (Future<Boolean> done : threads.invokeAll(both)) {
                    assertTrue(done.get());
                }
                String group = conference.group(line);
                alice.phone().send(Notification.event("EVENT", "round " + round));
                int before = rig.told().size();
                rig.until("round " + round);
                String last = rig.told().subList(before, rig.told().size()).stream().filter(told -> told.startsWith("GROUP,1"))
                        .reduce("", (old, now) -> now);
                assertEquals(group.isEmpty() ? "GROUP,1,bob" : "GROUP,1,bob | carol", last, "round " + round);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Proves({"API_Dtmf", "API_Info", "notification/INFO", "info-type/OK", "info-type/REC", "notification/DTMF"})
    void keysAndInfoGoBothWays() throws Exception {
        Call theirs = talk();
        assertTrue(alice.API_Dtmf(-1, "12#"));
        assertEquals("INFO,OK,1,bob,", rig.until("INFO,OK"));
        theirs.signals().sendDtmf("7");
        assertEquals("DTMF,1,7", rig.until("DTMF,"));
        assertTrue(alice.API_Info(-1, "{\"a\":1}"));
        rig.until("INFO,OK");
        theirs.signals().sendInfo("text/plain", "hello");
        assertEquals("INFO,REC,1,bob,hello", rig.until("INFO,REC"));
        assertFalse(alice.API_Dtmf(-1, "x"), "no key");
        assertFalse(alice.API_Dtmf(3, "1"), "no call");
    }

    @Test
    @Proves({"API_SetSIPHeader", "API_GetSIPHeader", "API_GetSIPMessage", "API_GetLastRecInvite", "API_GetLastSentInvite",
        "API_GetLastRecSIPMessage", "API_SendSIP"})
    void messagesAndTheirHeadersCanBeSeenAndSet() throws Exception {
        assertEquals("ERROR: no such line", alice.API_GetSIPHeader(1, "Via"));
        assertTrue(alice.API_SetSIPHeader(-1, "X-MyData: 42\r\nX-Other: y"));
        assertTrue(alice.API_Call(-1, "bob"));
        IncomingCall call = rig.ringing();
        assertEquals("42", call.header("X-MyData").orElseThrow());
        call.answer();
        rig.until("Speaking (0 sec)");
        assertTrue(alice.API_GetSIPHeader(1, "CSeq").endsWith("INVITE"));
        assertEquals("ERROR: no such header", alice.API_GetSIPHeader(1, "X-None"));
        WebphoneRig.await("the trace", () -> alice.API_GetLastSentInvite().contains("X-Other: y"));
        assertTrue(alice.API_GetLastSentInvite().startsWith("INVITE sip:bob@"));
        assertTrue(alice.API_GetSIPMessage(1, 0, 4).startsWith("SIP/2.0 200"));
        assertTrue(alice.API_GetSIPMessage(1, 1, 1).startsWith("ACK ") || alice.API_GetSIPMessage(1, 1, 1).startsWith("INVITE "));
        assertTrue(alice.API_GetLastRecSIPMessage("1").startsWith("SIP/2.0 200"));
        assertTrue(alice.API_GetLastRecSIPMessage(alice.API_LineToCallID(1)).startsWith("SIP/2.0 200"));
        assertEquals("ERROR: no such line", alice.API_GetLastRecSIPMessage("7"));
        assertEquals("ERROR: no such message", alice.API_GetLastRecInvite());
        bob.dial("alice");
        rig.until("Incoming...");
        WebphoneRig.await("the trace", () -> alice.API_GetLastRecInvite().startsWith("INVITE "));
        assertTrue(alice.API_SendSIP("OPTIONS sip:bob@" + rig.host() + " SIP/2.0\r\nX-Mine: 1\r\n\r\n"));
        rig.until("OPTIONS answered: SIP/2.0 200");
    }

    @Test
    @Proves({"API_Transfer", "status-line/Midcall", "API_TransferDialog"})
    void aCallIsTransferred() throws Exception {
        talk();
        rig.peer("carol");
        assertTrue(alice.API_Transfer(-1, "carol"));
        rig.ringing().answer();
        rig.until("STATUS,1,Midcall");
        rig.until("transfer done: 200");
        rig.until("STATUS,1,Finished");
        assertFalse(alice.API_TransferDialog(), "there is no window");
    }

    @Test
    @Proves({"API_RTPStat", "notification/RTPSTAT", "API_IsEncrypted", "status-field/encrypted"})
    void theSoundIsReportedInNumbers() throws Exception {
        assertTrue(alice.API_SetParameter("rtpstat", 1));
        assertEquals("RTPSTAT,0,0,0,0,0", alice.API_RTPStat());
        talk();
        WebphoneRig.await("packets", () -> !alice.API_RTPStat().startsWith("RTPSTAT,0,0,0"));
        assertEquals(0, alice.API_IsEncrypted());
    }

    @Test
    @Proves({"notification/RTPSTAT", "notification/STATUS (media variant)", "status-field/rtpsent", "status-field/rtprec"})
    void theSoundIsReportedByItself() throws Exception {
        assertTrue(alice.API_SetParameters("rtpstat=1\r\njsscripstats=1"));
        talk();
        String stat = rig.until("RTPSTAT,");
        assertEquals(6, stat.split(",").length, stat);
        String status = rig.until("STATUS,1,Speaking");
        while (status.endsWith(",,,,,")) {
            status = rig.until("STATUS,1,Speaking");
        }
        assertTrue(Integer.parseInt(status.split(",", -1)[16]) >= 0, status);
    }
}
