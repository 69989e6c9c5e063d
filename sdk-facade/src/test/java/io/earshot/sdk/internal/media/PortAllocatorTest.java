package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.sdk.internal.media.PortAllocator.Pair;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortAllocatorTest {
    private final MemoryTransport transport = new MemoryTransport();
    private final PortAllocator allocator = new PortAllocator(transport, InetAddress.getLoopbackAddress(), 40_000, 40_007);

    private Pair open() throws IOException {
        return allocator.open(null, (source, data) -> { }, (source, data) -> { });
    }

    private static String ports(Pair pair) {
        return pair.rtp().localAddress().getPort() + "/" + pair.rtcp().localAddress().getPort();
    }

    @Test
    void givesEvenPortsWithTheOddOneAbove() throws IOException {
        assertEquals("40000/40001", ports(open()));
        assertEquals("40002/40003", ports(open()));
    }

    @Test
    void passesOverPairsOfWhichOnePortIsInUse() throws IOException {
        transport.taken.addAll(List.of(40_000, 40_003));
        assertEquals("40004/40005", ports(open()));
        assertEquals(2, transport.bound.size());
    }

    @Test
    void goesRoundSoThatAPortRests() throws IOException {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Pair pair = open();
            seen.add(ports(pair));
            pair.close();
        }
        assertEquals(List.of("40000/40001", "40002/40003", "40004/40005", "40006/40007", "40000/40001"), seen);
    }

    @Test
    void saysWhichRangeIsExhausted() throws IOException {
        for (int i = 0; i < 4; i++) {
            open();
        }
        IOException none = assertThrows(IOException.class, this::open);
        assertEquals("no free pair of RTP ports between 40000 and 40007 on 127.0.0.1; widen the range with rtpPorts(first, last)",
                none.getMessage());
        assertEquals(8, transport.bound.size());
    }
}
