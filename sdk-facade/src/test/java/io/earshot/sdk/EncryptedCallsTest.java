package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.CallRecord;
import io.earshot.api.Encryption;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import io.earshot.api.VoipException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between two phones whose sound is encrypted, or has to be and is not. */
@Timeout(30)
@Tag("rfc4568")
@Tag("rfc5763")
@Tag("rfc8643")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedCallsTest {
    private static final MediaEncryption SDES = MediaEncryption.SDES.withKeysInClear();
    private static final MediaEncryption TAKING = MediaEncryption.WHEN_OFFERED.withKeysInClear();
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

    private static CallOptions with(MediaEncryption encryption) {
        return CallOptions.DEFAULT.withEncryption(encryption);
    }

    private Rig.Talk talk(MediaEncryption near, MediaEncryption far) throws InterruptedException {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call caller = alice.dial(bob.address(), with(near));
        Call callee = Rig.next(calls).answer(with(far));
        return new Rig.Talk(caller.awaitAnswer(), callee);
    }

    private static double hears(Call call) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        double heard = 0;
        short[] piece = new short[800];
        for (int round = 0; round < 60 && heard < 400; round++) {
            for (int got = 0; got < piece.length; ) {
                got += ear.read(piece, got, piece.length - got);
            }
            heard = ToneAnalyzer.dominantHz(piece, 0, piece.length, 8000);
        }
        return heard;
    }

    private static void assertBothHear(Rig.Talk talk) throws InterruptedException {
        talk.caller().audio().play(Tone.of(440));
        talk.callee().audio().play(Tone.of(880));
        assertEquals(880, hears(talk.caller()), 15);
        assertEquals(440, hears(talk.callee()), 15);
    }

    private static Encryption encryption(Call call) {
        return Rig.await(call, CallEvent.EncryptionChanged.class).encryption().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES_256_CM_HMAC_SHA1_80", "AEAD_AES_256_GCM"})
    void bothHearEachOtherUnderKeysInSdpOfEachSuite(String suite) throws Exception {
        Rig.Talk talk = talk(SDES.withSuites(suite), TAKING);
        assertEquals(new Encryption(KeyMethod.SDES, suite, true, true), encryption(talk.caller()));
        assertEquals(new Encryption(KeyMethod.SDES, suite, true, false), encryption(talk.callee()));
        assertBothHear(talk);
        talk.caller().hangup();
        talk.callee().awaitEnd();
    }

    @Test
    void bothHearEachOtherUnderKeysByDtls() throws Exception {
        Rig.Talk talk = talk(MediaEncryption.DTLS, MediaEncryption.WHEN_OFFERED);
        assertEquals(new Encryption(KeyMethod.DTLS, "AEAD_AES_128_GCM", false, true), encryption(talk.caller()));
        assertEquals(KeyMethod.DTLS, encryption(talk.callee()).keys());
        assertBothHear(talk);
        talk.callee().hold();
        talk.callee().resume();
        talk.caller().hold();
        talk.caller().resume();
        assertBothHear(talk);
        talk.caller().hangup();
        talk.callee().awaitEnd();
        assertEquals(1, changes(talk.caller()), "holding keeps the association");
    }

    private static long changes(Call call) {
        long changes = 0;
        for (CallEvent event : call.events()) {
            changes += event instanceof CallEvent.EncryptionChanged ? 1 : 0;
        }
        return changes;
    }

    @Test
    void holdingKeepsTheKeys() throws Exception {
        Rig.Talk talk = talk(SDES, SDES);
        talk.callee().hold();
        talk.callee().resume();
        talk.caller().hold();
        talk.caller().resume();
        assertBothHear(talk);
        talk.callee().hangup();
        talk.caller().awaitEnd();
        assertEquals(1, changes(talk.caller()));
    }

    @Test
    void whatIsOptionalIsEncryptedWithAPeerThatCanAndInClearWithOneThatCannot() throws Exception {
        for (MediaEncryption keys : new MediaEncryption[] {SDES, MediaEncryption.DTLS}) {
            Rig.Talk talk = talk(keys.withDemand(Demand.OPTIONAL), TAKING);
            assertEquals(keys.keys(), encryption(talk.caller()).keys());
            assertBothHear(talk);
            talk.caller().hangup();
            talk.callee().awaitEnd();
        }
        Rig.Talk clear = talk(SDES.withDemand(Demand.OPTIONAL), MediaEncryption.NONE);
        assertBothHear(clear);
        assertTrue(clear.caller().encryption().isEmpty() && clear.callee().encryption().isEmpty());
        clear.caller().hangup();
        clear.callee().awaitEnd();
    }

    private static Failure.NotEncrypted failure(Call call) {
        VoipException failed = assertThrows(VoipException.class, call::awaitAnswer);
        return assertInstanceOf(Failure.NotEncrypted.class, failed.failure());
    }

    @Test
    void keysDoNotTravelInClearUnlessAllowed() {
        Failure failure = failure(alice.dial(bob.address(), with(MediaEncryption.SDES)));
        assertTrue(failure.sentence().contains("use TLS") && failure.sentence().contains("withKeysInClear()"), failure.sentence());
    }

    @Test
    void whatIsRequiredIsRefusedInClearOnTheOtherSideToo() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call caller = alice.dial(bob.address(), with(MediaEncryption.NONE));
        Call callee = Rig.next(calls).answerAsync(with(SDES));
        CallRecord record = callee.awaitEnd();
        assertFalse(record.answered());
        assertEquals(488, failure(callee).sipStatus().orElseThrow());
        VoipException refused = assertThrows(VoipException.class, caller::awaitAnswer);
        assertInstanceOf(Failure.MediaRefused.class, refused.failure());
    }

    @Test
    void anOfferWithKeysInClearSignallingIsRefused() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        alice.dial(bob.address(), with(SDES));
        Failure failure = failure(Rig.next(calls).answerAsync(with(MediaEncryption.WHEN_OFFERED)));
        assertTrue(failure.sentence().contains("not encrypted; use TLS"), failure.sentence());
    }

    @Test
    void anUnknownSuiteIsNamedAtOnce() {
        VoipException refused = assertThrows(VoipException.class, () -> alice.dial(bob.address(), with(SDES.withSuites("ROT_13"))));
        assertTrue(refused.getMessage().contains("'ROT_13' is not one of [AES_CM_128_HMAC_SHA1_80"), refused.getMessage());
        VoipException profile = assertThrows(VoipException.class,
                () -> alice.dial(bob.address(), with(MediaEncryption.DTLS.withSuites("AES_256_CM_HMAC_SHA1_80"))));
        assertTrue(profile.getMessage().contains("have no DTLS profile"), profile.getMessage());
    }
}
