package io.earshot.rtp.session;

import io.earshot.rtp.jitter.PlayoutFigures;
import io.earshot.rtp.jitter.PlayoutStatistics;

/** The figures of a session at the moment when they are asked for. */
final class SessionFigures implements RtpFigures {
    /** What capture and playback add to the delay of the network and the buffer, in milliseconds. */
    private static final int ENDS = 20;
    /** What the peer's buffer and ends add, in milliseconds, as far as anybody can tell from here. */
    private static final int FAR_ENDS = 60;

    private final RtpSender sender;
    private final RemoteSource remote;
    private final ReceiveCounters counters;
    private final PeerReport report;
    private PlayoutFigures playout = PlayoutStatistics.NONE;

    SessionFigures(RtpSender sender, RemoteSource remote, ReceiveCounters counters, PeerReport report) {
        this.sender = sender;
        this.remote = remote;
        this.counters = counters;
        this.report = report;
    }

    SessionFigures with(PlayoutFigures what) {
        playout = what;
        return this;
    }

    @Override
    public long sent() {
        return sender.packets();
    }

    @Override
    public long sentBytes() {
        return sender.octets();
    }

    @Override
    public long received() {
        return remote.received();
    }

    @Override
    public long receivedBytes() {
        return counters.octets();
    }

    @Override
    public long lost() {
        return Math.max(0, remote.expected() - remote.received() + remote.duplicates());
    }

    @Override
    public double lossPercent() {
        long expected = remote.expected();
        return expected == 0 ? 0 : 100.0 * lost() / expected;
    }

    @Override
    public double jitter() {
        return remote.statistics().jitterNanos() / 1e6;
    }

    @Override
    public double rtt() {
        return report.roundTrip() < 0 ? -1 : report.roundTrip() / 1e6;
    }

    /** Returns the time of the way to us, in milliseconds; 0 while it is unknown. */
    double network() {
        return Math.max(0, rtt()) / 2;
    }

    @Override
    public long duplicates() {
        return remote.duplicates();
    }

    @Override
    public long reordered() {
        return remote.reordered();
    }

    @Override
    public long late() {
        return playout.late();
    }

    @Override
    public long discarded() {
        return playout.discarded();
    }

    @Override
    public double discardPercent() {
        long expected = remote.expected();
        return expected == 0 ? 0 : Math.min(100 - lossPercent(), 100.0 * playout.discarded() / expected);
    }

    @Override
    public long concealed() {
        return playout.concealed();
    }

    @Override
    public double buffered() {
        return playout.buffered();
    }

    /** Returns the delay that playout aims at, in milliseconds. */
    double target() {
        return playout.target();
    }

    /** Returns the rating of what we hear. */
    double rating() {
        return EModel.rating(lossPercent() + discardPercent(), network() + playout.target() + ENDS);
    }

    @Override
    public double mos() {
        return EModel.mos(rating());
    }

    @Override
    public double remoteLossPercent() {
        return report.lossPercent();
    }

    @Override
    public double remoteJitter() {
        return report.jitterMillis(sender.clockRate());
    }

    @Override
    public double remoteMos() {
        return report.isKnown() ? EModel.mos(EModel.rating(report.lossPercent(), network() + FAR_ENDS)) : 0;
    }

    @Override
    public long rejected() {
        return counters.of(ReceiveVerdict.REJECTED_SOURCE);
    }

    @Override
    public long malformed() {
        return counters.of(ReceiveVerdict.MALFORMED);
    }
}
