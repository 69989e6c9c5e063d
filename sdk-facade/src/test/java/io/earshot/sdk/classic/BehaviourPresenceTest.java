package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.presence.WatcherPolicy;
import io.earshot.sdk.WirePeer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webphone.webphone;

/** Behaviours of presence, lamps and voice mail; their numbers are those of docs/behaviours.md. */
@Timeout(40)
class BehaviourPresenceTest {
    private static String lamps(WebphoneRig rig) {
        return rig.alice.phone().parameters().text("enableblf");
    }

    private static void callAndEnd(WebphoneRig rig, String peer) throws InterruptedException {
        assertTrue(rig.alice.API_Call(-1, peer));
        rig.ringing().answer();
        rig.until("Speaking (0 sec)");
        assertTrue(rig.alice.API_Hangup(-1));
        rig.until("STATUS,1,Finished");
    }

    @Test
    void b132ContactsAreWatchedOnceTheyWereCalled() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("enablepresence=1").started()) {
            Account bob = rig.peer("bob");
            Account carol = rig.peer("carol");
            Account dora = rig.peer("dora");
            List.of(bob, carol, dora).forEach(one -> one.presence().policy(WatcherPolicy.ALLOW));
            assertTrue(rig.alice.API_AddContact("Robert,bob"));
            assertTrue(rig.alice.API_PushContactlist("carol"));
            callAndEnd(rig, "dora");
            callAndEnd(rig, "bob");
            rig.until("PRESENCE,bob,Open");
            callAndEnd(rig, "carol");
            rig.until("PRESENCE,carol,Open");
            assertEquals(List.of(), dora.presence().watchers(), "she is no contact");
            assertEquals(1, bob.presence().watchers().size());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, DENY", "1, ASK", "-1, ASK", "2, ALLOW"})
    void b133StrangersWhoWantToSeeUsAreDealtWithAsTheParameterSays(int value, WatcherPolicy policy) {
        ClassicParameters from = ClassicParameters.parse(List.of("autoacceptpresencrequests=" + value)).parameters();
        assertEquals(policy, ClassicPresence.Settings.of(from).policy());
    }

    @Test
    void b138LampsOfOneThatWorksStayOn() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            Account bob = rig.peer("bob");
            bob.presence().policy(WatcherPolicy.ALLOW);
            bob.presence().shareCalls(true);
            assertEquals("1", lamps(rig));
            assertTrue(rig.alice.API_CheckBLF("bob"));
            rig.until("BLF,bob,undefined,terminated");
            WebphoneRig.await("enableblf=2", () -> lamps(rig).equals("2"));
            assertTrue(rig.alice.API_CheckBLF("nobody"));
            rig.until("BLF,nobody,undefined,failed");
            assertEquals("2", lamps(rig));
            assertTrue(rig.alice.API_SetParameter("blfuserlist", "carol"));
            rig.until("BLF,carol,undefined,failed");
            assertTrue(rig.alice.API_SetParameter("enableblf", 3));
            assertTrue(rig.alice.API_SetParameter("enableblf", 0));
            assertFalse(rig.alice.API_DisableBLF("bob"), "3 is for good");
            assertTrue(rig.alice.API_CheckBLF("bob"));
        }
    }

    @Test
    void b138LampsThatFailTurnThemselvesOff() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            assertTrue(rig.alice.API_CheckBLF("nobody"));
            rig.until("BLF,nobody,undefined,failed");
            WebphoneRig.await("enableblf=0", () -> lamps(rig).equals("0"));
            WebphoneRig.await("no lamps", () -> !rig.alice.API_CheckBLF("bob"));
            rig.until("ERROR,Parameter enableblf does not allow this.");
        }
    }

    @Test
    void b139TheSubscriptionToVoiceMailEndsWithTheOthers() throws Exception {
        try (WirePeer server = new WirePeer()) {
            webphone alice = new webphone(new String[] {"serveraddress=" + server.address(), "username=alice", "register=0",
                "localip=127.0.0.1", "waitforunregister=50", "voicemail=1"});
            assertTrue(alice.API_Start());
            assertTrue(alice.API_CheckVoicemail(-1));
            String subscribe = server.request("SUBSCRIBE");
            assertTrue(subscribe.contains("\r\nEvent: message-summary\r\n"), subscribe);
            server.answer(subscribe, "200 OK", "s", "Expires: 600\r\n", "");
            assertTrue(alice.API_UnSubscribe());
            String end = server.request("SUBSCRIBE");
            assertTrue(end.contains("\r\nExpires: 0\r\n"), end);
            server.answer(end, "200 OK", "s", "Expires: 0\r\n", "");
            alice.phone().close();
        }
    }
}
