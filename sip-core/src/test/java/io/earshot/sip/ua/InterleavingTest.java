package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Uri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything a user can do, at random moments, over a network that loses, doubles and reorders: nothing may break or be left. */
@Tag("rfc3261")
class InterleavingTest {
    /** One user and all calls his phone has told him of. */
    private static final class User {
        private final Phone phone;
        private final List<SessionId> calls = new ArrayList<>();
        private final Map<SessionId, Integer> ends = new HashMap<>();

        User(Phone phone, SplittableRandom chance) {
            this.phone = phone;
            phone.onEvent = event -> {
                if (event instanceof SipEvent.IncomingCall call) {
                    calls.add(call.session());
                }
                if (event instanceof SipEvent.Ended ended) {
                    ends.merge(ended.session(), 1, Integer::sum);
                } else if (event instanceof SipEvent.SessionEvent told) {
                    assertTrue(!ends.containsKey(told.session()), "an event after Ended: " + event);
                    if (chance.nextInt(20) == 0) {
                        phone.engine.hangup(told.session(), phone.lan.now); // from within what a callback would be
                    }
                }
                phone.events.clear();
            };
        }
    }

    @Test
    void nothingBreaksAndNothingIsLeft() {
        new Storm(1, 10_000).run();
        new Storm(2, 2_000).run();
        new Storm(3, 2_000).run();
    }

    private static final class Storm {
        private final long seed;
        private final int steps;
        private final Lan lan;
        private final SplittableRandom chance;
        private final List<User> users = new ArrayList<>();
        private final Registrar registrar;
        private int commands;

        Storm(long seed, int steps) {
            this.seed = seed;
            this.steps = steps;
            lan = new Lan(seed);
            chance = new SplittableRandom(seed);
            registrar = new Registrar(lan, "10.0.0.100").withUser("alice", "secret");
            for (String name : List.of("alice", "bob", "carol")) {
                users.add(new User(lan.phone(name, "10.0.0." + (users.size() + 1)), chance));
            }
            lan.jitter = 40 * MILLISECOND;
            lan.duplication = 0.05;
            lan.loss = 0.1;
            lan.dns = (name, type) -> chance.nextInt(4) == 0 ? new DnsAnswer.Failed("SERVFAIL") : type == RecordType.A
                ? new DnsAnswer.Found(List.of(new DnsAnswer.Address(users.get(chance.nextInt(3)).phone.address.getAddress())), 5)
                : new DnsAnswer.Unsupported();
        }

        void run() {
            AccountId account = users.get(0).phone.at(registrar, "secret", 60);
            for (int step = 0; step < steps; step++) {
                User user = users.get(chance.nextInt(users.size()));
                if (chance.nextInt(10) == 0) {
                    invite(user);
                } else if (chance.nextInt(50) == 0) {
                    other(user, account);
                } else if (!user.calls.isEmpty()) {
                    command(user, user.calls.get(Math.max(0, user.calls.size() - 1 - chance.nextInt(12))));
                }
                if (chance.nextInt(500) == 0) {
                    lan.loss = chance.nextInt(10) == 0 ? 1 : chance.nextDouble() * 0.3;
                }
                lan.transcript.clear();
                lan.runFor(chance.nextInt(30) == 0 ? chance.nextLong(20 * SECOND) : chance.nextLong(60 * MILLISECOND));
            }
            lan.loss = 0;
            users.forEach(user -> user.phone.engine.shutdown(lan.now));
            lan.runFor(600 * SECOND);
            for (User user : users) {
                assertTrue(user.phone.engine.isIdle(), "seed " + seed + ": " + user.phone.name + " still has " + user.phone.engine);
                for (SessionId call : user.calls) {
                    assertEquals(1, user.ends.get(call), "seed " + seed + ": ends of " + call);
                }
                assertTrue(user.calls.size() > steps / 100);
            }
            assertTrue(commands > steps / 30, commands + " commands applied");
        }

        private void invite(User user) {
            Phone other = users.get(chance.nextInt(users.size())).phone; // sometimes oneself
            Uri target = chance.nextInt(10) == 0 ? Uri.parse("sip:someone@name" + chance.nextInt(3) + ".example") : other.uri();
            InviteRequest request = chance.nextBoolean() ? InviteRequest.of(target, Phone.sdp("offer"))
                : InviteRequest.withoutOffer(target);
            user.calls.add(user.phone.engine.invite(user.phone.account, request, lan.now));
        }

        private void other(User user, AccountId account) {
            SipEngine engine = user.phone.engine;
            switch (chance.nextInt(5)) {
                case 0 -> users.get(0).phone.engine.register(account, lan.now);
                case 1 -> users.get(0).phone.engine.unregister(account, lan.now);
                case 2 -> engine.options(user.phone.account, users.get(chance.nextInt(3)).phone.uri(), lan.now);
                case 3 -> engine.onSendFailed("UDP", users.get(chance.nextInt(3)).phone.address, "unreachable", lan.now);
                default -> engine.onFlowClosed(new Flow("UDP", user.phone.address, registrar.script.address, 0), "gone", lan.now);
            }
        }

        private void command(User user, SessionId call) {
            SipEngine engine = user.phone.engine;
            boolean applied = switch (chance.nextInt(12)) {
                case 0 -> engine.ring(call, 180, Optional.empty(), lan.now);
                case 1 -> engine.ring(call, 183, Optional.of(Phone.sdp("early")), lan.now);
                case 2, 3 -> engine.answer(call, Phone.sdp("answer"), lan.now);
                case 4 -> engine.reject(call, 400 + chance.nextInt(200), List.of(), lan.now);
                case 5 -> chance.nextInt(3) == 0 && engine.redirect(call,
                    List.of(NameAddr.of(users.get(chance.nextInt(3)).phone.uri())), lan.now);
                case 6 -> chance.nextInt(3) == 0 && engine.hangup(call, lan.now);
                case 7 -> engine.reoffer(call, Phone.sdp("again"), lan.now);
                case 8 -> engine.requestOffer(call, lan.now);
                case 9, 10 -> engine.acceptOffer(call, Phone.sdp("accepted"), lan.now);
                default -> engine.rejectOffer(call, 488, lan.now);
            };
            commands += applied ? 1 : 0;
        }
    }
}
