package io.earshot.srtp;

/** What is remembered of one SSRC in one direction: RFC 3711 §3.2.3. Only packets that were verified change it. */
final class Source {
    private static final int HALF = 0x8000;
    static final long MAX_INDEX = (1L << 48) - 1;

    final int ssrc;
    final ReplayWindow rtp;
    final ReplayWindow rtcp;
    /** The keys that the newest packet of each kind was verified with; under others nothing can have been seen before. */
    KeySlot rtpKeys;
    KeySlot rtcpKeys;
    /** Sending: the next SRTCP index. */
    int rtcpIndex;

    Source(int ssrc, int window) {
        this.ssrc = ssrc;
        rtp = new ReplayWindow(window);
        rtcp = new ReplayWindow(Math.max(window, 128));
    }

    /** Estimates the 48 bit index of a sequence number (RFC 3711 §3.3.1, appendix A); nothing is before index 0. */
    static long index(Source source, int sequence) {
        if (source == null || source.rtp.highest() < 0) {
            return sequence;
        }
        long newest = source.rtp.highest();
        long rollover = newest >>> 16;
        int last = (int) newest & 0xFFFF;
        if (last < HALF) {
            if (sequence - last > HALF && rollover > 0) {
                rollover--;
            }
        } else if (last - HALF > sequence) {
            rollover++;
        }
        return rollover << 16 | sequence;
    }
}
