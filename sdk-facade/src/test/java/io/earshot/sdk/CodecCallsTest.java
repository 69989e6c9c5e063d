package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.DtmfMethod;
import io.earshot.api.DtmfOptions;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.CodecUse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Preferences of codecs as peers see them. */
@Timeout(30)
class CodecCallsTest {
    private static List<String> media(String message) {
        return message.lines().filter(line -> line.startsWith("m=audio") || line.startsWith("a=rtpmap") || line.startsWith("a=fmtp")
                || line.startsWith("a=ptime")).map(line -> line.replaceFirst("m=audio [0-9]+", "m=audio")).toList();
    }

    private static String invite(WirePeer peer, Phone phone, String whom) throws Exception {
        Account account = phone.addAccount(AccountConfig.of("sip:alice@" + peer.address()));
        account.dial(whom);
        return peer.request("INVITE");
    }

    @Test
    @Tag("rfc3389")
    @Tag("rfc2198")
    void theOfferIsAsPreferred() throws Exception {
        CodecPreferences wanted = CodecPreferences.DEFAULT.with("PCMA", CodecUse.FIRST).withPacketMillis(40).withSilenceSuppression(true)
                .withRedundancy(2);
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).codecs(wanted)
                .dtmf(DtmfOptions.DEFAULT.withMethod(DtmfMethod.IN_BAND)).open()) {
            assertEquals(List.of("m=audio RTP/AVP 8 0 13 96", "a=rtpmap:8 PCMA/8000", "a=rtpmap:0 PCMU/8000", "a=rtpmap:13 CN/8000",
                    "a=rtpmap:96 red/8000", "a=fmtp:96 8/8/8", "a=ptime:40"),
                    media(invite(peer, phone, "x")));
        }
    }

    @Test
    void theyChangeWhileThePhoneRuns() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            phone.codecs(CodecPreferences.DEFAULT.with("PCMU", CodecUse.NEVER));
            assertEquals(CodecUse.NEVER, phone.codecs().use("PCMU", 8000).orElseThrow());
            assertTrue(media(invite(peer, phone, "x")).get(0).startsWith("m=audio RTP/AVP 8"), "only PCMA is left");
            Failure refused = Rig.failure(() -> phone.codecs(CodecPreferences.DEFAULT.with("PCMU", CodecUse.NEVER)
                    .with("PCMA", CodecUse.NEVER)));
            assertEquals("No codec is left: the preferences set all that are there to NEVER; allow one, as PCMU.", refused.sentence());
        }
    }

    /** B-149: what is only accepted is taken when the peer offers it. */
    @Test
    void whatIsOnlyAcceptedIsTakenFromThePeer() throws Exception {
        try (Rig rig = Rig.start()) {
            CodecPreferences shy = CodecPreferences.DEFAULT.with("PCMU", CodecUse.ACCEPT);
            Account bob = rig.keep(Rig.builder().codecs(shy).open()).register(rig.config("bob"));
            Rig.Talk talk = Rig.talk(rig.registered("alice"), bob, CallOptions.DEFAULT.withCodecs("PCMU"));
            assertEquals("PCMU/8000", Rig.await(talk.callee(), CallEvent.MediaChanged.class).codec());
            Account carol = rig.keep(Rig.builder().codecs(shy).open()).register(rig.config("carol"));
            BlockingQueue<IncomingCall> ringing = Rig.ringing(bob);
            Call other = carol.dial("bob");
            Rig.next(ringing).answer();
            assertEquals("PCMA/8000", Rig.await(other.awaitAnswer(), CallEvent.MediaChanged.class).codec());
        }
    }
}
