package io.earshot.rtp.session;

import io.earshot.rtp.packet.RtpTimestamp;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.rtcp.ReportBlock;

/** What the peer's last report said of our stream. */
final class PeerReport {
    private boolean known;
    private int fractionLost;
    private long jitter;
    private long roundTrip = -1;

    void take(ReportBlock block, int nowCompact) {
        known = true;
        fractionLost = block.fractionLost();
        jitter = block.jitter();
        long rtt = NtpTime.roundTrip(nowCompact, block.lastSenderReport(), block.delaySinceLastSenderReport());
        roundTrip = rtt >= 0 ? rtt : roundTrip;
    }

    /** Returns the round-trip time in nanoseconds, -1 if unknown. */
    long roundTrip() {
        return roundTrip;
    }

    double lossPercent() {
        return known ? fractionLost * 100.0 / 256 : -1;
    }

    double jitterMillis(int clockRate) {
        return known ? RtpTimestamp.toNanos(jitter, clockRate) / 1e6 : -1;
    }

    boolean isKnown() {
        return known;
    }
}
