package io.earshot.rtp.session;

import io.earshot.rtp.packet.RtpLimits;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.rtcp.ReportBlock;
import io.earshot.rtp.rtcp.RtcpCompound;
import io.earshot.rtp.rtcp.RtcpType;
import io.earshot.rtp.rtcp.RtcpVerdict;
import io.earshot.rtp.rtcp.SenderInfo;
import io.earshot.rtp.rtcp.SourceDescription;
import io.earshot.rtp.rtcp.VoipBlock;
import io.earshot.rtp.rtcp.VoipFigures;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Takes the peer's RTCP into account. */
final class RtcpReceiver {
    private static final int TYPES = RtcpType.values().length;

    private final RtcpCompound compound;
    private final SenderInfo senderInfo = new SenderInfo();
    private final ReportBlock block = new ReportBlock();
    private final SourceDescription description = new SourceDescription();
    private final PeerReport report = new PeerReport();
    private final long[] packets = new long[TYPES];
    private final long[] verdicts = new long[RtcpVerdict.values().length];
    private final byte[] cname = new byte[255];
    private int cnameLength;
    private final VoipBlock metrics = new VoipBlock();
    private final Feedback feedback;

    RtcpReceiver(RtpLimits limits, boolean reducedSize, Feedback feedback) {
        this.feedback = feedback;
        compound = new RtcpCompound(limits, reducedSize);
    }

    /** Checks the whole compound before any of it is believed. */
    RtcpVerdict check(byte[] bytes, int offset, int length) {
        RtcpVerdict verdict = compound.wrap(bytes, offset, length);
        verdicts[verdict.ordinal()]++;
        return verdict;
    }

    /** Returns the source that sent the compound just checked. */
    int senderSsrc(byte[] bytes, int offset, int length) {
        compound.wrap(bytes, offset, length);
        return compound.next() ? compound.ssrc() : 0;
    }

    /** Takes in a compound; it must have been checked. Returns whether the peer said goodbye. */
    boolean take(byte[] bytes, int offset, int length, RemoteSource remote, int ourSsrc, long ntp, long now) {
        boolean bye = false;
        compound.wrap(bytes, offset, length);
        while (compound.next()) {
            RtcpType type = compound.type();
            packets[type.ordinal()]++;
            switch (type) {
                case SENDER_REPORT -> {
                    senderInfo.wrap(compound);
                    if (remote.isKnown() && senderInfo.ssrc() == remote.ssrc()) {
                        remote.senderReport(senderInfo.ntpTimestamp(), now);
                    }
                    takeBlocks(ourSsrc, ntp);
                }
                case RECEIVER_REPORT -> takeBlocks(ourSsrc, ntp);
                case SOURCE_DESCRIPTION -> takeCname(remote);
                case BYE -> bye |= isByeOf(remote);
                case EXTENDED_REPORT -> metrics.take(compound, ourSsrc);
                case TRANSPORT_FEEDBACK -> feedback.take(compound, ourSsrc);
                default -> {
                    // Counted above; nothing here needs it.
                }
            }
        }
        return bye;
    }

    private void takeBlocks(int ourSsrc, long ntp) {
        for (int i = 0; i < compound.count(); i++) {
            block.wrap(compound, i);
            if (block.ssrc() == ourSsrc) {
                report.take(block, NtpTime.compact(ntp));
            }
        }
    }

    private void takeCname(RemoteSource remote) {
        description.wrap(compound);
        while (description.next()) {
            if (description.item() == SourceDescription.CNAME && (!remote.isKnown() || description.ssrc() == remote.ssrc())) {
                cnameLength = description.length();
                System.arraycopy(compound.buffer(), description.offset(), cname, 0, cnameLength);
            }
        }
    }

    private boolean isByeOf(RemoteSource remote) {
        for (int i = 0; i < compound.count(); i++) {
            if (remote.isKnown() && compound.byeSsrc(i) == remote.ssrc()) {
                return true;
            }
        }
        return false;
    }

    /** Returns what the peer says of how it hears us. */
    VoipFigures metrics() {
        return metrics;
    }

    PeerReport report() {
        return report;
    }

    Optional<String> cname() {
        return cnameLength == 0 ? Optional.empty()
            : Optional.of(new String(Arrays.copyOf(cname, cnameLength), StandardCharsets.UTF_8));
    }

    long packets(RtcpType type) {
        return packets[type.ordinal()];
    }

    long verdicts(RtcpVerdict verdict) {
        return verdicts[verdict.ordinal()];
    }

    long malformed() {
        long sum = 0;
        for (RtcpVerdict verdict : RtcpVerdict.values()) {
            sum += verdict == RtcpVerdict.OK ? 0 : verdicts(verdict);
        }
        return sum;
    }
}
