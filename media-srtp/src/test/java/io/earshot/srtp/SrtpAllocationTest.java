package io.earshot.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpAllocationTest {
    private final Stream stream = new Stream(3);
    private int sequence;

    private void packets(SrtpSender sender, SrtpReceiver receiver, int count) {
        byte[] buffer = stream.buffer;
        for (int i = 0; i < count; i++) {
            int length = Stream.rtp(buffer, 1, sequence++ & 0xFFFF, 160);
            assertEquals(SrtpVerdict.OK, sender.protectRtp(buffer, 0, length));
            assertEquals(SrtpVerdict.OK, receiver.unprotectRtp(buffer, 0, sender.length()));
            length = Stream.rtcp(buffer, 1, 10);
            assertEquals(SrtpVerdict.OK, sender.protectRtcp(buffer, 0, length));
            assertEquals(SrtpVerdict.OK, receiver.unprotectRtcp(buffer, 0, sender.length()));
        }
    }

    @ParameterizedTest @EnumSource void aPacketAllocatesNothing(SrtpSuite suite) {
        SrtpMasterKey key = stream.key(suite);
        SrtpSender sender = new SrtpSender(SrtpParameters.of(suite), key);
        SrtpReceiver receiver = new SrtpReceiver(SrtpParameters.of(suite), key);
        packets(sender, receiver, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        packets(sender, receiver, 5_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 5_000, allocated + " bytes for 5000 packets of each kind"); // below one byte each
    }
}
