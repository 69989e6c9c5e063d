package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing gets through for a while, in the worst moment: just as the registration is refreshed, with a call up. */
@Tag("rfc3261")
class BlackoutTest {
    private Lan lan;
    private Registrar registrar;
    private Phone alice;
    private Phone bob;

    BlackoutTest() {
        build(35);
    }

    private void build(long seed) {
        lan = new Lan(seed);
        registrar = new Registrar(lan, "10.0.0.100");
        alice = lan.phone("alice", "10.0.0.1");
        bob = lan.phone("bob", "10.0.0.2").answering(100);
    }

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
    @CsvSource({"35, 35", "35, 36", "35, 37", "35, 38", "35, 39", "60, 35", "60, 36", "60, 37", "90, 35", "90, 36", "90, 37", "120, 35",
        "120, 36", "120, 37", "120, 38", "120, 39", "120, 40", "120, 41", "120, 42", "120, 43", "120, 44"})
    void afterALongOneTheRegistrationComesBackWithTheNextTry(long seconds, long seed) {
        build(seed);
        long found = recovery(seconds, false);
        assertTrue(found <= 30 * SECOND, found / SECOND + " s");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 35, 120})
    void whereTheNetworkIsSeenToComeBackTheRegistrationDoesSoAtOnce(long seconds) {
        long found = recovery(seconds, true);
        assertTrue(found <= SECOND, found / SECOND + " s");
    }
}
