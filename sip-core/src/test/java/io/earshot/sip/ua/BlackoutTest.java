package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing gets through for a while, in the worst moment: just as the registration is refreshed, with a call up. */
@Tag("rfc3261")
class BlackoutTest {
    private final Lan lan = new Lan(35);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(100);

    private long recovery(long blackout, boolean noticed) {
        registrar.granted = 120;
        AccountId account = alice.at(registrar, "secret", 120);
        alice.engine.register(account, lan.now);
        SessionId call = alice.call(bob);
        lan.runFor(50 * SECOND);
        lan.loss = 1;
        alice.engine.register(account, lan.now);
        lan.runFor(blackout * SECOND);
        lan.loss = 0;
        int before = registrar.registers().size();
        long back = lan.now;
        if (noticed) {
            alice.engine.onNetworkChanged(lan.now);
        }
        while (registrar.registers().size() == before && lan.now < back + 600 * SECOND) {
            lan.runFor(SECOND / 10);
        }
        long found = lan.now - back;
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty() && bob.all(SipEvent.Ended.class).isEmpty(), "the call did not live");
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.RemoteHangup.class, bob.ended());
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 20})
    void aShortOneIsOverWithTheNextRepetition(long seconds) {
        long found = recovery(seconds, false);
        assertTrue(found <= 4 * SECOND, found / SECOND + " s");
    }

    /** Nobody tells of it: the registration comes back with the next try, which is random within its back-off. */
    @ParameterizedTest
    @ValueSource(longs = {35, 120})
    void afterALongOneTheRegistrationComesBackWithTheNextTry(long seconds) {
        long found = recovery(seconds, false);
        assertTrue(found <= 120 * SECOND, found / SECOND + " s");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 35, 120})
    void whereTheNetworkIsSeenToComeBackTheRegistrationDoesSoAtOnce(long seconds) {
        long found = recovery(seconds, true);
        assertTrue(found <= SECOND, found / SECOND + " s");
    }
}
