package io.earshot.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 5,000 forged packets a second for ten seconds of a call: little work, nothing let in, and every packet of the peer is opened
 * (CVE-2021-41105).
 */
@Tag("rfc3711")
class SrtpFloodTest {
    private static final int SECONDS = 10;
    private static final int FLOOD = 5_000;
    private final Stream stream = new Stream(12);

    @ParameterizedTest @EnumSource(names = {"AES_CM_128_HMAC_SHA1_80", "AEAD_AES_256_GCM"})
    void aFloodOfForgeriesCostsLittleAndShutsNobodyOut(SrtpSuite suite) {
        SrtpMasterKey key = stream.key(suite);
        SrtpSender sender = new SrtpSender(SrtpParameters.of(suite), key);
        SrtpReceiver receiver = new SrtpReceiver(SrtpParameters.of(suite), key);
        byte[] forged = new byte[200];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long spent = 0;
        for (int packet = 0; packet < SECONDS * 50; packet++) {
            byte[] genuine = Stream.protect(sender, 7, 65_300 + packet); // over a wrap
            assertEquals(SrtpVerdict.OK, Stream.rtp(receiver, genuine));
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < FLOOD / 50; i++) { // played again, the peer's SSRC with any number, any SSRC
                if (i % 3 == 0) {
                    System.arraycopy(genuine, 0, forged, 0, genuine.length);
                    assertEquals(SrtpVerdict.REPLAYED, receiver.unprotectRtp(forged, 0, genuine.length));
                } else {
                    int ssrc = i % 3 == 1 ? 7 : 1_000 + stream.random.nextInt(1_000_000);
                    int length = Stream.rtp(forged, ssrc, stream.random.nextInt(65_536), 160) + sender.overhead();
                    assertNotEquals(SrtpVerdict.OK, receiver.unprotectRtp(forged, 0, length));
                }
            }
            spent += threads.getCurrentThreadCpuTime() - before;
        }
        assertEquals(SECONDS * FLOOD, receiver.counters().refused());
        assertEquals(1, receiver.sources());
        double share = 100.0 * spent / (SECONDS * 1e9);
        assertTrue(share < 20, share + " % of a core");
    }
}
