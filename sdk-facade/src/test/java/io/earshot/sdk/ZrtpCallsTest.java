package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Encryption;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Calls whose keys are agreed on over the media port, with nothing in the SDP. */
@Timeout(60)
@Tag("rfc6189")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZrtpCallsTest {
    private Rig rig;
    private Account alice;
    private Account bob;

    @BeforeAll
    void open() {
        rig = Rig.start();
        alice = rig.registered("alice");
        bob = rig.registered("bob");
    }

    @AfterAll
    void close() {
        rig.close();
    }

    private Rig.Talk talk(MediaEncryption near, MediaEncryption far) throws InterruptedException {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call caller = alice.dial(bob.address(), CallOptions.DEFAULT.withEncryption(near));
        Call callee = Rig.next(calls).answer(CallOptions.DEFAULT.withEncryption(far));
        return new Rig.Talk(caller.awaitAnswer(), callee);
    }

    /** Waits until that tone is heard, for as long as the test may take. */
    private static void awaitTone(Call call, double hz) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        short[] piece = new short[800];
        double heard = 0;
        while (Math.abs(heard - hz) > 15) {
            for (int got = 0; got < piece.length; ) {
                int more = ear.read(piece, got, piece.length - got);
                assertTrue(more > 0, "the call ended in silence");
                got += more;
            }
            heard = ToneAnalyzer.dominantHz(piece, 0, piece.length, 8000);
        }
    }

    private static void assertBothHear(Rig.Talk talk) throws InterruptedException {
        talk.caller().audio().play(Tone.of(440));
        talk.callee().audio().play(Tone.of(880));
        awaitTone(talk.caller(), 880);
        awaitTone(talk.callee(), 440);
    }

    private static Encryption encryption(Call call) {
        return Rig.await(call, CallEvent.EncryptionChanged.class).encryption().orElseThrow();
    }

    private static void end(Rig.Talk talk) {
        talk.caller().hangup();
        talk.callee().awaitEnd();
    }

    @Test
    void bothUsersReadTheSameStringAndHearEachOtherAlsoAfterHolding() throws Exception {
        for (int call = 0; call < 2; call++) {
            Rig.Talk talk = talk(MediaEncryption.ZRTP, MediaEncryption.ZRTP);
            Encryption near = encryption(talk.caller());
            Encryption far = encryption(talk.callee());
            assertEquals(KeyMethod.ZRTP, near.keys());
            assertEquals("AES_CM_128_HMAC_SHA1_80", near.suite());
            assertTrue(near.required() && !near.keysExposed());
            assertEquals(4, near.shortString().orElseThrow().length());
            assertEquals(near.shortString(), far.shortString());
            talk.caller().hold();
            talk.caller().resume();
            assertBothHear(talk);
            end(talk);
        }
    }

    @Test
    void whereItIsOptionalAPeerWithoutItIsTalkedToInClear() throws Exception {
        Rig.Talk talk = talk(MediaEncryption.ZRTP.withDemand(Demand.OPTIONAL), MediaEncryption.NONE);
        assertBothHear(talk);
        assertTrue(talk.caller().encryption().isEmpty());
        end(talk);
    }

    @Test
    void aPeerThatOffersOtherKeysGetsThem() throws Exception {
        Rig.Talk talk = talk(MediaEncryption.DTLS, MediaEncryption.ZRTP);
        assertEquals(KeyMethod.DTLS, encryption(talk.callee()).keys());
        assertBothHear(talk);
        end(talk);
    }

    @Test
    void suitesThatItDoesNotHaveAreToldOf() {
        Failure failure = Rig.failure(Failure.BadArgument.class, () -> alice.dial(bob.address(),
                CallOptions.DEFAULT.withEncryption(MediaEncryption.ZRTP.withSuites("AEAD_AES_128_GCM"))));
        assertEquals("The encryption of media cannot be had: SRTP suites [AEAD_AES_128_GCM] cannot be had by ZRTP;"
                + " take AES_CM_128 or AES_256_CM ones.", failure.sentence());
    }
}
