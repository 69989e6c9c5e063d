package io.earshot.srtp;

/** How often each verdict fell, RTP and RTCP apart. Confined to the thread of its owner. */
public final class SrtpCounters {
    private static final int KINDS = SrtpVerdict.values().length;
    private final long[] rtp = new long[KINDS];
    private final long[] rtcp = new long[KINDS];

    SrtpCounters() {
    }

    /** Returns how many RTP packets got this verdict. */
    public long rtp(SrtpVerdict verdict) {
        return rtp[verdict.ordinal()];
    }

    /** Returns how many RTCP packets got this verdict. */
    public long rtcp(SrtpVerdict verdict) {
        return rtcp[verdict.ordinal()];
    }

    /** Returns how many packets of both kinds were refused, whatever the reason. */
    public long refused() {
        long sum = 0;
        for (int i = 0; i < KINDS; i++) {
            sum += i == SrtpVerdict.OK.ordinal() ? 0 : rtp[i] + rtcp[i];
        }
        return sum;
    }

    SrtpVerdict countRtp(SrtpVerdict verdict) {
        rtp[verdict.ordinal()]++;
        return verdict;
    }

    SrtpVerdict countRtcp(SrtpVerdict verdict) {
        rtcp[verdict.ordinal()]++;
        return verdict;
    }
}
