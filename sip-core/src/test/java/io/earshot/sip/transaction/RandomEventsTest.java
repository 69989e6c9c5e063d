package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.transaction.TransactionLayer.Output;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any inputs in any order: nothing is thrown, each transaction ends once with nothing told of it afterwards, and nothing is left. */
@Tag("rfc3261")
class RandomEventsTest {
    private static final int SEEDS = 150;
    private static final int EVENTS = 250;
    private static final String[] METHODS = {"INVITE", "INVITE", "OPTIONS", "BYE", "REGISTER", "FOO"};
    private static final int[] STATUSES = {100, 180, 183, 199, 200, 202, 299, 301, 401, 408, 481, 486, 487, 503, 600, 699};

    @Test
    void nothingIsThrownAndNothingIsLeft() {
        int failed = 0;
        int ended = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run run = new Run(seed);
            for (int i = 0; i < EVENTS; i++) {
                run.step();
            }
            run.finish();
            failed += run.failed.size();
            ended += run.ended.size();
        }
        assertTrue(ended > SEEDS * 20 && failed > SEEDS, "the run must reach something: " + ended + " ended, " + failed + " failed");
    }

    private static final class Run {
        private final SplittableRandom random;
        private final long seed;
        private final TransactionLayer layer;
        private final List<Request> sent = new ArrayList<>();
        private final List<Request> received = new ArrayList<>();
        private final List<TransactionId> invites = new ArrayList<>();
        private final List<Output.RequestReceived> open = new ArrayList<>();
        private final Set<TransactionId> begun = new HashSet<>();
        private final Set<TransactionId> failed = new HashSet<>();
        private final Set<TransactionId> ended = new HashSet<>();
        private long now;
        private long deadline = Ticker.NEVER;

        Run(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            TransactionLimits limits = new TransactionLimits(1 + random.nextInt(60), 0, random.nextInt(9), random.nextInt(60),
                random.nextInt(3), 1, random.nextBoolean());
            layer = new TransactionLayer(Timers.DEFAULT, limits, IdSource.seeded(seed));
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0 -> sendRequest();
                case 1, 2 -> receiveResponse();
                case 3 -> receive(anyRequest());
                case 4 -> receive(relative());
                case 5, 6 -> respond();
                case 7 -> cancel();
                case 8 -> transportError();
                default -> pass(random.nextBoolean() ? random.nextLong(Ticker.SECOND) : random.nextLong(50 * Ticker.SECOND));
            }
            drain();
        }

        private void sendRequest() {
            Request request = Messages.request(METHODS[random.nextInt(METHODS.length)]);
            TransactionId id = layer.send(random.nextBoolean() ? request : request.toBuilder().remove(HeaderName.VIA).build(), hop(), now);
            begun.add(id);
            if (request.method().equals(SipMethod.INVITE)) {
                invites.add(id);
            }
        }

        private void receiveResponse() {
            if (sent.isEmpty()) {
                return;
            }
            Request request = sent.get(random.nextInt(sent.size()));
            Response response = Messages.response(request, STATUSES[random.nextInt(STATUSES.length)], "b" + random.nextInt(3));
            if (random.nextInt(20) == 0) {
                response = response.toBuilder().replaceFirst(HeaderName.VIA, "SIP/2.0/UDP stranger.example").build();
            }
            layer.onMessage(response, flow(), random.nextBoolean(), now);
        }

        private Request anyRequest() {
            String branch = random.nextInt(4) == 0 ? "" : ";branch=z9hG4bK-" + random.nextInt(1_000);
            String to = random.nextInt(3) == 0 ? "<sip:bob@example.net>;tag=b1" : "<sip:bob@example.net>";
            String via = "SIP/2.0/UDP 10.0.0." + random.nextInt(3) + branch + (random.nextBoolean() ? ";rport" : "");
            return Messages.request(METHODS[random.nextInt(METHODS.length)], via, to, 1 + random.nextInt(30), "");
        }

        /** Something that belongs to an earlier request: itself again, its ACK, its CANCEL. */
        private Request relative() {
            if (received.isEmpty()) {
                return anyRequest();
            }
            Request original = received.get(random.nextInt(received.size()));
            SipMethod method = switch (random.nextInt(3)) {
                case 0 -> SipMethod.ACK;
                case 1 -> SipMethod.CANCEL;
                default -> original.method();
            };
            String tag = random.nextBoolean() ? "" : ";tag=b" + random.nextInt(3);
            return original.toBuilder().method(method).set(HeaderName.CSEQ, original.cseq().number() + " " + method)
                .set(HeaderName.TO, original.to().withoutTag() + tag).build();
        }

        private void receive(Request request) {
            received.add(request);
            layer.onMessage(request, flow(), random.nextBoolean(), now);
        }

        private void respond() {
            if (!open.isEmpty()) {
                Output.RequestReceived in = open.get(random.nextInt(open.size()));
                layer.respond(in.id(), Messages.response(in.request(), STATUSES[random.nextInt(STATUSES.length)]), now);
            }
        }

        private void cancel() {
            if (!invites.isEmpty()) {
                layer.cancel(invites.get(random.nextInt(invites.size())), now).ifPresent(begun::add);
            }
        }

        private void transportError() {
            if (random.nextInt(4) != 0) {
                return;
            }
            if (random.nextBoolean()) {
                layer.onTransportError(flow(), "reset", now);
            } else {
                layer.onTransportError("UDP", peer(), "refused", now);
            }
        }

        /** Time passes, either properly or with the owner asleep until the end. */
        private void pass(long time) {
            long end = now + time;
            while (random.nextInt(8) != 0 && deadline <= end) {
                wake(deadline);
            }
            wake(end);
        }

        private void wake(long time) {
            now = time;
            layer.onTime(now);
            drain();
            assertTrue(deadline > now, () -> "seed " + seed + ": time stands still at " + now);
        }

        private void drain() {
            Output next = layer.poll();
            for (; !(next instanceof Output.Wait); next = layer.poll()) {
                if (next instanceof Output.Transmit out && out.message() instanceof Request request) {
                    sent.add(request);
                } else if (next instanceof Output.RequestReceived in) {
                    assertTrue(begun.add(in.id()), () -> "seed " + seed + ": name used twice");
                    open.add(in);
                } else if (next instanceof Output.ResponseReceived in) {
                    told(in.id());
                } else if (next instanceof Output.CancelReceived in) {
                    told(in.invite());
                } else if (next instanceof Output.Failed fail) {
                    told(fail.id());
                    assertTrue(failed.add(fail.id()), () -> "seed " + seed + ": failed twice");
                } else if (next instanceof Output.Terminated end) {
                    told(end.id());
                    ended.add(end.id());
                }
            }
            deadline = ((Output.Wait) next).deadline();
        }

        private void told(TransactionId id) {
            assertTrue(begun.contains(id), () -> "seed " + seed + ": told of the unknown " + id);
            assertFalse(ended.contains(id), () -> "seed " + seed + ": told of " + id + " after its end");
        }

        void finish() {
            for (TransactionId invite : invites) {
                layer.cancel(invite, now).ifPresent(begun::add);
            }
            drain();
            while (deadline != Ticker.NEVER) {
                wake(deadline);
            }
            assertEquals(0, layer.size(), () -> "seed " + seed);
            assertEquals(0, layer.indexSize(), () -> "seed " + seed);
            assertEquals(begun, ended, () -> "seed " + seed);
        }

        private Hop hop() {
            Flow flow = flow();
            boolean pinned = random.nextBoolean();
            return new Hop(flow.protocol(), !flow.protocol().equals("UDP"), flow.remote(), "x",
                pinned ? Optional.of(flow) : Optional.empty(), "192.0.2.9", 5060);
        }

        private Flow flow() {
            return random.nextBoolean() ? new Flow("UDP", LayerScript.LOCAL, peer(), 0)
                : new Flow("TCP", LayerScript.LOCAL, peer(), random.nextInt(2));
        }

        private InetSocketAddress peer() {
            return new InetSocketAddress("192.0.2.1", 5060 + random.nextInt(3));
        }
    }
}
