package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.transaction.TransactionLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Five thousand datagrams a second of every kind, for ten seconds, at a phone with a call up: that does not notice. New calls come in
 * again at once, however small the table of transactions is and although nobody acknowledges what the INVITEs were refused with.
 */
@Tag("rfc3261")
class FloodInCallTest {
    private static final int SECONDS = 10;
    private static final int PER_SECOND = 5_000;
    private static final int UNACKNOWLEDGED = 500;
    private static final int LINGERING = 5_000;
    private static final String[] METHODS = {"INVITE", "OPTIONS", "REGISTER"};

    private final Lan lan = new Lan(19);
    private final Phone alice = lan.phone("alice", "10.0.0.1").answering(100);
    private Phone bob;
    private final SplittableRandom chance = new SplittableRandom(19);
    private SessionId mine;
    private int sent;
    private int most;

    private byte[] next(String source) {
        int kind = sent % 5;
        String mark = "f" + sent++;
        if (kind == 4) {
            byte[] garbage = new byte[100];
            chance.nextBytes(garbage);
            return garbage;
        }
        String rest = "Via: SIP/2.0/UDP " + source + ":5060;branch=z9hG4bK" + mark + "\r\nMax-Forwards: 70\r\nFrom: <sip:x@" + source
            + ">;tag=" + mark + "\r\nCall-ID: " + mark + "\r\nContact: <sip:x@" + source + ">\r\nContent-Length: 0\r\n";
        String text = kind == 3 ? "SIP/2.0 200 OK\r\n" + rest + "To: <sip:bob@10.0.0.2>;tag=1\r\nCSeq: 1 INVITE\r\n\r\n"
            : METHODS[kind] + " sip:bob@10.0.0.2 SIP/2.0\r\n" + rest + "To: <sip:bob@10.0.0.2>\r\nCSeq: 1 " + METHODS[kind] + "\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private int transactions() {
        Matcher found = Pattern.compile("transactions=(\\d+)").matcher(bob.engine.toString());
        assertTrue(found.find());
        return Integer.parseInt(found.group(1));
    }

    /** Bob is busy: whoever else calls is refused. */
    private void floodFor(int sources) {
        for (int tick = 0; tick < SECONDS * 100; tick++) {
            for (int i = 0; i < PER_SECOND / 100; i++) {
                int number = sent % sources;
                String source = "10.9." + number / 200 + "." + (number % 200 + 1);
                bob.receive(new Flow("UDP", bob.address, Lan.address(source, 5060), 0), next(source), lan.now);
            }
            if (tick % 200 == 100) {
                alice.engine.reoffer(mine, Phone.sdp("again"), lan.now);
            }
            most = Math.max(most, transactions());
            lan.runFor(10 * MILLISECOND);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 20000, 5", "10000, 20000, 5", "1, 2000, 5", "10000, 2000, 5"})
    @Timeout(60)
    void theCallGoesOnMemoryIsBoundedAndServiceIsBack(int sources, int atWork, int seconds) {
        bob = lan.phone("bob", "10.0.0.2", EngineConfig.builder()
            .transactionLimits(new TransactionLimits(atWork, atWork / 10, UNACKNOWLEDGED, LINGERING, 100, 10, true)).build())
            .answering(100);
        for (int i = 1; i <= 50; i++) { // some listen; at the others answers are refused
            lan.add("flood", Lan.address("10.9.0." + i, 5060), new Silent());
        }
        mine = alice.call(bob);
        lan.runFor(SECOND);
        SessionId its = bob.incoming();
        Consumer<SipEvent> friendly = bob.onEvent;
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                bob.engine.reject(call.session(), 486, List.of(), lan.now);
            } else {
                friendly.accept(event);
            }
        };
        floodFor(sources);
        assertEquals(SECONDS * PER_SECOND, sent);
        assertTrue(bob.all(SipEvent.IncomingCall.class).size() > 100, "the flood did not get in at all");
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty(), "the call did not live");
        assertTrue(bob.all(SipEvent.Ended.class).stream().noneMatch(ended -> ended.session().equals(its)), "the call did not live");
        assertEquals(SECONDS / 2, alice.all(SipEvent.AnswerReceived.class).size(), "offers within the call were not answered");
        int refused = SECONDS * PER_SECOND / 5; // INVITEs whose refusal nobody acknowledges stay for 32 s
        assertTrue(most <= Math.min(atWork, refused + 100) + LINGERING, most + " transactions");
        lan.runFor((seconds - 1) * SECOND);
        bob.onEvent = friendly;
        Phone carol = lan.phone("carol", "10.0.0.3");
        carol.call(bob);
        lan.runFor(SECOND);
        assertEquals(1, carol.all(SipEvent.Answered.class).size(), "no service " + seconds + " s after the flood");
        alice.engine.hangup(mine, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.LocalHangup.class, alice.ended());
    }

    /** Takes what it gets. */
    private static final class Silent implements Lan.Node {
        @Override
        public void receive(Flow flow, byte[] message, long now) {
        }

        @Override
        public long turn(long now) {
            return Long.MAX_VALUE;
        }
    }
}
