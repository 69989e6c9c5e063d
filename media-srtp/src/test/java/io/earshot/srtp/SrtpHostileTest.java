package io.earshot.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes of strangers: nothing is accepted, nothing is thrown, nothing is changed. */
@Tag("rfc3711")
@Tag("rfc7714")
class SrtpHostileTest {
    private final Stream stream = new Stream(23);

    @ParameterizedTest @EnumSource void everyFlippedBitAndEveryTruncationIsRefused(SrtpSuite suite) {
        SrtpMasterKey key = stream.key(suite).withMki(new byte[] {9});
        SrtpParameters parameters = SrtpParameters.of(suite);
        SrtpSender sender = new SrtpSender(parameters, key);
        SrtpReceiver receiver = new SrtpReceiver(parameters, key);
        byte[] rtp = Stream.protect(sender, 1, 77);
        byte[] rtcp = Stream.protectRtcp(sender, 1);
        for (int bit = 0; bit < rtp.length * 8; bit++) {
            byte[] bad = rtp.clone();
            bad[bit / 8] = (byte) (bad[bit / 8] ^ 1 << bit % 8);
            byte[] before = bad.clone();
            assertNotEquals(SrtpVerdict.OK, receiver.unprotectRtp(bad, 0, bad.length), "bit " + bit);
            assertArrayEquals(before, bad, "a refused packet is left alone");
        }
        for (int bit = 0; bit < rtcp.length * 8; bit++) {
            byte[] bad = rtcp.clone();
            bad[bit / 8] = (byte) (bad[bit / 8] ^ 1 << bit % 8);
            byte[] before = bad.clone();
            assertNotEquals(SrtpVerdict.OK, receiver.unprotectRtcp(bad, 0, bad.length), "bit " + bit);
            assertArrayEquals(before, bad, "a refused packet is left alone");
        }
        for (int length = 0; length < rtp.length; length++) {
            assertNotEquals(SrtpVerdict.OK, receiver.unprotectRtp(Arrays.copyOf(rtp, length), 0, length));
        }
        for (int length = 0; length < rtcp.length; length++) {
            assertNotEquals(SrtpVerdict.OK, receiver.unprotectRtcp(Arrays.copyOf(rtcp, length), 0, length));
        }
        assertEquals(0, receiver.sources());
        assertEquals(SrtpVerdict.OK, Stream.rtp(receiver, rtp));
        assertEquals(SrtpVerdict.OK, Stream.rtcp(receiver, rtcp));
    }

    /** The million of issue 7 is conformance/srtp; here enough to see that nothing is thrown. */
    @ParameterizedTest @EnumSource void randomBytesAreRefused(SrtpSuite suite) {
        SrtpParameters parameters = SrtpParameters.of(suite);
        SrtpReceiver receiver = new SrtpReceiver(parameters, stream.key(suite));
        SrtpSender sender = new SrtpSender(parameters, stream.key(suite));
        byte[] buffer = new byte[400];
        for (int i = 0; i < 10_000; i++) {
            stream.random.nextBytes(buffer);
            if (i % 2 == 0) {
                buffer[0] = (byte) (0x80 | buffer[0] & 0x3F);
            }
            int length = stream.random.nextInt(200);
            int offset = stream.random.nextInt(100);
            assertNotEquals(SrtpVerdict.OK, receiver.unprotectRtp(buffer, offset, length));
            assertNotEquals(SrtpVerdict.OK, receiver.unprotectRtcp(buffer, offset, length));
            sender.protectRtp(buffer, offset, length);
            sender.protectRtcp(buffer, offset, length);
        }
        assertEquals(20_000, receiver.counters().refused());
        assertEquals(0, receiver.sources());
    }
}
