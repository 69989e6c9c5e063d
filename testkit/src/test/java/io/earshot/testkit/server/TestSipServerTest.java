package io.earshot.testkit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.sip.auth.DigestAlgorithm;
import io.earshot.testkit.Transcript;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.NatType;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("rfc7616")
class TestSipServerTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(11).conditions(LinkConditions.LAN);
    private final VirtualHost pbx = net.host("pbx", "10.0.0.9");
    private TestSipServer server;

    private TestSipServer start(UnaryOperator<TestSipServerBuilder> settings) {
        server = settings.apply(TestSipServer.builder().realm("test").user("alice", "secret").user("bob", "secret")).start(pbx);
        return server;
    }

    private TestSipServer start() {
        return start(builder -> builder);
    }

    private VirtualHost host(String name, int number) {
        return net.host(name, "10.0.0." + number);
    }

    private void run(int seconds) {
        net.runFor(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void registersWithEveryDigestAlgorithm(DigestAlgorithm algorithm) {
        Phone alice = Phone.on(host("alice", 1), start(builder -> builder.algorithms(algorithm))).register();
        run(1);
        assertEquals(List.of("registering", "registered 600"), alice.log);
        assertEquals("sip:alice@10.0.0.1:5060", server.bindings("alice").get(0).contact().withoutParameters().toString());
        net.transcript().assertContains("alice > pbx REGISTER", "pbx > alice 401", "alice > pbx REGISTER", "pbx > alice 200");
        alice.unregister();
        run(1);
        assertEquals(List.of(), server.bindings("alice"));
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownUser() {
        start();
        Phone alice = Phone.withPassword(host("alice", 1), server, "wrong").register();
        Phone mallory = Phone.on(host("mallory", 2), server).register();
        run(5);
        assertTrue(alice.log.get(1).contains("the server rejected user alice or its password"), alice.log.toString());
        assertTrue(mallory.log.get(1).contains("404"), mallory.log.toString());
        assertEquals(List.of(), server.bindings("alice"));
    }

    @Test
    void makesClientsAnswerStaleNonces() {
        start().forceStaleNonces(1);
        Phone alice = Phone.on(host("alice", 1), server).register();
        run(1);
        assertEquals(List.of("registering", "registered 600"), alice.log);
        assertEquals(2, net.transcript().count("pbx > alice 401"));
    }

    @Test
    void asksForALongerRegistrationAndShortensOneThatIsTooLong() {
        start(builder -> builder.registrationLife(Duration.ofSeconds(900), Duration.ofHours(1), Duration.ofHours(1)));
        Phone alice = Phone.on(host("alice", 1), server).register();
        run(1);
        assertEquals(List.of("registering", "registered 900"), alice.log);
        net.transcript().assertContains("pbx > alice 423");
        TestSipServer other = TestSipServer.builder().user("bob", "secret")
            .registrationLife(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(45)).start(host("pbx2", 8));
        Phone bob = Phone.on(host("bob", 2), other).register();
        run(1);
        assertEquals("registered 45", bob.log.get(1));
    }

    @Test
    void forgetsWhoDoesNotRefresh() {
        Phone alice = Phone.on(host("alice", 1), start()).register();
        run(1);
        net.blackout(pbx, Ticker.NEVER);
        run(598);
        assertEquals(1, server.bindings("alice").size());
        run(2);
        assertEquals(0, server.bindings("alice").size());
        assertFalse(alice.log.isEmpty());
    }

    @Test
    void connectsTwoUsersAndStaysOnThePath() {
        start();
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone bob = Phone.on(host("bob", 2), server).register();
        run(1);
        alice.call("sip:bob@test");
        run(10);
        assertTrue(alice.hangUp());
        run(40);
        assertEquals(List.of("registering", "registered 600", "180", "answered", "ended: The call was hung up"), alice.log);
        assertEquals(List.of("registering", "registered 600", "incoming", "confirmed", "ended: The other side hung up"), bob.log);
        net.transcript().assertContains("alice > pbx INVITE", "pbx > alice 407", "alice > pbx ACK", "alice > pbx INVITE",
            "pbx > alice 100", "pbx > bob INVITE", "bob > pbx 180", "pbx > alice 180", "bob > pbx 200", "pbx > alice 200",
            "alice > pbx ACK", "pbx > bob ACK", "alice > pbx BYE", "pbx > bob BYE", "bob > pbx 200", "pbx > alice 200");
        net.transcript().assertLacks("alice > bob ACK");
        assertEquals(0, server.transactions());
    }

    @Test
    void leavesThePathOfTheDialogWhenToldTo() {
        start(builder -> builder.recordRoute(false).trustEverybody());
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone.on(host("bob", 2), server).register();
        run(1);
        alice.call("sip:bob@test");
        run(10);
        alice.hangUp();
        run(1);
        net.transcript().assertContains("alice > bob ACK", "alice > bob BYE", "bob > alice 200");
        net.transcript().assertLacks("pbx > alice 401");
        net.transcript().assertLacks("pbx > alice 407");
    }

    @Test
    void bridgesUdpAndTcp() {
        start();
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone bob = Phone.overTcp(host("bob", 2), server).register();
        run(1);
        assertEquals("TCP", server.bindings("bob").get(0).protocol());
        alice.call("sip:bob@test");
        run(10);
        bob.hangUp();
        run(1);
        assertEquals("ended: The other side hung up", alice.log.get(alice.log.size() - 1));
        bob.call("sip:alice@test");
        run(10);
        alice.hangUp();
        run(1);
        assertEquals("ended: The other side hung up", bob.log.get(bob.log.size() - 1));
    }

    @Test
    void reachesPhonesBehindNats() {
        start();
        VirtualHost inside = net.hostBehind(net.nat("router", "203.0.113.1", NatType.PORT_RESTRICTED), "alice", "192.168.1.2");
        Phone alice = Phone.on(inside, server).register();
        Phone bob = Phone.on(host("bob", 2), server).register();
        run(2);
        bob.call("sip:alice@test");
        run(10);
        assertTrue(alice.log.contains("confirmed"), alice.log.toString());
        bob.hangUp();
        run(1);
        assertEquals("ended: The other side hung up", alice.log.get(alice.log.size() - 1));
    }

    @Test
    void forksToEveryPhoneOfAUserAndCancelsTheOthersWhenOneAnswers() {
        start();
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone desk = Phone.ringingFor(host("bob-desk", 2), server, 3 * Ticker.SECOND).register();
        Phone mobile = Phone.ringingFor(host("bob-mobile", 3), server, 60 * Ticker.SECOND).register();
        run(1);
        assertEquals(2, server.bindings("bob").size());
        alice.call("sip:bob@test");
        run(50);
        assertTrue(alice.log.contains("answered"));
        assertTrue(desk.log.contains("confirmed"));
        assertEquals("ended: The caller cancelled the call", mobile.log.get(3));
        net.transcript().assertContains("pbx > bob-mobile CANCEL", "bob-mobile > pbx 200", "bob-mobile > pbx 487", "pbx > bob-mobile ACK");
        assertEquals(0, server.transactions());
    }

    @Test
    void passesOnTheBestOfSeveralRefusals() {
        start();
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone.refusing(host("bob-desk", 2), server, 486).register();
        Phone.refusing(host("bob-mobile", 3), server, 603).register();
        run(1);
        alice.call("sip:bob@test");
        run(5);
        assertEquals("ended: The other side answered 603 Decline", alice.log.get(alice.log.size() - 1));
    }

    @Test
    void passesCancelOn() {
        start();
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone bob = Phone.ringingFor(host("bob", 2), server, 60 * Ticker.SECOND).register();
        run(1);
        alice.call("sip:bob@test");
        run(2);
        alice.hangUp();
        run(40);
        assertEquals("ended: The call was cancelled", alice.log.get(alice.log.size() - 1));
        assertEquals("ended: The caller cancelled the call", bob.log.get(3));
        net.transcript().assertContains("alice > pbx CANCEL", "pbx > alice 200", "pbx > bob CANCEL", "bob > pbx 487", "pbx > alice 487");
        assertEquals(0, server.transactions());
    }

    @Test
    void endsCallsThatRingForTooLong() {
        start(builder -> builder.ringingTime(Duration.ofSeconds(20)));
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone.ringingFor(host("bob", 2), server, 90 * Ticker.SECOND).register();
        run(1);
        alice.call("sip:bob@test");
        run(25);
        assertEquals("ended: The other side answered 408 Request Timeout", alice.log.get(alice.log.size() - 1));
        net.transcript().assertContains("pbx > bob CANCEL");
    }

    @Test
    void tellsUnknownOfflineAndUnreachableUsersApart() {
        start(builder -> builder.answer("busy", 486).answer("full", 503, "Retry-After", "120").redirect("moved", "sip:bob@test"));
        Phone alice = Phone.on(host("alice", 1), server).register();
        run(1);
        List<String> outcomes = new ArrayList<>();
        for (String target : List.of("nobody@test", "bob@test", "busy@test", "full@test", "moved@test", "bob@elsewhere.example")) {
            alice.call("sip:" + target);
            run(5);
            outcomes.add(target + " " + alice.log.get(alice.log.size() - 1).replaceAll("\\D+(\\d+) .*", "$1"));
        }
        assertEquals(List.of("nobody@test 404", "bob@test 480", "busy@test 486", "full@test 503", "moved@test 480",
            "bob@elsewhere.example 404"), outcomes);
    }

    @Test
    void answers408ForAPhoneThatHasVanished() {
        start();
        VirtualHost gone = host("bob", 2);
        Phone alice = Phone.on(host("alice", 1), server).register();
        Phone.on(gone, server).register();
        run(1);
        net.blackout(gone, Ticker.NEVER);
        alice.call("sip:bob@test");
        run(40);
        assertEquals("ended: The other side answered 408 Request Timeout", alice.log.get(alice.log.size() - 1));
    }

    @Test
    void refusesEverythingDuringAnOutage() {
        start().refuseEverything(503, 30);
        Phone alice = Phone.on(host("alice", 1), server).register();
        run(5);
        assertTrue(alice.log.get(1).startsWith("waiting: The other side answered 503"), alice.log.toString());
        server.recover();
        run(120);
        assertEquals("registered 600", alice.log.get(alice.log.size() - 1));
        assertThrows(IllegalArgumentException.class, () -> server.refuseEverything(200, 0));
    }

    @Test
    void completesEveryCallUnderLossReorderingAndDuplicationAndTheSameWayForTheSameSeed() {
        Transcript first = calls(5, 60);
        first.assertSame(calls(5, 60));
        assertTrue(first.firstDifference(calls(6, 60)).isPresent());
    }

    private static Transcript calls(long seed, int pairs) {
        VirtualNetwork network = VirtualNetwork.seeded(seed).conditions(LinkConditions.LAN.withLoss(0.1)
            .withJitter(Duration.ofMillis(20)).withReorder(0.25, Duration.ofMillis(50)).withDuplicates(0.05));
        TestSipServerBuilder builder = TestSipServer.builder();
        for (int i = 0; i < 2 * pairs; i++) {
            builder.user("u" + i, "secret");
        }
        try (TestSipServer lossy = builder.start(network.host("pbx", "10.1.0.1"))) {
            List<Phone> phones = new ArrayList<>();
            for (int i = 0; i < 2 * pairs; i++) {
                phones.add(Phone.on(network.host("u" + i, "10.0.0." + (i + 1)), lossy).register());
            }
            assertTrue(network.runUntil(() -> phones.stream().allMatch(phone -> phone.log.contains("registered 600")),
                100 * Ticker.SECOND));
            for (int i = 0; i < pairs; i++) {
                phones.get(i).call("sip:u" + (pairs + i) + "@test");
            }
            assertTrue(network.runUntil(() -> phones.stream().skip(pairs).allMatch(phone -> phone.log.contains("confirmed")),
                150 * Ticker.SECOND));
            phones.stream().limit(pairs).forEach(phone -> assertTrue(phone.hangUp()));
            assertTrue(network.runUntil(() -> phones.stream().allMatch(phone -> phone.log.get(phone.log.size() - 1).startsWith("ended")),
                250 * Ticker.SECOND));
            phones.stream().skip(pairs).forEach(phone -> assertEquals(1, phone.log.stream().filter("incoming"::equals).count()));
            network.runFor(Duration.ofSeconds(70));
            assertEquals(0, lossy.transactions());
        }
        return network.transcript();
    }
}
