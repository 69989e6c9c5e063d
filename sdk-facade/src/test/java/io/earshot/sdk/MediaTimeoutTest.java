package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.Phone;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.codec.FinalCodec;
import io.earshot.sdk.classic.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import webphone.webphone;

/** A peer that answers and is never heard. */
@Timeout(60)
class MediaTimeoutTest {
    @Test
    void aCallWithoutAnythingFromThePeerIsToldOfAndEnded() throws Exception {
        RtpSettings settings = RtpSettings.DEFAULT.withTimeout(Duration.ofSeconds(4), Duration.ofMillis(900));
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().rtp(settings).closeTimeout(Duration.ofMillis(100)).open()) {
            phone.codecs(phone.codecs().withFinalCodec(FinalCodec.AUTOMATIC));
            Account alice = phone.addAccount(AccountConfig.of("sip:alice@" + peer.address()));
            Call call = alice.dial("bob");
            String invite = peer.request("INVITE");
            assertTrue(invite.contains("a=rtcp-mux"), invite);
            String several = WirePeer.sdp(4000).replaceFirst("RTP/AVP [0-9 ]*", "RTP/AVP 0 8");
            peer.answer(invite, "200 OK", "a", "", several);
            String named = peer.request("ACK");
            assertTrue(named.contains("RTP/AVP 0\r\n"), named);
            CallEvent.MediaMissing missing = Rig.await(call, CallEvent.MediaMissing.class);
            assertTrue(missing.silent().toMillis() >= 900 && missing.silent().toMillis() < 2000, missing.toString());
            peer.answer(peer.request("BYE"), "200 OK", "a", "", "");
            call.awaitEnd();
            CallEvent.Ended ended = Rig.await(call, CallEvent.Ended.class);
            assertEquals(CallEvent.Side.LOCAL, ended.by());
            Failure.MediaLost lost = (Failure.MediaLost) ended.failure().orElseThrow();
            assertFalse(lost.ever());
            assertTrue(lost.silent().toMillis() >= 2000 && lost.silent().toMillis() < 4000, "half the time-out: " + lost);
            assertEquals("The call was ended: no sound came from the other side in " + lost.silent().toSeconds()
                    + " s; a firewall or router may keep it back.", lost.sentence());
            Call next = alice.dial("bob");
            peer.answer(peer.request("INVITE"), "200 OK", "b", "", several);
            String empty = peer.request("ACK");
            assertFalse(empty.contains("m=audio"), "b153: the server that sent nothing was told the codec again: " + empty);
            next.hangup();
        }
    }

    @Test
    @Proves("event-text/media timeout (notify)")
    void theClassicPhoneWarnsOfItAndThenTellsTheReasonOfTheEnd() throws Exception {
        try (WirePeer peer = new WirePeer()) {
            webphone phone = new webphone(new String[] {"serveraddress=" + peer.address(), "username=alice", "register=0", "events=3",
                "mediatimeout=4", "mediatimeout_notify=1", "waitforunregister=0"});
            assertTrue(phone.API_Start());
            assertTrue(phone.API_Call(-1, "bob"));
            peer.answer(peer.request("INVITE"), "200 OK", "a", "", WirePeer.sdp(4000));
            peer.request("ACK");
            StringBuilder told = new StringBuilder();
            while (!told.toString().contains("media timeout (notify)")) {
                told.append(phone.API_GetNotificationsSync());
            }
            peer.answer(peer.request("BYE"), "200 OK", "a", "", "");
            while (!told.toString().contains("CDR,")) {
                told.append(phone.API_GetNotificationsSync());
            }
            assertTrue(told.toString().contains("BYE media timeout"), told::toString);
            phone.API_Exit();
        }
    }
}
