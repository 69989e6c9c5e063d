package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.api.CallPath;
import io.earshot.api.CallQuality;
import io.earshot.rtp.jitter.PlayoutStatistics;
import io.earshot.rtp.rtcp.VoipMetrics;
import io.earshot.rtp.session.RepairFigures;
import io.earshot.rtp.session.RtpStatistics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QualityFiguresTest {
    private static final CallPath WAY = new CallPath(CallPath.End.HOST, CallPath.End.RELAYED, "192.0.2.1:4000",
        new CallPath.Refused(1, 2, 3, 4, 5));

    private record Repairs(long requested, long repaired, long needless, long wanted, long repeated) implements RepairFigures {
        static final Repairs NONE = new Repairs(0, 0, 0, 0, 0);
    }

    /** Nobody but the stream knows who the peer is where there is no ICE. */
    @Test
    void whatTheStreamRefusedIsToldWithWhatTheSocketsRefused() {
        QualityFigures figures = new QualityFigures();
        figures.measure(new RtpStatistics(1, 1, 1, 1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 4, -1, -1, 2.2, 100, 1000), VoipMetrics.NONE,
            PlayoutStatistics.NONE, Repairs.NONE, WAY);
        assertEquals(new CallPath.Refused(101, 2, 3, 4, 1005), figures.read().path().refused());
    }

    /** All figures made of one, so that a mixture of two moments shows. */
    private static void measure(QualityFigures figures, int n, CallPath way) {
        RtpStatistics rtp = new RtpStatistics(n, 2L * n, 3L * n, 4L * n, 5L * n, n % 100, n, n, n, n, 6L * n, 7L * n, n % 90, 8L * n, n,
            4.4, n % 80, n, 3.3, 0, 0);
        figures.measure(rtp, VoipMetrics.NONE, new PlayoutStatistics(n, n, n, n, n, 9L * n, 10L * n, 11L * n, n, n, n),
            new Repairs(12L * n, 13L * n, n, n, 14L * n), way);
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertEquals(CallQuality.NONE, new QualityFigures().read());
    }

    @Test
    void whatWasMeasuredLastIsRead() {
        QualityFigures figures = new QualityFigures();
        measure(figures, 1, CallPath.NONE);
        measure(figures, 7, WAY);
        CallQuality read = figures.read();
        assertEquals(new CallQuality(7, 21, 35, 7, Duration.ofMillis(7), Duration.ofMillis(7), Duration.ofMillis(7), Duration.ofMillis(56),
            4.4, new CallQuality.Heard(42, 49, 7, Duration.ofMillis(63), Duration.ofMillis(70), Duration.ofMillis(77), 7),
            new CallQuality.Far(7, Duration.ofMillis(7), 3.3, Duration.ZERO), WAY, new CallQuality.Repair(84, 91, 98)), read);
        assertSame(WAY, read.path());
    }

    @Test
    void whatThePeerSaysByVoipMetricsComesBeforeAnEstimate() {
        QualityFigures figures = new QualityFigures();
        figures.measure(new RtpStatistics(1, 1, 1, 1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 4, -1, -1, 2.2, 0, 0),
            new VoipMetrics(1, 0, 0, 0, 0, 0, 0, 0, 0, 90, 41, 40, 35, 0, 0), PlayoutStatistics.NONE, Repairs.NONE, CallPath.NONE);
        CallQuality read = figures.read();
        assertEquals(new CallQuality.Far(0, Duration.ZERO, 4.1, Duration.ofMillis(35)), read.far());
        assertEquals(Duration.ZERO, read.roundTrip(), "unknown");
    }

    @Test
    void aReaderNeverSeesTwoMomentsAtOnce() throws InterruptedException {
        QualityFigures figures = new QualityFigures();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger torn = new AtomicInteger();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                CallQuality read = figures.read();
                long n = read.packetsSent();
                boolean whole = read.packetsReceived() == 3 * n && read.packetsLost() == 5 * n && read.heard().late() == 6 * n
                    && read.heard().noise().toMillis() == 11 * n && read.far().jitter().toMillis() == n
                    && read.repair().repeated() == 14 * n;
                torn.addAndGet(whole ? 0 : 1);
            }
        });
        reader.start();
        for (int n = 1; n <= 200_000; n++) {
            measure(figures, n, CallPath.NONE);
        }
        over.set(true);
        reader.join();
        assertEquals(0, torn.get());
    }

    @Test
    void measuringAllocatesNothing() {
        QualityFigures figures = new QualityFigures();
        RtpStatistics rtp = new RtpStatistics(1, 1, 1, 1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 4, -1, -1, 2.2, 0, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int clean = 0;
        for (int round = 0; round < 200; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                figures.measure(rtp, VoipMetrics.NONE, PlayoutStatistics.NONE, Repairs.NONE, WAY);
            }
            clean += threads.getCurrentThreadAllocatedBytes() == before ? 1 : 0;
        }
        assertTrue(clean >= 190, clean + " of 200 rounds allocated nothing");
    }
}
