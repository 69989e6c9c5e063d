package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Uri;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Registrars with habits of their own. */
@Tag("rfc3261")
class ServerHabitsTest {
    private final Lan lan = new Lan(2);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");
    private final Phone alice = lan.phone("alice", "10.0.0.1");

    private AccountId registered(ServerHabits habits) {
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org"))
            .registrar(Uri.parse("sip:10.0.0.100")).credentials(Credentials.password("alice", "secret"))
            .registration(RegistrationOptions.NONE.withHabits(habits)).expiresSeconds(300).build(), lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        return account;
    }

    private long life() {
        return assertInstanceOf(RegistrationState.Registered.class, alice.registration()).expiresSeconds();
    }

    /** Grants 200 s to the Contact and says 100 s for all. */
    private void grantTwice() {
        registrar.whim = request -> Optional.of(registrar.script.reply(request, 200, "reg").remove(HeaderName.CONTACT)
            .add(HeaderName.CONTACT, request.contacts().get(0).withParameter("expires", "200")).set(HeaderName.EXPIRES, "100").build());
    }

    @Test
    void theContactsOwnLifeCountsAsTheStandardSays() {
        grantTwice();
        registered(ServerHabits.STANDARD);
        assertEquals(200, life());
    }

    @Test
    void theHeaderCountsWhereItIsWantedTo() {
        grantTwice();
        registered(new ServerHabits(true, true, ServerHabits.Expiry.HEADER, ServerHabits.Challenges.ALL));
        assertEquals(100, life());
    }

    @Test
    void whatWasAskedForCountsWhereTheServerIsNotBelieved() {
        grantTwice();
        registered(new ServerHabits(true, true, ServerHabits.Expiry.OURS, ServerHabits.Challenges.ALL));
        assertEquals(300, life());
    }

    @Test
    void aRegistrationThatIsLeftToExpireIsNotRemoved() {
        AccountId account = registered(new ServerHabits(false, true, ServerHabits.Expiry.CONTACT, ServerHabits.Challenges.ALL));
        alice.engine.unregister(account, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Unregistered.class, alice.registration());
        assertEquals(1, registrar.registers().size());
        assertEquals(1, registrar.bindings.size());
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        alice.engine.shutdown(lan.now);
        lan.runFor(40 * SECOND);
        assertTrue(alice.engine.isIdle());
    }

    @Test
    void anEarlierAddressOfOursStaysWhereItIsNotToBeRemoved() {
        registrar.natted = Optional.of(Lan.address("192.0.2.7", 40_000));
        registered(new ServerHabits(true, false, ServerHabits.Expiry.CONTACT, ServerHabits.Challenges.ALL));
        Request last = registrar.registers().get(registrar.registers().size() - 1);
        assertEquals(1, last.contacts().size(), "the address that the registrar sees, and no end of the other");
        assertTrue(last.contacts().get(0).toString().contains("192.0.2.7"));
    }

    @Test
    void otherChallengesThanTheOnesWantedFailWithTheReason() {
        registrar.withUser("alice", "secret");
        registered(new ServerHabits(true, true, ServerHabits.Expiry.CONTACT, ServerHabits.Challenges.PROXY));
        Failure failure = assertInstanceOf(RegistrationState.Failed.class, alice.registration()).cause();
        assertTrue(failure.toString().contains("answer other challenges only"), failure::toString);
        assertEquals(1, registrar.registers().size());
    }

    @Test
    void theChallengesOfTheServerAreAnsweredWhereOnlyThoseAreWanted() {
        registrar.withUser("alice", "secret");
        registered(new ServerHabits(true, true, ServerHabits.Expiry.CONTACT, ServerHabits.Challenges.SERVER));
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
    }

    @Test
    void onlyEmptyTextKeepsWaysOpen() {
        assertThrows(IllegalArgumentException.class, () -> EngineConfig.builder().keepAliveText("OPTIONS").build());
        assertThrows(IllegalArgumentException.class, () -> EngineConfig.builder().keepAliveText("").build());
        assertEquals(" \r\n", EngineConfig.builder().keepAliveText(" \r\n").build().keepAliveText());
    }
}
