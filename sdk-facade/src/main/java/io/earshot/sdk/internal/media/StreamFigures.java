package io.earshot.sdk.internal.media;

import io.earshot.api.CallPath;
import io.earshot.api.CallQuality;
import io.earshot.api.audio.Playout;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.jitter.PlayoutStatistics;
import io.earshot.rtp.rtcp.VoipMetrics;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpStatistics;
import java.time.Duration;

/** Settings and figures of a stream between the words of users and those of RTP. */
final class StreamFigures {
    private StreamFigures() {
    }

    static JitterConfig jitter(Playout playout) {
        return JitterConfig.DEFAULT.withDelays(playout.least().toNanos(), playout.most().toNanos())
                .withMaxPackets(playout.mostPackets()).withSpeedUp(playout.speedUp()).withDropFirst(playout.dropFirst());
    }

    static CallQuality of(RtpSession session, PlayoutStatistics playout, CallPath way) {
        RtpStatistics now = session.statistics(playout);
        CallQuality.Heard heard = new CallQuality.Heard(now.late(), now.discarded(), now.discardPercent(),
                millis(playout.shortened()), millis(playout.lengthened()), millis(playout.noise()), playout.driftPpm());
        return new CallQuality(now.sent(), now.received(), now.lost(), now.lossPercent(), millis(now.jitter()),
                millis(Math.max(0, now.rtt())), millis(now.buffered()), Duration.ofMillis(now.concealed()),
                now.received() == 0 ? 0 : now.mos(), heard, far(session.peerMetrics(), now), way,
                new CallQuality.Repair(session.repairs().requested(), session.repairs().repaired(), session.repairs().repeated()));
    }

    private static CallQuality.Far far(VoipMetrics metrics, RtpStatistics now) {
        boolean told = metrics.mosLq() >= 10 && metrics.mosLq() <= 50;
        return new CallQuality.Far(Math.max(0, now.remoteLossPercent()), millis(Math.max(0, now.remoteJitter())),
                told ? metrics.mosLq() / 10.0 : now.remoteMos(), told ? millis(metrics.bufferMillis()) : Duration.ZERO);
    }

    private static Duration millis(double value) {
        return Duration.ofNanos((long) (value * Ticker.MILLISECOND));
    }
}
