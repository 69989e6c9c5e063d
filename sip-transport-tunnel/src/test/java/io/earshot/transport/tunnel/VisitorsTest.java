package io.earshot.transport.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.transport.tunnel.core.Destinations;
import io.earshot.transport.tunnel.core.GatewayCore;
import io.earshot.transport.tunnel.core.GatewayLink;
import io.earshot.transport.tunnel.core.GatewayRules;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections on which nothing comes, or only a byte now and then, and web servers in front. */
class VisitorsTest {
    private static final InetSocketAddress SOMEBODY = new InetSocketAddress("192.0.2.1", 4_000);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 4_000);
    private static final InetSocketAddress FRONT = new InetSocketAddress("192.0.2.80", 4_000);

    private final Fronts fronts = new Fronts(List.of(FRONT.getAddress()));
    private final Visitors visitors = new Visitors(fronts, 20, 5);
    private final GatewayCore core = new GatewayCore(new GatewayRules(Map.of(), new Destinations(), new Destinations(), Ticker.SECOND, 1,
        10, 1, 1, 10_000, 50), IdSource.seeded(1), () -> 0, (wanted, count, receiver) -> {
            throw new IOException("nobody is let in");
        }, link -> { });

    private record OneWay(GatewayLink link) implements Way {
        @Override
        public boolean isWritable() {
            return false;
        }

        @Override
        public void write(ByteBuffer bytes) {
            throw new AssertionError("it is not writable");
        }

        @Override
        public void close() {
            throw new AssertionError("the gateway does this");
        }
    }

    private OneWay way() {
        return new OneWay(core.link(SOMEBODY.getAddress(), 0).orElseThrow());
    }

    @Test
    void whoSaysNothingGoesHoweverBusyTheConnectionIs() {
        EmbeddedChannel silent = new EmbeddedChannel();
        EmbeddedChannel talking = new EmbeddedChannel();
        assertTrue(visitors.admit(silent, SOMEBODY, 0) && visitors.admit(talking, SOMEBODY, 0));
        assertTrue(visitors.uses(talking, way()), "a request, but no proof");
        visitors.onTime(Visitors.PATIENCE);
        assertTrue(silent.isOpen() && talking.isOpen());
        visitors.onTime(Visitors.PATIENCE + 1);
        assertFalse(silent.isOpen() || talking.isOpen());
        assertEquals(0, visitors.size());
    }

    @Test
    void onlySoManyComeFromOneAddressBeforeTheyAreKnown() {
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(new EmbeddedChannel());
            assertTrue(visitors.admit(all.get(i), SOMEBODY, 0));
        }
        assertFalse(visitors.admit(new EmbeddedChannel(), SOMEBODY, 0));
        assertTrue(visitors.admit(new EmbeddedChannel(), OTHER, 0));
        all.get(2).close();
        assertTrue(visitors.admit(new EmbeddedChannel(), SOMEBODY, 0));
    }

    @Test
    void whereThereIsNoRoomTheOldestStrangerGoes() {
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(new EmbeddedChannel());
            assertTrue(visitors.admit(all.get(i), new InetSocketAddress("192.0.2." + (10 + i), 4_000), i));
        }
        assertEquals(20, visitors.size());
        assertEquals(List.of(false, false, false, false, false, true), all.subList(0, 6).stream().map(EmbeddedChannel::isOpen).toList());
    }

    @Test
    void aConnectionGoesWithItsSession() {
        EmbeddedChannel channel = new EmbeddedChannel();
        visitors.admit(channel, SOMEBODY, 0);
        OneWay way = way();
        visitors.uses(channel, way);
        way.link().onLost(1);
        visitors.onTime(2);
        assertFalse(channel.isOpen());
    }

    @Test
    void aConnectionIsOfOneClientUnlessAWebServerSharesItsOwn() {
        EmbeddedChannel own = new EmbeddedChannel();
        EmbeddedChannel shared = new EmbeddedChannel();
        visitors.admit(own, SOMEBODY, 0);
        visitors.admit(shared, FRONT, 0);
        OneWay first = way();
        assertTrue(visitors.uses(own, first) && visitors.uses(own, first) && visitors.uses(shared, first));
        assertFalse(visitors.uses(own, way()), "else one connection could take all the room with names that it invents");
        assertTrue(visitors.uses(shared, way()));
        visitors.onTime(100 * Ticker.SECOND);
        assertTrue(shared.isOpen());
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.80, 203.0.113.9, 203.0.113.9", "192.0.2.80, '198.51.100.1, 203.0.113.9', 203.0.113.9",
        "192.0.2.80, '203.0.113.9, 192.0.2.80', 203.0.113.9", "192.0.2.80, '203.0.113.9, nonsense', 192.0.2.80",
        "192.0.2.80, '', 192.0.2.80", "192.0.2.80, '2001:db8::9', 2001:db8::9", "192.0.2.9, 203.0.113.9, 192.0.2.9",
        "192.0.2.80, 'front.example.com', 192.0.2.80", "192.0.2.80, '192.0.2.80', 192.0.2.80"})
    void onlyAKnownWebServerIsBelievedWhomARequestComesFrom(String peer, String forwarded, String origin) throws IOException {
        HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", forwarded);
        assertEquals(InetAddress.getByName(origin), fronts.origin(InetAddress.getByName(peer), headers));
    }
}
