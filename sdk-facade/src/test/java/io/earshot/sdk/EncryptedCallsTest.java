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
import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between two phones whose sound is encrypted, or has to be and is not. */
@Timeout(30)
@Tag("rfc4568")
@Tag("rfc5763")
@Tag("rfc8643")
@Tag("rfc8842")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedCallsTest {
    private static final MediaEncryption SDES = MediaEncryption.SDES.withKeysInClear();
    private static final MediaEncryption TAKING = MediaEncryption.WHEN_OFFERED.withKeysInClear();
    private Rig rig;
    private Account alice;
    private Account bob;
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();

    @BeforeAll
    void open() {
        rig = Rig.start();
        alice = watched("alice");
        bob = watched("bob");
    }

    /** Writes down what it sends of keys. */
    private Account watched(String user) {
        Phone phone = rig.phone();
        phone.raw().watch(message -> {
            Matcher key = Pattern.compile("a=(crypto|tls-id):.*").matcher(message.text());
            while (message.sent() && key.find()) {
                keys.add(key.group());
            }
        });
        return phone.register(rig.config(user));
    }

    @AfterAll
    void close() {
        rig.close();
    }

    private static CallOptions with(MediaEncryption encryption) {
        return CallOptions.DEFAULT.withEncryption(encryption);
    }

    private Rig.Talk talk(MediaEncryption near, MediaEncryption far) throws InterruptedException {
        return Voices.talk(alice, bob, near, far);
    }

    private static void assertBothHear(Rig.Talk talk) throws InterruptedException {
        Voices.assertBothHear(talk);
    }

    private static Encryption encryption(Call call) {
        return Voices.encryption(call);
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

    @ParameterizedTest
    @EnumSource(names = {"SDES", "DTLS"})
    void eitherEndCanAskForNewKeysWhileBothGoOnHearingEachOther(KeyMethod method) throws Exception {
        keys.clear();
        Rig.Talk talk = talk(method == KeyMethod.SDES ? SDES.withSuites("AES_CM_128_HMAC_SHA1_80") : MediaEncryption.DTLS, TAKING);
        assertBothHear(talk);
        talk.caller().security().renewKeys();
        assertBothHear(talk);
        talk.callee().security().renewKeys();
        assertBothHear(talk);
        talk.callee().hold();
        talk.callee().resume();
        assertBothHear(talk);
        // By SDES who asks has another key; by DTLS both name another association.
        Set<String> seen = new HashSet<>();
        while (seen.size() < (method == KeyMethod.SDES ? 4 : 6)) {
            seen.add(Rig.take(keys));
        }
        Voices.end(talk);
    }

    @Test
    void aCallInClearHasNoNewKeys() throws Exception {
        Rig.Talk talk = talk(MediaEncryption.NONE, TAKING);
        Failure failure = Rig.failure(Failure.BadArgument.class, talk.caller().security()::renewKeys);
        assertEquals("There are no new keys: the sound of this call is in clear.", failure.sentence());
        Voices.end(talk);
        assertEquals("Only an established call can have new keys; this one is ended.",
                Rig.failure(Failure.BadArgument.class, talk.caller().security()::renewKeys).sentence());
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
