package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.DtmfMethod;
import io.earshot.api.DtmfOptions;
import io.earshot.api.Phone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys between two phones. */
@Timeout(40)
class DtmfTest {
    private static final DtmfOptions FAST = DtmfOptions.DEFAULT.withTimes(Duration.ofMillis(60), Duration.ofMillis(60));

    private static List<CallEvent.Dtmf> keys(Call call) {
        List<CallEvent.Dtmf> keys = new ArrayList<>();
        for (CallEvent event : call.events()) {
            if (event instanceof CallEvent.Dtmf key) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static String text(List<CallEvent.Dtmf> keys) {
        return keys.stream().map(key -> String.valueOf(key.key())).collect(Collectors.joining());
    }

    @Test
    @Tag("rfc4733")
    void everyKeyAndAFlashGoBothWaysAsTelephoneEvents() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            var there = talk.caller().signals().sendDtmf("0123456789*#ABCD!", FAST);
            talk.callee().signals().sendDtmf("47 11", FAST.withMethod(DtmfMethod.RTP)).get(20, TimeUnit.SECONDS);
            there.get(20, TimeUnit.SECONDS);
            talk.caller().hangup();
            List<CallEvent.Dtmf> atBob = keys(talk.callee());
            assertEquals("0123456789*#ABCD!", text(atBob));
            List<CallEvent.Dtmf> atAlice = keys(talk.caller());
            assertEquals("4711", text(atAlice));
            Duration rest = Duration.between(atAlice.get(1).header().time(), atAlice.get(2).header().time());
            assertTrue(rest.toMillis() >= 900, "the pause of a blank took " + rest);
            for (CallEvent.Dtmf key : atBob) {
                assertEquals(DtmfMethod.RTP, key.method());
                assertEquals(60, key.duration().toMillis(), 21);
            }
        }
    }

    @Test
    @Tag("rfc4733")
    void keysInTwoWaysAtOnceAreToldOnce() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            talk.caller().signals().sendDtmf("1122", FAST.withMethod(DtmfMethod.INFO_AND_RTP)).get(20, TimeUnit.SECONDS);
            talk.caller().hangup();
            assertEquals("1122", text(keys(talk.callee())));
        }
    }

    @Test
    void phonesThatSendTonesHearTones() throws Exception {
        DtmfOptions tones = DtmfOptions.DEFAULT.withMethod(DtmfMethod.IN_BAND).withTimes(Duration.ofMillis(80), Duration.ofMillis(80));
        try (Rig rig = Rig.start(); Phone first = Rig.builder().dtmf(tones).open(); Phone second = Rig.builder().dtmf(tones).open()) {
            Account alice = first.register(rig.config("alice"));
            Account bob = second.register(rig.config("bob"));
            BlockingQueue<Call> atBob = new LinkedBlockingQueue<>();
            bob.onCall(call -> atBob.add(call.answer()));
            Call call = alice.dial("bob").awaitAnswer();
            Call bobs = atBob.poll(10, TimeUnit.SECONDS);
            call.signals().sendDtmf("159D#").get(20, TimeUnit.SECONDS);
            // An explicit event falls back to a tone, and says so.
            call.signals().sendDtmf("7", tones.withMethod(DtmfMethod.RTP)).get(20, TimeUnit.SECONDS);
            // A flash has no tone: INFO alone is left.
            call.signals().sendDtmf("!", tones.withMethod(DtmfMethod.AUTO)).get(20, TimeUnit.SECONDS);
            call.hangup();
            List<CallEvent.Dtmf> heard = keys(bobs);
            assertEquals("159D#7!", text(heard));
            assertEquals(List.of(DtmfMethod.IN_BAND, DtmfMethod.INFO_RELAY), List.of(heard.get(0).method(), heard.get(6).method()));
            List<CallEvent.DtmfFellBack> fell = new ArrayList<>();
            for (CallEvent event : call.events()) {
                if (event instanceof CallEvent.DtmfFellBack one) {
                    fell.add(one);
                }
            }
            assertEquals(1, fell.size());
            assertEquals(DtmfMethod.RTP, fell.get(0).from());
            assertEquals(DtmfMethod.IN_BAND, fell.get(0).to());
        }
    }

    @Test
    void whatCannotBeSentInAnyWayFailsWithASentence() throws Exception {
        DtmfOptions tones = DtmfOptions.DEFAULT.withMethod(DtmfMethod.IN_BAND);
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            Throwable cause = talk.caller().signals().sendDtmf("!1", tones).handle((sent, refused) -> refused).get(10, TimeUnit.SECONDS);
            assertTrue(cause.toString().contains("Keys cannot be sent in the sound: none goes to the peer now."), cause::toString);
            talk.caller().signals().sendDtmf("p2", FAST).get(10, TimeUnit.SECONDS);
            talk.caller().hangup();
            assertEquals("2", text(keys(talk.callee())));
        }
    }
}
