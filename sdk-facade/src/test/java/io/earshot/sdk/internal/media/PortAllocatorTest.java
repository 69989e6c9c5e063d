package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.sdk.internal.media.PortAllocator.Pair;
import io.earshot.sdk.internal.net.UdpMediaTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
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
    void takesTheFirstFreePairWhereThatIsWanted() throws IOException {
        PortAllocator reusing = new PortAllocator(transport, InetAddress.getLoopbackAddress(), 40_000, 40_007, 0, 0);
        List<String> seen = new ArrayList<>();
        Pair first = reusing.open(null, (source, data) -> { }, (source, data) -> { });
        seen.add(ports(first));
        seen.add(ports(reusing.open(null, (source, data) -> { }, (source, data) -> { })));
        first.close();
        seen.add(ports(reusing.open(null, (source, data) -> { }, (source, data) -> { })));
        assertEquals(List.of("40000/40001", "40002/40003", "40000/40001"), seen);
    }

    @Test
    void looksForTheNextPairAsFarOnAsIsWanted() throws IOException {
        PortAllocator stepping = new PortAllocator(transport, InetAddress.getLoopbackAddress(), 40_000, 40_009, 0, 3);
        transport.taken.add(40_004);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seen.add(ports(stepping.open(null, (source, data) -> { }, (source, data) -> { })));
        }
        assertEquals(List.of("40000/40001", "40006/40007", "40002/40003", "40008/40009"), seen, "four ports on, or the next free pair");
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

    @Test
    void socketsOnOtherAddressesComeFromTheEndOfTheRangeAndLeaveThreeQuartersOfItToCalls() throws IOException {
        PortAllocator wide = new PortAllocator(transport, new InetSocketAddress(0).getAddress(), 40_000, 40_015);
        InetAddress other = InetAddress.getByName("192.0.2.1");
        transport.taken.add(40_014);
        MediaSocket first = wide.besides(null, other, (source, data) -> { }).orElseThrow();
        MediaSocket second = wide.besides(null, other, (source, data) -> { }).orElseThrow();
        assertEquals(new InetSocketAddress(other, 40_012), first.localAddress());
        assertEquals(new InetSocketAddress(other, 40_010), second.localAddress());
        assertTrue(wide.besides(null, other, (source, data) -> { }).isEmpty());
        first.close();
        first.close();
        assertEquals(40_008, wide.besides(null, other, (source, data) -> { }).orElseThrow().localAddress().getPort());
        assertTrue(wide.besides(null, other, (source, data) -> { }).isEmpty(), "closing twice frees one");
        assertTrue(allocator.besides(null, other, (source, data) -> { }).isEmpty(), "a phone on one address stays there");
    }

    @Test
    void theTypeOfServiceIsThatOfBothSockets() throws IOException {
        List<SelectableChannel> registered = new ArrayList<>();
        IoLoop loop = new IoLoop() {
            @Override
            public SelectionKey register(SelectableChannel channel, int interestOps, ReadyHandler handler) {
                registered.add(channel);
                return null;
            }

            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public Executor workers() {
                return this;
            }
        };
        PortAllocator marked = new PortAllocator(new UdpMediaTransport(), InetAddress.getLoopbackAddress(), 40_100, 40_199, 0xB8, 2);
        Pair pair = marked.open(loop, (source, data) -> { }, (source, data) -> { });
        int[] marks = new int[2];
        for (int i = 0; i < 2; i++) {
            marks[i] = ((DatagramChannel) registered.get(registered.size() - 2 + i)).getOption(StandardSocketOptions.IP_TOS);
        }
        pair.close();
        assertArrayEquals(new int[] {0xB8, 0xB8}, marks);
    }
}
