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
import io.earshot.api.Reliability;
import io.earshot.api.ProgressTone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.dsp.ToneGenerator;
import io.earshot.dsp.progress.TonePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound before the answer: started by a program, and from several phones at once. */
@Timeout(30)
class EarlyMediaTest {
    private Rig rig;

    @BeforeEach
    void open() {
        rig = Rig.start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Account registered(String user, Reliability ringing) {
        return rig.keep(Rig.builder().reliability(ringing).open()).register(rig.config(user));
    }

    private static String refusal(CompletableFuture<Call> future) {
        return Rig.failure(() -> Rig.await(future)).sentence();
    }

    private static double pitch(PcmSink ear) throws InterruptedException {
        short[] heard = new short[2400];
        for (int round = 0; round < 2; round++) {
            for (int got = 0; got < heard.length; ) {
                int count = ear.read(heard, got, heard.length - got);
                assertTrue(count > 0, "the call ended");
                got += count;
            }
        }
        return ToneAnalyzer.dominantHz(heard, 0, heard.length, 8000);
    }

    @ParameterizedTest
    @EnumSource(Reliability.class)
    @Tag("rfc3262")
    void aProgramIsHeardBeforeItAnswersAndAfter(Reliability ringing) throws Exception {
        Account bob = registered("bob", ringing);
        BlockingQueue<IncomingCall> atBob = Rig.ringing(bob);
        Call call = registered("alice", ringing).dial("bob");
        IncomingCall incoming = Rig.next(atBob);
        Call bobs = incoming.startEarlyMedia().get(10, TimeUnit.SECONDS);
        bobs.audio().play(Tone.of(880));
        PcmSink ear = call.audio().output(8000);
        assertEquals(880, pitch(ear), 8);
        assertEquals(Call.State.RINGING, call.state());
        assertEquals(Call.State.RINGING, bobs.state());
        assertEquals(bobs, incoming.startEarlyMedia().get(10, TimeUnit.SECONDS), "twice is harmless");
        incoming.answer();
        call.awaitAnswer();
        assertEquals(880, pitch(ear), 8);
        call.hangup();
        List<CallEvent> rings = new ArrayList<>();
        call.events().forEach(event -> {
            if (event instanceof CallEvent.Ringing) {
                rings.add(event);
            }
        });
        CallEvent.Ringing last = (CallEvent.Ringing) rings.get(rings.size() - 1);
        assertEquals("183 true", last.status() + " " + last.earlyMedia());
        assertEquals(1, Rig.story(call).stream().filter("MediaChanged"::equals).count(), "the answer changed the sound");
    }

    @Test
    void anExchangeIsHeardToSayThatThereIsNoWay() throws Exception {
        Account bob = registered("bob", Reliability.NEVER);
        BlockingQueue<IncomingCall> atBob = Rig.ringing(bob);
        Call call = registered("alice", Reliability.NEVER).dial("bob");
        call.signals().listenForTones("ch");
        Call exchange = Rig.next(atBob).startEarlyMedia().get(10, TimeUnit.SECONDS);
        short[] tone = new short[20 * 8000];
        new ToneGenerator(8000, TonePlan.of("CH").cadence(io.earshot.dsp.progress.ProgressTone.CONGESTION)).generate(tone, 0, tone.length);
        try (PcmSource source = exchange.audio().input(8000)) {
            source.write(tone, 0, tone.length);
            assertEquals(ProgressTone.CONGESTION, Rig.await(call, CallEvent.ToneHeard.class).tone());
        }
    }

    @Test
    void withoutCommonCodecTheCallRingsOn() throws Exception {
        Account bob = registered("bob", Reliability.NEVER);
        BlockingQueue<IncomingCall> atBob = Rig.ringing(bob);
        Call call = registered("alice", Reliability.NEVER).dial("bob", CallOptions.DEFAULT.withCodecs("PCMA"));
        IncomingCall incoming = Rig.next(atBob);
        assertEquals("No common codec: the peer offers PCMA, we have PCMU.".toLowerCase(java.util.Locale.ROOT),
                refusal(incoming.startEarlyMedia(CallOptions.DEFAULT.withCodecs("PCMU"))).toLowerCase(java.util.Locale.ROOT)
                        .replace("the two sides have no audio format in common: ", ""));
        incoming.answer(CallOptions.DEFAULT.withCodecs("PCMA"));
        assertEquals(Call.State.ESTABLISHED, call.awaitAnswer().state());
    }

    @Test
    void itIsForCallsThatRingAndHaveAnOffer() throws Exception {
        Account bob = registered("bob", Reliability.NEVER);
        BlockingQueue<IncomingCall> atBob = Rig.ringing(bob);
        Account alice = registered("alice", Reliability.NEVER);
        alice.dial("bob", CallOptions.DEFAULT.withoutOffer());
        IncomingCall incoming = Rig.next(atBob);
        assertEquals("The caller made no offer, so that there is no sound before the answer.", refusal(incoming.startEarlyMedia()));
        incoming.answer();
        assertEquals("Sound before the answer can be had only while the call rings; this one is answered.",
                refusal(incoming.startEarlyMedia()));
        incoming.call().hangup();
        incoming.call().awaitEnd();
        assertEquals("Sound before the answer can be had only while the call rings; this one is ended.",
                refusal(incoming.startEarlyMedia()));
    }

    /** Three phones behind one proxy send descriptions; the second of them gives up, the first answers. */
    @Test
    @Tag("rfc3261")
    @Tag("rfc6228")
    void theLatestForkIsHeardThenTheOneBeforeAndAtLastTheOneThatAnswers() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            Call call = phone.addAccount(AccountConfig.of("sip:alice@" + peer.address())).dial("x");
            String invite = peer.request("INVITE");
            peer.answer(invite, "183 Session Progress", "a", "", WirePeer.sdp(4000));
            peer.answer(invite, "183 Session Progress", "b", "", WirePeer.sdp(5000));
            peer.answer(invite, "199 Early Dialog Terminated", "b", "", "");
            peer.answer(invite, "183 Session Progress", "c", "", WirePeer.sdp(6000));
            peer.answer(invite, "199 Early Dialog Terminated", "a-stranger", "", "");
            peer.answer(invite, "200 OK", "a", "", WirePeer.sdp(4000));
            peer.request("ACK");
            call.awaitAnswer();
            call.hangup();
            peer.answer(peer.request("BYE"), "200 OK", "a", "", "");
            List<String> heard = new ArrayList<>();
            call.events().forEach(event -> {
                if (event instanceof CallEvent.MediaChanged media) {
                    heard.add(media.remote().replace("127.0.0.1:", ""));
                }
            });
            assertEquals(List.of("4000", "5000", "4000", "6000", "4000"), heard);
        }
    }

    @Test
    void b058DigitsThatThePeerRefusesAreAWarning() throws Exception {
        DtmfOptions info = DtmfOptions.DEFAULT.withMethod(DtmfMethod.INFO_RELAY).withFallBack(false);
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).dtmf(info).open()) {
            Call call = phone.addAccount(AccountConfig.of("sip:alice@" + peer.address())).dial("x,12");
            peer.answer(peer.request("INVITE"), "200 OK", "a", "Allow: INVITE, ACK, BYE, INFO\r\n", WirePeer.sdp(4000));
            String key = peer.request("INFO");
            assertTrue(key.contains("Signal=1"), key);
            peer.answer(key, "415 Unsupported Media Type", "a", "", "");
            Failure why = Rig.await(call, CallEvent.Warning.class).failure();
            assertEquals(java.util.Optional.of(415), why.sipStatus());
            assertEquals(Call.State.ESTABLISHED, call.state());
            call.hangup();
            peer.answer(peer.request("BYE"), "200 OK", "a", "", "");
        }
    }
}
