package io.earshot.sdk.internal.socks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An association over its life, in virtual time. */
@Tag("rfc1928")
class AssociationTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.9", 1080);

    private final Association association = new Association(ProxyConfig.socks5("proxy", 1080));
    private long deadline;

    private List<String> drain() {
        List<String> all = new ArrayList<>();
        for (Association.Output next = association.poll(); ; next = association.poll()) {
            if (next instanceof Association.Output.Wait wait) {
                deadline = wait.deadline();
                return all;
            }
            all.add(next instanceof Association.Output.Send ? "Send" : next.toString().replaceAll(".*[.$]", ""));
        }
    }

    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text));
    }

    private void open(long now) {
        association.connected(SERVER, now);
        association.received(hex("0500"), now);
        association.received(hex("05000001000000001388"), now);
    }

    @Test
    void itIsMadeAndBoundToItsConnection() {
        association.start(0);
        assertEquals(List.of("Connect[]"), drain());
        open(1);
        List<String> done = drain();
        assertEquals(List.of("Send", "Send"), done.subList(0, 2));
        assertTrue(done.get(2).contains("5000]"), done.toString());
        assertEquals(Ticker.NEVER, deadline);
    }

    @Test
    void itIsMadeAnewAtOnceWhenTheConnectionBreaksAndThenMoreAndMoreSlowly() {
        association.start(0);
        open(0);
        drain();
        long now = 5 * Ticker.SECOND;
        association.closed("gone", now);
        assertEquals(List.of("Lost[reason=gone]"), drain());
        assertEquals(now, deadline);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            association.onTime(deadline);
            assertEquals(List.of("Connect[]"), drain());
            now = deadline - Association.PATIENCE;
            association.closed("no route", now);
            drain();
            pauses.add((deadline - now) / Ticker.MILLISECOND);
        }
        assertEquals(List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L, 30_000L), pauses);
        association.onTime(deadline);
        drain();
        open(deadline);
        drain();
        association.closed("gone", 500 * Ticker.SECOND);
        drain();
        assertEquals(500 * Ticker.SECOND, deadline, "it worked, so the next attempt is at once");
    }

    @Test
    void aProxyThatRefusesIsLeftAlone() {
        association.start(0);
        association.connected(SERVER, 0);
        association.received(hex("050005070001000000000000"), 0);
        assertEquals(List.of("Connect[]", "Send", "Send", "Close[]", "Refused[reason=the SOCKS proxy proxy: it carries no UDP]"), drain());
        assertEquals(Association.REFUSED_PAUSE, deadline);
        association.onTime(deadline);
        assertEquals(List.of("Connect[]"), drain());
    }

    @Test
    void aProxyThatIsSilentIsGivenUp() {
        association.start(0);
        association.connected(SERVER, 0);
        drain();
        association.onTime(Association.PATIENCE - 1);
        assertEquals(List.of(), drain());
        association.onTime(Association.PATIENCE);
        assertEquals(List.of("Close[]", "Lost[reason=the SOCKS proxy proxy does not answer]"), drain());
    }

    @Test
    void afterTheEndNothingHappens() {
        association.start(0);
        association.end();
        assertEquals(List.of("Close[]"), drain());
        open(1);
        association.closed("late", 2);
        association.onTime(Long.MAX_VALUE - 1);
        assertEquals(List.of(), drain());
        assertEquals(Ticker.NEVER, deadline);
    }

    /** In any order of any events with any bytes: no exception, few outputs, and always something to wait for or an open way. */
    @Test
    void whateverHappensItGoesOn() {
        Random random = new Random(7);
        byte[] good = hex("050005000001000000001388").array();
        association.start(0);
        long now = 0;
        int opened = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt(3) == 0 ? random.nextLong(20 * Ticker.SECOND) : 0;
            switch (random.nextInt(6)) {
                case 0 -> association.connected(SERVER, now);
                case 1 -> association.closed("x", now);
                case 2 -> association.onTime(now);
                default -> {
                    byte[] bytes = good.clone();
                    bytes[random.nextInt(bytes.length)] ^= (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0);
                    int length = random.nextInt(2) == 0 ? bytes.length : random.nextInt(bytes.length);
                    association.received(ByteBuffer.wrap(bytes, 0, length), now);
                }
            }
            List<String> outputs = drain();
            assertTrue(outputs.size() <= 5, outputs.toString());
            opened += outputs.stream().anyMatch(one -> one.contains("5000]")) ? 1 : 0;
        }
        assertTrue(opened > 100, opened + " times open");
    }
}
