package io.earshot.testkit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.EndCause;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.InviteRequest;
import io.earshot.sip.ua.RegistrationState;
import io.earshot.sip.ua.SessionId;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import io.earshot.testkit.Transcript;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.node.EngineDriver;
import io.earshot.testkit.node.VirtualNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A thousand calls through the proxy while a tenth of all packets is lost, some are doubled and some overtake others. */
class ThousandCallsTest {
    private static final int CALLS = 1000;
    private static final long SPACING = 100 * Ticker.MILLISECOND;
    private static final LinkConditions BAD = LinkConditions.LAN.withDelay(Duration.ofMillis(20)).withJitter(Duration.ofMillis(10))
        .withLoss(0.10).withReorder(0.10, Duration.ofMillis(50)).withDuplicates(0.05);

    @Test
    void everyCallCompletesAndTheSameSeedTellsTheSameStory() {
        Transcript first = new Story(42).run(CALLS);
        Transcript second = new Story(42).run(CALLS);
        first.assertSame(second);
    }

    @Test
    void anotherSeedTellsAnotherStory() {
        assertNotEquals(new Story(43).run(10).fingerprint(), new Story(44).run(10).fingerprint());
    }

    private static final class Story {
        private final VirtualNetwork net;
        private final TestSipServer server;
        private final Party alice;
        private final Party bob;

        Story(long seed) {
            net = VirtualNetwork.seeded(seed, new Transcript(2_000_000)).conditions(BAD);
            server = TestSipServer.builder().realm("test").user("alice", "secret").user("bob", "secret").start(net.host("pbx", "10.0.0.9"));
            alice = new Party(net.host("alice", "10.0.0.1"), server);
            bob = new Party(net.host("bob", "10.0.0.2"), server);
        }

        Transcript run(int calls) {
            net.runFor(Duration.ofSeconds(40));
            assertTrue(alice.registered && bob.registered);
            for (int i = 0; i < calls; i++) {
                Party caller = i % 3 == 0 ? bob : alice;
                caller.call(caller == bob ? "alice" : "bob");
                net.runFor(Duration.ofNanos(SPACING));
            }
            net.runFor(Duration.ofSeconds(120));
            assertEquals(calls, alice.answered.size() + bob.answered.size());
            assertEquals(2 * calls, alice.ends.size() + bob.ends.size());
            alice.ends.forEach((session, cause) -> assertHungUp(cause));
            bob.ends.forEach((session, cause) -> assertHungUp(cause));
            alice.leave();
            bob.leave();
            net.runFor(Duration.ofSeconds(100));
            assertTrue(alice.engine.isIdle(), alice.engine.toString());
            assertTrue(bob.engine.isIdle(), bob.engine.toString());
            assertEquals(0, server.transactions());
            return net.transcript();
        }

        private static void assertHungUp(EndCause cause) {
            assertTrue(cause instanceof EndCause.LocalHangup || cause instanceof EndCause.RemoteHangup, cause.sentence());
        }
    }

    /** A phone that takes part in many calls at once; who hangs up is left to chance. */
    private static final class Party {
        private final VirtualHost host;
        private final VirtualNode node;
        private final SipEngine engine;
        private final AccountId account;
        private final IdSource chance;
        private final Set<SessionId> answered = new HashSet<>();
        private final Map<SessionId, EndCause> ends = new HashMap<>();
        private boolean registered;

        Party(VirtualHost host, TestSipServer server) {
            this.host = host;
            this.chance = host.network().ids(host.name() + " chance");
            node = new VirtualNode(host);
            try {
                node.open(host.udp(), TransportConfig.bind(host.address(5060)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            engine = new SipEngine(EngineConfig.defaults(), host.network().ids(host.name()), EngineDriver.addressesOf(node));
            account = engine.addAccount(AccountSettings.builder(Uri.parse("sip:" + host.name() + "@test"))
                .outboundProxy(Uri.parse("sip:" + server.address().getAddress().getHostAddress() + ";lr"))
                .credentials(Credentials.password(host.name(), "test", "secret")).build(), 0);
            node.drive(new EngineDriver(engine, this::on));
            node.call(now -> engine.register(account, now));
        }

        void call(String user) {
            node.call(now -> engine.invite(account, InviteRequest.of(Uri.parse("sip:" + user + "@test"), sdp()), now));
        }

        void leave() {
            node.call(now -> {
                engine.shutdown(now);
                return true;
            });
        }

        private void on(SipEvent event, long now) {
            if (event instanceof SipEvent.RegistrationChanged changed) {
                registered = changed.state() instanceof RegistrationState.Registered;
            } else if (event instanceof SipEvent.IncomingCall call) {
                engine.ring(call.session(), 180, Optional.empty(), now);
                later(2000, () -> node.call(then -> engine.answer(call.session(), sdp(), then)));
                hangUpLater(call.session());
            } else if (event instanceof SipEvent.Answered call) {
                assertTrue(answered.add(call.session()));
                hangUpLater(call.session());
            } else if (event instanceof SipEvent.Ended ended) {
                EndCause before = ends.put(ended.session(), ended.cause());
                assertEquals(null, before, "ended twice");
            } else if (event instanceof SipEvent.InternalError error) {
                throw new AssertionError(error.where(), error.cause());
            }
        }

        private void hangUpLater(SessionId session) {
            later(10_000 + Math.floorMod(chance.nextLong(), 30_000L), () -> node.call(now -> engine.hangup(session, now)));
        }

        private void later(long millis, Runnable what) {
            host.loop().at(host.network().now() + millis * Ticker.MILLISECOND, what::run);
        }

        private static SessionDescription sdp() {
            byte[] text = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
                .getBytes(StandardCharsets.US_ASCII);
            return ((SdpResult.Parsed) new SdpParser().parse(text)).description();
        }
    }
}
