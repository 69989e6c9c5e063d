package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What datagrams with a forged source cost the one who owns that address: little more than they cost the one who sends them, whatever our
 * user does. The victim here gets everything and says nothing.
 */
@Tag("rfc3261")
class ReflectionTest {
    private static final MediaType PIDF = MediaType.of("application", "pidf+xml");

    private final Lan lan = new Lan(7);
    private final Phone bob = lan.phone("bob", "10.0.0.2", EngineConfig.builder()
        .calls(new CallPolicy(Reliability.SUPPORTED, SessionTimers.DEFAULT)).build());
    private final Victim victim = new Victim();
    private final Victim other = new Victim();
    private final Script forger = lan.script("victim", "10.0.0.66");
    private int cost;

    /** Somebody who has nothing to do with it. */
    private static final class Victim implements Lan.Node {
        private long bytes;
        private int datagrams;

        @Override
        public void receive(Flow flow, byte[] message, long now) {
            bytes += message.length;
            datagrams++;
        }

        @Override
        public long turn(long now) {
            return Long.MAX_VALUE;
        }
    }

    ReflectionTest() {
        lan.add("victim", Lan.address("10.0.0.66", 5060), victim);
        lan.add("other", Lan.address("10.0.0.77", 5060), other);
        bob.engine.watchers().serve("presence", PIDF);
        bob.engine.messages().accepting(true);
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                bob.engine.ring(call.session(), 180, Optional.empty(), lan.now);
                lan.after(SECOND, () -> bob.engine.answer(call.session(), Phone.sdp("answer"), lan.now));
            } else if (event instanceof EventNews.WatcherArrived watcher) {
                bob.engine.watchers().accept(watcher.watcher(), new EventBody(PIDF, "x".repeat(800)), lan.now);
            } else if (event instanceof TransferEvent.Received transfer) {
                bob.engine.transfers().reject(transfer.transfer(), 603, lan.now);
            }
        };
    }

    /** Sends a request as if the victim had, and counts what it cost. */
    private void forge(String method, int number, String headers) {
        boolean invite = method.equals("INVITE");
        String text = new Talk(forger, bob).text(method, 1, "", headers + (invite ? Talk.SDP_TYPE : ""), invite ? Talk.SDP : "")
            .replace("call-of-", number + "-").replace("BRANCH", "z9hG4bKforged" + number).replace("\n", "\r\n");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        cost += bytes.length;
        lan.send(forger.address, bob.address, bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OPTIONS | ''", "INVITE | ''", "INVITE | 'Supported: 100rel, timer'", "MESSAGE | 'Content-Type: text/plain'",
        "SUBSCRIBE | 'Event: presence'", "SUBSCRIBE | 'Event: strange'", "REFER | 'Refer-To: <sip:c@10.0.0.77>'", "BYE | ''",
        "REGISTER | ''", "NOTIFY | 'Event: presence'", "FLY | ''"})
    void aHundredForgedRequestsCostTheirVictimThreeTimesTheirBytesAndSixteenKilobytes(String method, String header) {
        String headers = header.isEmpty() ? "" : header + "\n";
        forge(method, 0, headers);
        lan.runFor(300 * SECOND);
        String one = method + ": 1 datagram of " + cost + " bytes brought " + victim.datagrams + " of " + victim.bytes;
        assertTrue(victim.datagrams <= 40 && victim.bytes <= 3L * cost + ReturnPaths.ALLOWANCE, one);
        for (int i = 1; i < 100; i++) {
            forge(method, i, headers);
        }
        lan.runFor(300 * SECOND);
        assertTrue(victim.bytes <= 3L * cost + ReturnPaths.ALLOWANCE, cost + " bytes brought " + victim.bytes);
        assertEquals(0, other.datagrams);
        assertTrue(victim.datagrams > 0);
    }

    @ParameterizedTest
    @CsvSource({"INVITE", "SUBSCRIBE"})
    void aForgedContactBringsItsOwnerSixteenKilobytesAnHourAtMost(String method) {
        for (int i = 0; i < 100; i++) {
            String text = new Talk(forger, bob).text(method, 1, "", method.equals("INVITE") ? Talk.SDP_TYPE : "Event: presence\n",
                method.equals("INVITE") ? Talk.SDP : "").replace("call-of-", i + "-").replace("BRANCH", "z9hG4bKforged" + i)
                .replace("Contact: <sip:victim@10.0.0.66:5060>", "Contact: <sip:x@10.0.0.77:5060>").replace("\n", "\r\n");
            lan.send(forger.address, bob.address, text.getBytes(StandardCharsets.UTF_8));
        }
        lan.runFor(300 * SECOND);
        assertTrue(other.bytes > 0 && other.bytes <= ReturnPaths.ALLOWANCE, other.bytes + " bytes");
    }

    @Test
    void whatIsHeldBackIsCountedAndToldOnceAMinute() {
        for (int i = 0; i < 100; i++) {
            forge("INVITE", i, "");
        }
        lan.runFor(50 * SECOND);
        List<SipEvent.Dropped> told = bob.all(SipEvent.Dropped.class).stream()
            .filter(event -> event.kind().equals("unproven.path")).toList();
        assertEquals(1, told.size());
        assertEquals(forger.address, told.get(0).flow().remote());
        lan.runFor(30 * SECOND);
        forge("INVITE", 100, "");
        lan.runFor(SECOND);
        assertTrue(bob.all(SipEvent.Dropped.class).get(1).total() > 100, "the total goes on");
    }

    @Test
    void brokenRequestsAreLimitedToo() {
        SipEngine engine = new SipEngine(EngineConfig.defaults(), lan.newIds(), (protocol, peer) -> Optional.of(bob.address));
        Flow flow = new Flow("UDP", bob.address, forger.address, 0);
        long brought = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bytes = ("INVITE sip:b SIP/2.0\r\nv: SIP/2.0/UDP x;branch=z9hG4bK1\r\nf: <sip:a>;tag=1\r\nt: <sip:b>\r\ni: 1\r\n"
                + "CSeq: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            cost += bytes.length;
            engine.onReceived(flow, ByteBuffer.wrap(bytes), i * SECOND / 10);
            for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait); next = engine.poll()) {
                brought += next instanceof EngineOutput.Transmit transmit ? transmit.message().length : 0;
            }
        }
        assertTrue(brought > 0 && brought <= 3L * cost + ReturnPaths.ALLOWANCE, cost + " bytes brought " + brought);
    }

    @Test
    void whoHasAnsweredOnceIsNotLimited() {
        Phone alice = lan.phone("alice", "10.0.0.1");
        for (int i = 0; i < 100; i++) {
            SessionId call = alice.call(bob);
            lan.runFor(2 * SECOND);
            alice.engine.hangup(call, lan.now);
            lan.runFor(SECOND / 2);
        }
        assertEquals(100, alice.all(SipEvent.Answered.class).size());
        assertEquals(List.of(), bob.all(SipEvent.InternalError.class));
    }
}
