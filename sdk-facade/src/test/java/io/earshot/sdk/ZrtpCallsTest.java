package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Encryption;
import io.earshot.api.Failure;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import io.earshot.api.Phone;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
        return Voices.talk(alice, bob, near, far);
    }

    @Test
    void bothUsersReadTheSameStringAndHearEachOtherAlsoAfterHolding() throws Exception {
        for (int call = 0; call < 2; call++) {
            Rig.Talk talk = talk(MediaEncryption.ZRTP, MediaEncryption.ZRTP);
            Encryption near = Voices.encryption(talk.caller());
            Encryption far = Voices.encryption(talk.callee());
            assertEquals(KeyMethod.ZRTP, near.keys());
            assertEquals("AES_CM_128_HMAC_SHA1_80", near.suite());
            assertTrue(near.required() && !near.keysExposed());
            assertEquals(4, near.shortString().orElseThrow().length());
            assertEquals(near.shortString(), far.shortString());
            talk.caller().hold();
            talk.caller().resume();
            Voices.assertBothHear(talk);
            Voices.end(talk);
        }
    }

    @Test
    void whereItIsOptionalAPeerWithoutItIsTalkedToInClear() throws Exception {
        Rig.Talk talk = talk(MediaEncryption.ZRTP.withDemand(Demand.OPTIONAL), MediaEncryption.NONE);
        Voices.assertBothHear(talk);
        assertTrue(talk.caller().encryption().isEmpty());
        Voices.end(talk);
    }

    @Test
    void aPeerThatOffersOtherKeysGetsThem() throws Exception {
        Rig.Talk talk = talk(MediaEncryption.DTLS, MediaEncryption.ZRTP);
        assertEquals(KeyMethod.DTLS, Voices.encryption(talk.callee()).keys());
        Voices.assertBothHear(talk);
        Voices.end(talk);
    }

    @Test
    void suitesThatItDoesNotHaveAreToldOf() {
        Failure failure = Rig.failure(Failure.BadArgument.class, () -> alice.dial(bob.address(),
                CallOptions.DEFAULT.withEncryption(MediaEncryption.ZRTP.withSuites("AEAD_AES_128_GCM"))));
        assertEquals("The encryption of media cannot be had: SRTP suites [AEAD_AES_128_GCM] cannot be had by ZRTP;"
                + " take AES_CM_128 or AES_256_CM ones.", failure.sentence());
    }

    /** A pair of phones that remember; each call of {@link #with} is a life of both. */
    private final class Lives {
        private final Path near;
        private final Path far;

        Lives(Path folder) {
            near = folder.resolve("near");
            far = folder.resolve("far");
        }

        void with(Life life) throws Exception {
            try (Phone one = Rig.builder().dataFolder(near).open(); Phone two = Rig.builder().dataFolder(far).open()) {
                Rig.Talk talk = Voices.talk(one.register(rig.config("carol")), two.register(rig.config("bob")), MediaEncryption.ZRTP,
                        MediaEncryption.ZRTP);
                life.live(talk);
                Voices.end(talk);
            }
        }
    }

    private interface Life {
        void live(Rig.Talk talk) throws Exception;
    }

    @Test
    void whatTheUsersComparedHoldsAfterBothPhonesWereStartedAnew(@TempDir Path folder) throws Exception {
        Lives lives = new Lives(folder);
        lives.with(talk -> {
            assertFalse(Voices.encryption(talk.caller()).verified() || Voices.encryption(talk.callee()).verified());
            talk.caller().security().compared(true);
            talk.callee().security().compared(true);
            Voices.encryption(talk.caller(), Encryption::verified);
            Voices.encryption(talk.callee(), Encryption::verified);
        });
        lives.with(talk -> {
            assertTrue(Voices.encryption(talk.caller()).verified() && Voices.encryption(talk.callee()).verified());
            Voices.assertBothHear(talk);
        });
        Path file = folder.resolve("near").resolve("zrtp");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).matches("(?s).*[0-9a-f]{64}.*"), "secrets are sealed");
    }

    @Test
    void aPeerThatDoesNotKnowTheSecretOfEarlierCallsIsToldOf(@TempDir Path folder) throws Exception {
        Lives lives = new Lives(folder);
        Path near = folder.resolve("near").resolve("zrtp");
        Path before = folder.resolve("before");
        lives.with(talk -> Voices.encryption(talk.caller()));
        Files.copy(near, before);
        for (int call = 0; call < 2; call++) {
            lives.with(talk -> Voices.encryption(talk.caller()));
        }
        Files.copy(before, near, StandardCopyOption.REPLACE_EXISTING); // the disk of the near phone came back from a backup of long ago
        lives.with(talk -> {
            String text = Voices.encryption(talk.callee()).shortString().orElseThrow();
            CallEvent.Warning warning = Rig.await(talk.callee(), CallEvent.Warning.class);
            assertEquals(new Failure.PeerNotRecognised(text), warning.failure());
            Rig.await(talk.caller(), CallEvent.Warning.class);
            talk.caller().security().compared(true);
            talk.callee().security().compared(true);
            Voices.encryption(talk.caller(), Encryption::verified);
            Voices.encryption(talk.callee(), Encryption::verified);
        });
    }

    @Test
    void keysByZrtpHoldForTheWholeCall() throws Exception {
        Rig.Talk talk = talk(MediaEncryption.ZRTP, MediaEncryption.ZRTP);
        assertEquals("There are no new keys: keys by ZRTP hold for the whole call.",
                Rig.failure(Failure.BadArgument.class, talk.caller().security()::renewKeys).sentence());
        Voices.end(talk);
    }
}
