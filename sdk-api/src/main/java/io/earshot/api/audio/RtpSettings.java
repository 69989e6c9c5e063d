package io.earshot.api.audio;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * How calls use RTP and RTCP. Immutable; start from {@link #DEFAULT}.
 *
 * @param playout how received sound waits for late packets
 * @param rtcp whether reports are sent (RFC 3550); those of the peer are read anyway
 * @param extendedReports whether they say how we hear the peer (VoIP metrics of RFC 3611)
 * @param mux whether we offer and take RTCP on the port of RTP (RFC 5761)
 * @param portStep how far behind the RTP port of the last call the next one looks for its own, 0 to 1000; a call has two ports, the even
 *     one for RTP, so that odd steps are rounded up, and the range goes round, so that ports rest. 0 takes the first free one of the
 *     range, which the call before may just have left
 * @param keepAlive how long nothing may be sent, as on hold, before a packet keeps NATs open (RFC 6263); zero for never, at most 1 h
 * @param timeout a call without any packet from a peer that is to send ends after this; half of it counts while there never was one; zero
 *     for never
 * @param timeoutNotice after this such a call is only told of ({@link io.earshot.api.CallEvent.MediaMissing}); zero for never
 * @param concealment whether the gaps of lost packets are bridged by what came before; otherwise they are silent
 * @param opening what goes to a peer before our first sound, so that NATs let its sound in
 * @param repair when lost packets are asked for and repeated
 */
public record RtpSettings(Playout playout, boolean rtcp, boolean extendedReports, boolean mux, int portStep, Duration keepAlive,
        Duration timeout, Duration timeoutNotice, boolean concealment, NatOpening opening, LossRepair repair) {
    /** Reports with VoIP metrics, on a port of their own unless the peer offers otherwise; keep-alive each 15 s; calls end after 300 s. */
    public static final RtpSettings DEFAULT = new RtpSettings(Playout.NORMAL, true, true, true, 2, Duration.ofSeconds(15),
        Duration.ofSeconds(300), Duration.ZERO, true, NatOpening.NONE, LossRepair.WHEN_OFFERED);

    /** Checks the ranges. */
    public RtpSettings {
        Check.requireNonNull(playout, "playout");
        Check.range(portStep, 0, 1000, "portStep");
        Check.range(keepAlive, Duration.ZERO, Duration.ofHours(1), "keepAlive");
        Check.range(timeout, Duration.ZERO, Duration.ofDays(1), "timeout");
        Check.range(timeoutNotice, Duration.ZERO, Duration.ofDays(1), "timeoutNotice");
        Check.requireNonNull(opening, "opening");
        Check.requireNonNull(repair, "repair");
    }

    /** Returns the same with another playout. */
    public RtpSettings withPlayout(Playout other) {
        return new RtpSettings(other, rtcp, extendedReports, mux, portStep, keepAlive, timeout, timeoutNotice, concealment, opening,
            repair);
    }

    /** Returns the same with or without reports, and with or without VoIP metrics in them. */
    public RtpSettings withRtcp(boolean reports, boolean metrics) {
        return new RtpSettings(playout, reports, metrics, mux, portStep, keepAlive, timeout, timeoutNotice, concealment, opening,
            repair);
    }

    /** Returns the same that shares the port of RTP or not. */
    public RtpSettings withMux(boolean shared) {
        return new RtpSettings(playout, rtcp, extendedReports, shared, portStep, keepAlive, timeout, timeoutNotice, concealment, opening,
            repair);
    }

    /** Returns the same whose calls take ports this far from each other, 0 to 1000; 0 for the first free one each time. */
    public RtpSettings withPortStep(int ports) {
        return new RtpSettings(playout, rtcp, extendedReports, mux, ports, keepAlive, timeout, timeoutNotice, concealment, opening,
            repair);
    }

    /** Returns the same with another keep-alive. */
    public RtpSettings withKeepAlive(Duration interval) {
        return new RtpSettings(playout, rtcp, extendedReports, mux, portStep, interval, timeout, timeoutNotice, concealment, opening,
            repair);
    }

    /** Returns the same with other time-outs; zero for never. */
    public RtpSettings withTimeout(Duration end, Duration notice) {
        return new RtpSettings(playout, rtcp, extendedReports, mux, portStep, keepAlive, end, notice, concealment, opening,
            repair);
    }

    /** Returns a copy that bridges gaps of lost packets by what came before, or leaves them silent. */
    public RtpSettings withConcealment(boolean on) {
        return new RtpSettings(playout, rtcp, extendedReports, mux, portStep, keepAlive, timeout, timeoutNotice, on, opening, repair);
    }

    /** Returns a copy that opens NATs like this. */
    public RtpSettings withOpening(NatOpening packets) {
        return new RtpSettings(playout, rtcp, extendedReports, mux, portStep, keepAlive, timeout, timeoutNotice, concealment, packets,
            repair);
    }

    /** Returns a copy that has lost packets repeated then. */
    public RtpSettings withRepair(LossRepair when) {
        return new RtpSettings(playout, rtcp, extendedReports, mux, portStep, keepAlive, timeout, timeoutNotice, concealment, opening,
            when);
    }
}
