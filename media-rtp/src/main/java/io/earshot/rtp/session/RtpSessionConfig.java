package io.earshot.rtp.session;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpLimits;

/**
 * What the owner decides about a session.
 *
 * @param cname our canonical name (RFC 7022), 1 to 255 bytes in UTF-8
 * @param latch when to follow the peer to another address
 * @param rtcpMux whether RTCP shares the port of RTP (RFC 5761)
 * @param reducedSizeRtcp whether the peer may send reduced-size RTCP (RFC 5506)
 * @param reducedMinimum whether RTCP may come more often than each 5 s at high bandwidth (RFC 3550 §6.2)
 * @param bitsPerSecond the media's bandwidth, from which RTCP's follows
 * @param keepAlive nanoseconds without RTP sent after which a keep-alive is due (RFC 6263), 0 for never
 * @param limits limits on what is received
 */
public record RtpSessionConfig(String cname, LatchRules latch, boolean rtcpMux, boolean reducedSizeRtcp, boolean reducedMinimum,
        int bitsPerSecond, long keepAlive, RtpLimits limits) {
    /** G.711 in packets of 20 ms with their headers, from either side (RFC 3550 §6.2), and half as much again for what is repeated. */
    private static final int BOTH_WAYS = 240_000;

    public RtpSessionConfig {
        requireNonNull(cname, "cname");
        requireNonNull(latch, "latch");
        requireNonNull(limits, "limits");
        if (cname.isEmpty() || bitsPerSecond <= 0 || keepAlive < 0) {
            throw new IllegalArgumentException("cname, bandwidth and keep-alive must make sense");
        }
    }

    /** Returns what suits a telephone call: latching, RTCP on its own port and of any size, 240 kbit/s both ways, keep-alive after 15 s. */
    public static RtpSessionConfig forCall(String cname) {
        return new RtpSessionConfig(cname, LatchRules.DEFAULT, false, true, false, BOTH_WAYS, 15 * Ticker.SECOND, RtpLimits.DEFAULT);
    }

    /** Returns the same with RTCP on RTP's port, or not. */
    public RtpSessionConfig withRtcpMux(boolean mux) {
        return new RtpSessionConfig(cname, latch, mux, reducedSizeRtcp, reducedMinimum, bitsPerSecond, keepAlive, limits);
    }

    /** Returns the same with other rules of latching. */
    public RtpSessionConfig withLatch(LatchRules rules) {
        return new RtpSessionConfig(cname, rules, rtcpMux, reducedSizeRtcp, reducedMinimum, bitsPerSecond, keepAlive, limits);
    }

    /** Returns the same with another keep-alive, in nanoseconds, 0 for never. */
    public RtpSessionConfig withKeepAlive(long nanos) {
        return new RtpSessionConfig(cname, latch, rtcpMux, reducedSizeRtcp, reducedMinimum, bitsPerSecond, nanos, limits);
    }
}
