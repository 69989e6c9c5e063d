package io.earshot.rtp.session;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.rtcp.RtcpScheduler;
import io.earshot.rtp.rtcp.RtcpWriter;
import io.earshot.rtp.rtcp.VoipFigures;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes our RTCP when it is due, and knows where it goes. */
final class RtcpSender {
    /** RFC 3550 §6.3.5: a member is dropped after five intervals of silence, a sender after two. */
    private static final int MEMBER_INTERVALS = 5;
    private static final int SENDER_INTERVALS = 2;

    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpScheduler schedule;
    private final NtpTime ntp;
    private final byte[] cname;
    private boolean mux;
    private final VoipFigures metrics;
    private final long startedAt;
    private InetSocketAddress signalled;
    private InetSocketAddress remote;
    private Optional<InetSocketAddress> shown = Optional.empty();
    private boolean byeDue;
    private int byeSsrc;
    private long byeAt;
    private boolean sentAny;
    private final Feedback feedback;
    /** Whether the schedule knows that there is something to ask for. */
    private boolean queued;

    /**
     * Makes one.
     *
     * @param metrics what reports say of the sound that we hear
     */
    RtcpSender(RtpSessionConfig config, IdSource ids, NtpTime ntp, VoipFigures metrics, Feedback feedback, long now) {
        this.feedback = feedback;
        this.metrics = metrics;
        this.ntp = requireNonNull(ntp, "ntp");
        cname = config.cname().getBytes(StandardCharsets.UTF_8);
        schedule = new RtcpScheduler(ids, config.bitsPerSecond(), config.reducedMinimum(), 72 + Math.min(cname.length, 255), now);
        mux = config.rtcpMux();
        startedAt = now;
    }

    void mux(boolean shared) {
        mux = shared;
    }

    boolean isMux() {
        return mux;
    }

    long startedAt() {
        return startedAt;
    }

    void negotiated(InetSocketAddress address) {
        requireNonNull(address, "address");
        if (!address.equals(signalled)) {
            signalled = address;
            move(address);
        }
    }

    /** Media goes elsewhere than signalled; RTCP follows to the port above, until the peer's own RTCP shows better. */
    void rtpLatched(InetSocketAddress source) {
        if (mux) {
            move(source);
        } else if (source.getAddress() != null && source.getPort() < 65_535) {
            move(new InetSocketAddress(source.getAddress(), source.getPort() + 1));
        }
    }

    void rtcpLatched(InetSocketAddress source) {
        move(source);
    }

    private void move(InetSocketAddress to) {
        remote = to;
        shown = Optional.of(to);
    }

    boolean isRemote(InetSocketAddress source) {
        return source.equals(remote);
    }

    Optional<InetSocketAddress> remote() {
        return shown;
    }

    long interval() {
        return schedule.deterministicInterval();
    }

    void received(int bytes) {
        schedule.received(bytes);
    }

    /** Says goodbye for an SSRC that we give up, at once. */
    void byeDue(RtpSender sender, long now) {
        byeDue = sentAny || sender.packetsOfSsrc() > 0;
        byeSsrc = sender.ssrc();
        byeAt = now;
    }

    long deadline() {
        return byeDue ? byeAt : queued ? schedule.deadline() : Math.min(schedule.deadline(), feedback.due());
    }

    /** Feedback was negotiated anew. */
    void feedback(long now) {
        schedule.feedback(feedback.rules().nack(), feedback.rules().reports(), now);
        queued = false;
    }

    void group(RemoteSource source, RtpSender sender, long now) {
        long interval = interval();
        boolean weSent = isSending(sender, now);
        boolean theySent = source.isSender(now - SENDER_INTERVALS * interval);
        int members = source.isMember(now - MEMBER_INTERVALS * interval) ? 2 : 1;
        schedule.group(members, (weSent ? 1 : 0) + (theySent ? 1 : 0), weSent, now);
    }

    private boolean isSending(RtpSender sender, long now) {
        return sender.packetsOfSsrc() > 0 && now - sender.lastSent() <= SENDER_INTERVALS * interval();
    }

    int poll(byte[] out, int offset, RemoteSource source, RtpSender sender, long now) {
        if (byeDue) {
            byeDue = false;
            return sent(writer.begin(out, offset).receiverReport(byeSsrc).cname(byeSsrc, cname).bye(byeSsrc).length());
        }
        if (!queued && now >= feedback.due()) {
            schedule.early(now);
            queued = true;
        }
        if (now < schedule.deadline()) {
            return 0;
        }
        group(source, sender, now);
        boolean waiting = feedback.isWaiting(now) && source.isKnown();
        RtcpScheduler.Due due = schedule.due(now, waiting);
        queued &= due == RtcpScheduler.Due.NOTHING && waiting;
        return switch (due) {
            case NOTHING -> 0;
            case FEEDBACK -> feedback(out, offset, source, sender, now);
            case REPORT -> full(out, offset, source, sender, waiting, now);
        };
    }

    private int full(byte[] out, int offset, RemoteSource source, RtpSender sender, boolean waiting, long now) {
        report(out, offset, source, sender, now);
        writer.cname(sender.ssrc(), cname);
        if (metrics.source() != 0 && metrics.source() == source.ssrc()) {
            writer.voipMetrics(sender.ssrc(), metrics);
        }
        if (waiting) {
            feedback.write(writer, sender.ssrc(), source.ssrc(), now);
        }
        return sent(writer.length());
    }

    /** As little as the peer takes: feedback alone (RFC 5506), or with a report and a name (RFC 4585 §3.1). */
    private int feedback(byte[] out, int offset, RemoteSource source, RtpSender sender, long now) {
        if (feedback.rules().reducedSize()) {
            writer.begin(out, offset);
        } else {
            report(out, offset, source, sender, now);
            writer.cname(sender.ssrc(), cname);
        }
        feedback.write(writer, sender.ssrc(), source.ssrc(), now);
        return sent(writer.length());
    }

    int leave(byte[] out, int offset, RemoteSource source, RtpSender sender, long now) {
        if (!sentAny && sender.packets() == 0) {
            return 0;
        }
        report(out, offset, source, sender, now);
        return sent(writer.cname(sender.ssrc(), cname).bye(sender.ssrc()).length());
    }

    private int sent(int bytes) {
        schedule.sent(bytes);
        sentAny = true;
        return bytes;
    }

    private void report(byte[] out, int offset, RemoteSource source, RtpSender sender, long now) {
        writer.begin(out, offset);
        if (isSending(sender, now)) {
            writer.senderReport(sender.ssrc(), ntp.at(now), sender.timestampAt(now), sender.packetsOfSsrc(), sender.octetsOfSsrc());
        } else {
            writer.receiverReport(sender.ssrc());
        }
        if (source.isKnown() && source.isSender(now - SENDER_INTERVALS * interval())) {
            RtpReceiverStatistics seen = source.statistics();
            writer.reportBlock(source.ssrc(), seen.takeFractionLost(), seen.lost(), seen.highestSequence(), seen.jitter(),
                source.lastSenderReport(), source.delaySinceSenderReport(now));
        }
    }
}
