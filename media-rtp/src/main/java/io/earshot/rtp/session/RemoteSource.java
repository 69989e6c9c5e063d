package io.earshot.rtp.session;

import io.earshot.rtp.packet.SequenceNumber;
import io.earshot.rtp.rtcp.NtpTime;

/** The peer's stream: which SSRC it has, what came of it, and what its sender reports said. */
final class RemoteSource {
    private static final int NEAR = 3000;

    private RtpReceiverStatistics statistics = new RtpReceiverStatistics(1);
    private boolean known;
    private int ssrc;
    private boolean pending;
    private int pendingSsrc;
    private int pendingNext;
    private long lastRtp = -1;
    private long lastRtcp = -1;
    private int senderReport;
    private long senderReportArrival;
    private boolean gone;
    private long earlierReceived;
    private long earlierExpected;
    private long earlierDuplicates;
    private long earlierReordered;

    boolean isKnown() {
        return known;
    }

    int ssrc() {
        return ssrc;
    }

    RtpReceiverStatistics statistics() {
        return statistics;
    }

    /** Tells whether a packet continues the stream that is being received. */
    boolean isSameStream(int packetSsrc, int sequence) {
        return known && packetSsrc == ssrc && Math.abs(SequenceNumber.difference(sequence, statistics.highestSequence())) < NEAR;
    }

    /**
     * Another SSRC from the right address: tells whether to believe it, which takes two packets in sequence without one of the
     * present stream between them, so that neither a stray packet nor two streams in alternation make us jump.
     */
    boolean confirms(int packetSsrc, int sequence) {
        boolean confirmed = pending && packetSsrc == pendingSsrc && sequence == pendingNext;
        pending = true;
        pendingSsrc = packetSsrc;
        pendingNext = SequenceNumber.next(sequence);
        return confirmed;
    }

    void continues() {
        pending = false;
    }

    /** Receives this SSRC from now on. */
    void adopt(int newSsrc) {
        earlierReceived += statistics.received();
        earlierExpected += statistics.expected();
        earlierDuplicates += statistics.duplicates();
        earlierReordered += statistics.reordered();
        statistics = new RtpReceiverStatistics(1);
        known = true;
        ssrc = newSsrc;
        pending = false;
        senderReport = 0;
        gone = false;
    }

    void heardRtp(long now) {
        lastRtp = now;
        gone = false;
    }

    void heardRtcp(long now) {
        lastRtcp = now;
    }

    void left() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    long lastRtp() {
        return lastRtp;
    }

    long lastRtcp() {
        return lastRtcp;
    }

    /** Tells whether anything was heard since an instant, and no goodbye. */
    boolean isMember(long since) {
        return !gone && Math.max(lastRtp, lastRtcp) >= Math.max(since, 0);
    }

    boolean isSender(long since) {
        return !gone && lastRtp >= Math.max(since, 0);
    }

    void senderReport(long ntp, long now) {
        senderReport = NtpTime.compact(ntp);
        senderReportArrival = now;
    }

    int lastSenderReport() {
        return senderReport;
    }

    int delaySinceSenderReport(long now) {
        return senderReport == 0 ? 0 : (int) NtpTime.nanosToCompact(now - senderReportArrival);
    }

    long received() {
        return earlierReceived + statistics.received();
    }

    long expected() {
        return earlierExpected + statistics.expected();
    }

    long duplicates() {
        return earlierDuplicates + statistics.duplicates();
    }

    long reordered() {
        return earlierReordered + statistics.reordered();
    }
}
