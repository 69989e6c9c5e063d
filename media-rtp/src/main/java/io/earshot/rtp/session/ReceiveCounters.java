package io.earshot.rtp.session;

import io.earshot.rtp.packet.RtpVerdict;

/** How often a session gave each verdict. */
final class ReceiveCounters {
    private static final ReceiveVerdict[] RECEIVE = ReceiveVerdict.values();
    private static final RtpVerdict[] RTP = RtpVerdict.values();

    private final long[] receive = new long[RECEIVE.length];
    private final long[] rtp = new long[RTP.length];
    private long octets;

    ReceiveVerdict count(ReceiveVerdict verdict) {
        receive[verdict.ordinal()]++;
        return verdict;
    }

    void count(RtpVerdict verdict) {
        rtp[verdict.ordinal()]++;
    }

    void octets(int bytes) {
        octets += bytes;
    }

    long octets() {
        return octets;
    }

    long of(ReceiveVerdict verdict) {
        return receive[verdict.ordinal()];
    }

    long of(RtpVerdict verdict) {
        return rtp[verdict.ordinal()];
    }
}
