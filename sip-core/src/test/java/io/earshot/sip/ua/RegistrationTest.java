package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
@Tag("rfc3581")
class RegistrationTest {
    private final Lan lan = new Lan(2);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");
    private final Phone alice = lan.phone("alice", "10.0.0.1");

    @Test
    void answersTheChallengeAndIsRegistered() {
        registrar.withUser("alice", "secret");
        AccountId account = alice.at(registrar, "secret", 300);
        assertTrue(alice.engine.register(account, lan.now));
        lan.runFor(SECOND);
        assertEquals("""
            alice ! Registering
            alice > registrar REGISTER
            registrar > alice 401 REGISTER
            alice > registrar REGISTER
            registrar > alice 200 REGISTER
            alice ! Registered
            """, lan.lines());
        assertEquals(new RegistrationState.Registered(Uri.parse("sip:alice@10.0.0.1:5060"), 300), alice.registration());
        List<Request> sent = registrar.registers();
        assertEquals(sent.get(0).callId(), sent.get(1).callId());
        assertEquals(sent.get(0).cseq().number() + 1, sent.get(1).cseq().number());
    }

    @Test
    void registeringAnewHasAnotherCallIdAndWaitsForNothing() {
        AccountId account = alice.at(registrar, "secret", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertTrue(alice.engine.registerAnew(account, lan.now));
        assertTrue(alice.engine.registerAnew(account, lan.now), "while one is under way");
        lan.runFor(SECOND);
        List<String> ids = registrar.registers().stream().map(Request::callId).distinct().toList();
        assertEquals(3, ids.size(), ids::toString);
        assertEquals(1, registrar.bindings.size());
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        lan.runFor(300 * SECOND);
        assertEquals(3, registrar.registers().stream().map(Request::callId).distinct().count(), "refreshes keep it");
    }

    @Test
    void anHourOfRegistrationNeverLapsesAndCountsOn() {
        registrar.withUser("alice", "secret");
        registrar.granted = 120;
        AccountId account = alice.at(registrar, "secret", 300);
        alice.engine.register(account, lan.now);
        List<Long> times = new ArrayList<>();
        registrar.whim = request -> {
            times.add(lan.now);
            return Optional.empty();
        };
        lan.runFor(3600 * SECOND);
        for (int i = 1; i < times.size(); i++) {
            assertTrue(times.get(i) - times.get(i - 1) < 115 * SECOND, "lapsed at " + times.get(i));
        }
        List<Request> sent = registrar.registers();
        for (int i = 1; i < sent.size(); i++) {
            assertEquals(sent.get(i - 1).cseq().number() + 1, sent.get(i).cseq().number());
            assertEquals(sent.get(0).callId(), sent.get(i).callId());
        }
        assertTrue(sent.size() > 32 && sent.size() < 90, sent.size() + " REGISTERs");
        assertEquals(2, alice.all(SipEvent.RegistrationChanged.class).size(), "a refresh is no news");
        assertTrue(alice.keepAlives + sent.size() >= 3600 / 25, alice.keepAlives + " keep-alives");
        alice.engine.shutdown(lan.now);
        lan.runFor(40 * SECOND);
        assertTrue(registrar.bindings.isEmpty());
        assertTrue(alice.engine.isIdle());
        assertInstanceOf(RegistrationState.Unregistered.class, alice.registration());
    }

    @Test
    void refreshesCarryCredentialsUnaskedAndCountTheNonceByOne() {
        registrar.withUser("alice", "secret");
        AccountId account = alice.at(registrar, "secret", 100);
        alice.engine.register(account, lan.now);
        lan.runFor(300 * SECOND);
        List<String> counts = registrar.registers().stream().map(request -> request.value(HeaderName.AUTHORIZATION).orElse("nc=none"))
            .map(value -> value.replaceAll("(?s).*nc=([0-9a-f]+|none).*", "$1")).toList();
        assertEquals(List.of("none", "00000001", "00000002", "00000003"), counts.subList(0, 4));
    }

    @Test
    void aForeignServerGetsNoCredentialsUnasked() {
        registrar.withUser("alice", "secret");
        AccountId account = alice.at(registrar, "secret", 100);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        Script stranger = lan.script("stranger", "10.0.0.66");
        alice.engine.options(account, stranger.uri(), lan.now);
        lan.runFor(SECOND);
        assertTrue(stranger.received.stream().noneMatch(message -> message.has(HeaderName.AUTHORIZATION)));
        assertEquals(1, stranger.received.stream().map(message -> message.via().branch()).distinct().count());
    }

    @Test
    void aWrongPasswordFailsForGood() {
        registrar.withUser("alice", "secret");
        AccountId account = alice.at(registrar, "wrong", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(7200 * SECOND);
        RegistrationState.Failed failed = assertInstanceOf(RegistrationState.Failed.class, alice.registration());
        Failure.AuthenticationFailed cause = assertInstanceOf(Failure.AuthenticationFailed.class, failed.cause());
        assertEquals("Authentication failed: the server rejected user alice or its password for realm 'example.org'", cause.sentence());
        assertEquals(2, registrar.registers().size(), "nothing is tried again");
    }

    @Test
    void withoutCredentialsTheRealmIsNamed() {
        registrar.withUser("alice", "secret");
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@10.0.0.100")).build(), lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        RegistrationState.Failed failed = assertInstanceOf(RegistrationState.Failed.class, alice.registration());
        assertEquals("The server asks for a user name and password (realm 'example.org'), but none are configured",
            failed.cause().sentence());
    }

    @Test
    void tooBriefAnExpiryIsLengthened() {
        registrar.least = 1800;
        AccountId account = alice.at(registrar, "x", 60);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertEquals(1800, assertInstanceOf(RegistrationState.Registered.class, alice.registration()).expiresSeconds());
    }

    @Test
    void failuresBackOffRandomlyUpToHalfAnHour() {
        registrar.whim = request -> Optional.of(registrar.script.reply(request, 500, "reg").build());
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            lan.runFor(SECOND);
            long retryAt = assertInstanceOf(RegistrationState.Waiting.class, alice.registration()).retryAt();
            waits.add((retryAt - lan.now) / SECOND);
            lan.runTo(retryAt);
        }
        for (int i = 0; i < waits.size(); i++) {
            long upper = Math.min(1800, 30L << i);
            assertTrue(waits.get(i) >= upper / 2 - 2 && waits.get(i) <= upper, waits.toString());
        }
        registrar.whim = request -> Optional.empty();
        lan.runFor(1900 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
    }

    @Test
    void retryAfterIsHonoured() {
        registrar.whim = request -> Optional.of(registrar.script.reply(request, 503, "reg")
            .set(HeaderName.RETRY_AFTER, "100 (busy)").build());
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(99 * SECOND);
        assertEquals(1, registrar.registers().size());
        lan.runFor(12 * SECOND);
        assertEquals(2, registrar.registers().size());
    }

    @Test
    void followsARedirectionAndNotForEver() {
        Registrar other = new Registrar(lan, "10.0.0.101");
        registrar.whim = request -> Optional.of(registrar.script.reply(request, 302, "reg")
            .set(HeaderName.CONTACT, "<sip:10.0.0.101>").build());
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        assertEquals(1, other.bindings.size());
        other.whim = request -> Optional.of(other.script.reply(request, 302, "reg").set(HeaderName.CONTACT, "<sip:10.0.0.100>").build());
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Waiting.class, alice.registration());
    }

    @Test
    void theAddressThatTheRegistrarSeesBecomesContact() {
        registrar.natted = Optional.of(Lan.address("203.0.113.7", 40_000));
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertEquals(new TreeSet<>(List.of("sip:alice@203.0.113.7:40000")), new TreeSet<>(registrar.bindings.keySet()));
        assertEquals("sip:alice@203.0.113.7:40000",
            assertInstanceOf(RegistrationState.Registered.class, alice.registration()).contact().toString());
        assertEquals(2, registrar.registers().size());
        registrar.natted = Optional.of(Lan.address("203.0.113.7", 50_000));
        lan.runFor(290 * SECOND);
        assertEquals(new TreeSet<>(List.of("sip:alice@203.0.113.7:50000")), new TreeSet<>(registrar.bindings.keySet()));
        alice.engine.unregister(account, lan.now);
        lan.runFor(SECOND);
        assertTrue(registrar.bindings.isEmpty());
    }

    @Test
    void aPortThatOurRouterPassesOnBecomesContactWhateverTheRegistrarSees() {
        Registrar far = new Registrar(lan, "198.51.100.1");
        far.natted = Optional.of(Lan.address("203.0.113.7", 40_000));
        AccountId account = alice.at(far, "x", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertTrue(alice.engine.reachedAt(account, Lan.address("10.0.0.1", 5060), Optional.of(Lan.address("203.0.113.7", 5070)), lan.now));
        lan.runFor(SECOND);
        assertEquals(new TreeSet<>(List.of("sip:alice@203.0.113.7:5070")), new TreeSet<>(far.bindings.keySet()));
        int before = far.registers().size();
        lan.runFor(100 * SECOND);
        assertEquals(before, far.registers().size(), "that it sees us elsewhere is no news");
        alice.engine.reachedAt(account, Lan.address("10.0.0.1", 5060), Optional.empty(), lan.now);
        lan.runFor(SECOND);
        assertEquals(new TreeSet<>(List.of("sip:alice@203.0.113.7:40000")), new TreeSet<>(far.bindings.keySet()));
    }

    @Test
    void aPortThatIsPassedOnWhileARegistrationIsUnderWayBecomesContactBehindIt() {
        Registrar far = new Registrar(lan, "198.51.100.1");
        AccountId account = alice.at(far, "x", 300);
        alice.engine.register(account, lan.now);
        alice.engine.reachedAt(account, Lan.address("10.0.0.1", 5060), Optional.of(Lan.address("203.0.113.7", 5070)), lan.now);
        lan.runFor(SECOND);
        assertEquals(new TreeSet<>(List.of("sip:alice@203.0.113.7:5070")), new TreeSet<>(far.bindings.keySet()));
        assertEquals(Optional.of("sip:alice@203.0.113.7:5070"), far.registers().stream().reduce((one, next) -> next)
            .map(last -> last.contacts().get(0).uri().toString()));
    }

    @Test
    void aRegistrarOfOurOwnNetworkIsToldOurOwnAddressAllTheSame() {
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        alice.engine.reachedAt(account, Lan.address("10.0.0.1", 5060), Optional.of(Lan.address("203.0.113.7", 5070)), lan.now);
        lan.runFor(2 * SECOND);
        assertEquals(new TreeSet<>(List.of("sip:alice@10.0.0.1:5060")), new TreeSet<>(registrar.bindings.keySet()));
    }

    @Test
    void unregisteringWhileRegisteringRemovesTheBinding() {
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(MILLISECOND);
        alice.engine.unregister(account, lan.now);
        lan.runFor(SECOND);
        assertTrue(registrar.bindings.isEmpty());
        assertInstanceOf(RegistrationState.Unregistered.class, alice.registration());
        alice.engine.register(account, lan.now);
        alice.engine.unregister(account, lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertEquals(1, registrar.bindings.size());
    }

    @Test
    void anUnknownServerIsNamed() {
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@sip.nowhere.invalid")).build(), lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertEquals("Cannot find the server 'sip.nowhere.invalid': no such name in DNS",
            assertInstanceOf(RegistrationState.Waiting.class, alice.registration()).cause().sentence());
    }

    @Test
    void twoAccountsHaveTheirOwnBindingsAndCallIds() {
        Registrar other = new Registrar(lan, "10.0.0.101");
        alice.engine.register(alice.at(registrar, "x", 300), lan.now);
        alice.engine.register(alice.at(other, "x", 300), lan.now);
        lan.runFor(SECOND);
        assertEquals(1, registrar.bindings.size());
        assertEquals(1, other.bindings.size());
        assertNotEquals(registrar.registers().get(0).callId(), other.registers().get(0).callId());
    }

    @Test
    void aLostConnectionRegistersAnew() {
        alice.engine.register(alice.at(registrar, "x", 300), lan.now);
        lan.runFor(SECOND);
        alice.engine.onFlowClosed(new Flow("UDP", alice.address, registrar.script.address, 0), "reset", lan.now);
        lan.runFor(SECOND);
        assertEquals(2, registrar.registers().size());
    }

    @Test
    @Tag("rfc5626")
    void aServerThatIsRestartedIsRegisteredAtSoonAfterItIsBack() {
        alice.engine.register(alice.at(registrar, "x", 300), lan.now);
        lan.runFor(10 * SECOND);
        var server = lan.remove(registrar.script.address);
        alice.engine.onFlowClosed(new Flow("UDP", alice.address, registrar.script.address, 0), "closed", lan.now);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            lan.runFor(SECOND / 10);
            long retryAt = assertInstanceOf(RegistrationState.Waiting.class, alice.registration()).retryAt();
            waits.add((retryAt - lan.now) / (SECOND / 10));
            lan.runTo(retryAt);
        }
        List<Integer> upper = List.of(1, 2, 4, 8, 16, 30, 60);
        for (int i = 0; i < 7; i++) {
            assertTrue(waits.get(i) >= upper.get(i) * 5 - 2 && waits.get(i) <= upper.get(i) * 10, "tenths of a second: " + waits);
        }
        lan.add("registrar", registrar.script.address, server);
        lan.runFor(130 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
    }

    @Test
    @Tag("rfc5626")
    void aServerThatNeverAnsweredIsNotTriedSooner() {
        var server = lan.remove(registrar.script.address);
        alice.engine.register(alice.at(registrar, "x", 300), lan.now);
        lan.runFor(SECOND);
        long wait = assertInstanceOf(RegistrationState.Waiting.class, alice.registration()).retryAt() - lan.now;
        assertTrue(wait >= 13 * SECOND, wait / SECOND + " s");
        lan.add("registrar", registrar.script.address, server);
    }

    @Test
    void aServerThatClosesEveryConnectionIsNotFlooded() {
        alice.engine.register(alice.at(registrar, "x", 300), lan.now);
        for (int i = 0; i < 100; i++) {
            lan.runFor(SECOND / 5);
            alice.engine.onFlowClosed(new Flow("UDP", alice.address, registrar.script.address, 0), "closed", lan.now);
        }
        lan.runFor(SECOND);
        assertTrue(registrar.registers().size() >= 4 && registrar.registers().size() <= 7, registrar.registers().size() + " in 21 s");
    }

    @Test
    void aRemovedAccountLeavesNoBinding() {
        AccountId account = alice.at(registrar, "x", 300);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        alice.engine.removeAccount(account, lan.now);
        lan.runFor(40 * SECOND);
        assertTrue(registrar.bindings.isEmpty());
        assertTrue(alice.engine.isIdle());
    }
}
