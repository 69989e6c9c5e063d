package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Failure;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.api.VoipException;
import io.earshot.sip.auth.DigestAlgorithm;
import io.earshot.testkit.server.TestSipServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accounts at a registrar over loopback. */
@Timeout(30)
class RegistrationTest {
    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = {"MD5", "SHA_256"})
    void registersWithDigestAndUnregistersOnClose(DigestAlgorithm algorithm) throws Exception {
        try (Rig rig = Rig.start(TestSipServer.builder().algorithms(algorithm))) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            assertInstanceOf(RegistrationState.Registered.class, alice.state());
            assertEquals(1, rig.server.bindings("alice").size());
            phone.close();
            assertEquals(List.of(), rig.server.bindings("alice"));
            assertInstanceOf(RegistrationState.Unregistered.class, alice.state());
        }
    }

    @Test
    void registersWithTheHashOfAPassword() throws Exception {
        try (Rig rig = Rig.start()) {
            String ha1 = hex("alice:test:alice-secret");
            Account alice = rig.phone().register(rig.config("alice").withHa1(ha1, "test"));
            assertInstanceOf(RegistrationState.Registered.class, alice.state());
        }
    }

    private static String hex(String text) throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("MD5").digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return java.util.HexFormat.of().formatHex(digest);
    }

    @Test
    void showsTheLifeThatTheRegistrarGranted() throws Exception {
        try (Rig rig = Rig.start(TestSipServer.builder().registrationLife(Duration.ofSeconds(60), Duration.ofSeconds(90),
                Duration.ofSeconds(120)))) {
            Account alice = rig.phone().register(rig.config("alice").withExpires(Duration.ofHours(1)));
            assertEquals(new RegistrationState.Registered(Duration.ofSeconds(120)), alice.state());
        }
    }

    @Test
    void asksAgainForLongerWhenTheRegistrarFindsItTooBrief() throws Exception {
        try (Rig rig = Rig.start(TestSipServer.builder().registrationLife(Duration.ofMinutes(5), Duration.ofHours(1),
                Duration.ofHours(1)))) {
            Account alice = rig.phone().register(rig.config("alice").withExpires(Duration.ofSeconds(30)));
            assertEquals(new RegistrationState.Registered(Duration.ofMinutes(5)), alice.state());
        }
    }

    @Test
    void registeringAgainWaitsForTheRefresh() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            rig.server.forgetBindings();
            alice.register();
            assertEquals(1, rig.server.bindings("alice").size());
        }
    }

    @Test
    void registersOnceMoreAfterUnregistering() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            alice.unregister();
            assertEquals(List.of(), rig.server.bindings("alice"));
            assertInstanceOf(RegistrationState.Unregistered.class, alice.state());
            alice.unregister();
            alice.register();
            assertEquals(1, rig.server.bindings("alice").size());
        }
    }

    @Test
    void aWrongPasswordIsATypedFailureAndLeavesNoAccount() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Failure.AuthenticationFailed failure = Rig.failure(Failure.AuthenticationFailed.class,
                    () -> phone.register(rig.config("alice").withPassword("wrong")));
            assertEquals("alice", failure.user());
            assertEquals("test", failure.realm());
            assertEquals(List.of(), phone.accounts());
        }
    }

    @Test
    void anAccountThatFailedForGoodCanBeUnregisteredAndRegisteredAgain() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.phone().addAccount(rig.config("alice").withPassword("wrong"));
            Rig.failure(Failure.AuthenticationFailed.class, alice::register);
            RegistrationState.Failed state = assertInstanceOf(RegistrationState.Failed.class, alice.state());
            assertEquals(Duration.ZERO, state.retryIn());
            alice.unregister();
            Rig.failure(Failure.AuthenticationFailed.class, alice::register);
        }
    }

    @Test
    void anOutageIsRetriedByItself() throws Exception {
        try (Rig rig = Rig.start()) {
            rig.server.refuseEverything(503, 60);
            Account alice = rig.phone().addAccount(rig.config("alice"));
            Rig.failure(Failure.Rejected.class, alice::register);
            RegistrationState.Failed state = assertInstanceOf(RegistrationState.Failed.class, alice.state());
            assertTrue(state.retryIn().compareTo(Duration.ofSeconds(59)) >= 0, state::toString);
            alice.unregister();
            assertInstanceOf(RegistrationState.Unregistered.class, alice.state());
        }
    }

    @Test
    void futuresFailWithTheSameException() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            ExecutionException failed = assertThrows(ExecutionException.class,
                    () -> phone.registerAsync(rig.config("bob").withPassword("wrong")).get(10, TimeUnit.SECONDS));
            assertInstanceOf(Failure.AuthenticationFailed.class, assertInstanceOf(VoipException.class, failed.getCause()).failure());
        }
    }

    @Test
    void twoAccountsOfOnePhoneAreEachCalledByName() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            Account bob = phone.register(rig.config("bob"));
            assertEquals(List.of(alice, bob), phone.accounts());
            Account carol = rig.registered("carol");
            assertEquals(alice, Rig.talk(carol, alice).callee().account());
            Rig.Talk talk = Rig.talk(carol, bob);
            assertEquals(bob, talk.callee().account());
            assertEquals(rig.server.uri("carol"), talk.callee().remote().address());
        }
    }

    @Test
    void closingAnAccountUnregistersItEndsItsCallsAndSaysSo() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            BlockingQueue<PhoneEvent> events = new LinkedBlockingQueue<>();
            phone.onEvent(events::add);
            Account alice = phone.register(rig.config("alice"));
            Account bob = rig.registered("bob");
            Rig.Talk talk = Rig.talk(alice, bob);
            alice.close();
            alice.close();
            assertEquals(io.earshot.api.CallEvent.Side.REMOTE, talk.callee().awaitEnd().endedBy());
            for (PhoneEvent event = Rig.take(events); !isUnregistered(event); ) {
                event = Rig.take(events);
            }
            assertEquals(List.of(), phone.accounts());
            assertEquals("The account is closed.", Rig.failure(() -> alice.dial("bob")).sentence());
            assertEquals("The account is closed.", Rig.failure(alice::register).sentence());
            alice.unregister();
        }
    }

    private static boolean isUnregistered(PhoneEvent event) {
        return event instanceof PhoneEvent.RegistrationChanged changed && changed.state() instanceof RegistrationState.Unregistered;
    }

    @Test
    void secretsAreNotPrinted() {
        assertTrue(!io.earshot.api.AccountConfig.of("sip:a@b", "secret").toString().contains("secret"));
    }
}
