package io.earshot.rtp.session;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.LossBursts;
import io.earshot.rtp.jitter.PlayoutFigures;
import io.earshot.rtp.packet.PacketKind;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpVerdict;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.rtcp.RtcpType;
import io.earshot.rtp.rtcp.RtcpVerdict;
import io.earshot.rtp.rtcp.VoipFigures;
import io.earshot.rtp.rtcp.VoipMetrics;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One audio stream each way with its RTCP. Sans-IO and confined to one thread: hand it what the sockets receive, ask {@link #poll}
 * and {@link #pollKeepAlive} when {@link #deadline} has come, and drain {@link #pollEvent} after each. What it lets through is in
 * {@link #packet()}.
 *
 * <p>Packets are judged before anything is changed by them: form, then address ({@link SymmetricLatch}), then source (SSRC), then
 * sequence number. A source at the signalled address is believed at its first packet, so that no syllable is lost; elsewhere, and for
 * a change of SSRC, it takes as many as RFC 3550 A.1 asks.
 */
public final class RtpSession {
    private final RtpSessionConfig config;
    private final RtpPacket packet;
    private final SymmetricLatch latch;
    private final RtpSender sender;
    private final RemoteSource remote = new RemoteSource();
    private final SsrcConflicts conflicts = new SsrcConflicts();
    private final ReceiveCounters counters = new ReceiveCounters();
    private final EventQueue events = new EventQueue();
    private final Feedback feedback = new Feedback();
    private final RtcpReceiver rtcpIn;
    private final RtcpSender rtcpOut;
    private final NtpTime ntp;
    private final SessionFigures figures;
    private final HeardFigures heard;
    private PayloadTypes payloadTypes = PayloadTypes.none();

    /**
     * Starts a session.
     *
     * @param ntp wall clock for reports
     */
    public RtpSession(RtpSessionConfig config, IdSource ids, NtpTime ntp, long now) {
        this.config = requireNonNull(config, "config");
        this.ntp = requireNonNull(ntp, "ntp");
        packet = new RtpPacket(config.limits());
        latch = new SymmetricLatch(config.latch());
        sender = new RtpSender(ids);
        rtcpIn = new RtcpReceiver(config.limits(), config.reducedSizeRtcp(), feedback);
        figures = new SessionFigures(sender, remote, counters, rtcpIn.report());
        heard = new HeardFigures(remote, figures);
        rtcpOut = new RtcpSender(config, ids, ntp, heard, feedback, now);
    }

    /** The negotiation has said what the peer may send; earlier payload types count no more. */
    public void payloadTypes(PayloadTypes types) {
        payloadTypes = requireNonNull(types, "types");
    }

    /**
     * The negotiation has said where the peer receives.
     *
     * @param rtcp where it receives RTCP; the same as {@code rtp} when multiplexed
     */
    public void negotiated(InetSocketAddress rtp, InetSocketAddress rtcp) {
        latch.negotiated(rtp);
        rtcpOut.negotiated(rtcp);
    }

    /** The negotiation has said whether RTCP shares RTP's port (RFC 5761). */
    public void rtcpMux(boolean shared) {
        rtcpOut.mux(shared);
    }

    /** Tells whether RTCP shares RTP's port. */
    public boolean isRtcpMux() {
        return rtcpOut.isMux();
    }

    /**
     * The negotiation has said what feedback there is (RFC 4585). From then on ask {@link #deadline} after each packet too.
     *
     * @param playing says when what is missing would be played
     */
    public void feedback(FeedbackRules rules, PlayoutClock playing, long now) {
        if (!rules.equals(feedback.rules())) {
            feedback.negotiated(requireNonNull(rules, "rules"), requireNonNull(playing, "playing"));
            rtcpOut.feedback(now);
        }
    }

    /** Tells whether the packet that was accepted last had been asked for, so that its delay says nothing of the network. */
    public boolean isRepair() {
        return feedback.isRepair();
    }

    /**
     * Returns for how many nanoseconds playout is to wait at least, so that what is asked for comes in time; 0 while nothing is.
     *
     * @param packet nanoseconds between packets
     */
    public long repairDelay(long packet, long now) {
        return feedback.patience(packet, now);
    }

    /** Returns the number of the next packet of ours that the peer asks for again, -1 when there is none. */
    public int nextWanted() {
        return feedback.nextWanted();
    }

    /** A packet of ours went out again. */
    public void repeated() {
        feedback.countRepeated();
    }

    /** Returns what came of asking for lost packets; it goes on counting. */
    public RepairFigures repairs() {
        return feedback;
    }

    /**
     * Says in the reports from now on how we hear the peer (RFC 3611), by what these figures are at the time of a report.
     *
     * @param playout what became of the packets that were let through
     * @param bursts how its losses bunch
     * @param packetMillis the time of a packet, 0 to say nothing
     */
    public void voipMetrics(PlayoutFigures playout, LossBursts bursts, int packetMillis) {
        figures.with(playout);
        heard.follow(bursts, packetMillis);
    }

    /** Returns what the peer says of how it hears us (RFC 3611), {@link VoipMetrics#NONE} as long as it does not. */
    public VoipMetrics peerMetrics() {
        return VoipMetrics.of(rtcpIn.metrics());
    }

    /** Returns the same as it is whenever it is asked; always the same object. */
    public VoipFigures peerFigures() {
        return rtcpIn.metrics();
    }

    /**
     * Takes a datagram from either socket, tells RTP from RTCP (RFC 5761), and judges it. After {@link ReceiveVerdict#ACCEPTED},
     * {@link ReceiveVerdict#ACCEPTED_NEW_SOURCE} and {@link ReceiveVerdict#UNKNOWN_PAYLOAD_TYPE} {@link #packet()} is the packet.
     */
    public ReceiveVerdict receive(byte[] bytes, int offset, int length, InetSocketAddress source, long now) {
        PacketKind kind = PacketKind.of(bytes, offset, length);
        if (kind == PacketKind.RTP) {
            RtpVerdict verdict = packet.wrap(bytes, offset, length);
            counters.count(verdict);
            return verdict == RtpVerdict.OK ? onRtp(packet, source, now) : counters.count(ReceiveVerdict.MALFORMED);
        }
        return kind == PacketKind.RTCP ? onRtcp(bytes, offset, length, source, now) : counters.count(ReceiveVerdict.OTHER_PROTOCOL);
    }

    /** Returns the packet that {@link #receive} looked at last. */
    public RtpPacket packet() {
        return packet;
    }

    /**
     * Judges a packet that was wrapped with verdict OK.
     *
     * @param source where it came from
     */
    public ReceiveVerdict onRtp(RtpPacket rtp, InetSocketAddress source, long now) {
        return counters.count(judge(rtp, source, now));
    }

    private ReceiveVerdict judge(RtpPacket rtp, InetSocketAddress source, long now) {
        int ssrc = rtp.ssrc();
        int sequence = rtp.sequence();
        if (ssrc == sender.ssrc()) {
            ReceiveVerdict verdict = collide(source, now);
            if (verdict != ReceiveVerdict.LOOP || !latch.isCurrent(source)) {
                return verdict;
            }
            // The peer itself sends us back what we send, whatever SSRC we take: an echo service, which is to be heard.
        }
        int clockRate = payloadTypes.clockRate(rtp.payloadType());
        if (clockRate == 0 && !latch.isCurrent(source)) {
            return ReceiveVerdict.REJECTED_SOURCE;
        }
        switch (latch.onPacket(source, ssrc, sequence, remote.isSameStream(ssrc, sequence), now)) {
            case REJECTED -> {
                return ReceiveVerdict.REJECTED_SOURCE;
            }
            case CANDIDATE -> {
                return ReceiveVerdict.PROBATION;
            }
            case LATCHED -> {
                rtcpOut.rtpLatched(source);
                events.add(RtpEvent.LATCHED);
            }
            case CURRENT -> {
                // The usual case: nothing to do.
            }
        }
        boolean newSource = !remote.isKnown() || ssrc != remote.ssrc();
        if (newSource && remote.isKnown() && !remote.confirms(ssrc, sequence)) {
            return ReceiveVerdict.PROBATION;
        }
        if (newSource) {
            if (remote.isKnown()) {
                events.add(RtpEvent.REMOTE_SSRC_CHANGED);
            }
            remote.adopt(ssrc);
        }
        return accept(rtp, clockRate, newSource, now);
    }

    private ReceiveVerdict accept(RtpPacket rtp, int clockRate, boolean newSource, long now) {
        remote.continues();
        int before = remote.statistics().highestSequence();
        Arrival arrival = remote.statistics().update(rtp.sequence());
        if (arrival == Arrival.BAD_SEQUENCE || arrival == Arrival.PROBATION) {
            return ReceiveVerdict.BAD_SEQUENCE;
        }
        remote.heardRtp(now);
        feedback.arrived(rtp.sequence(), newSource ? Arrival.RESTARTED : arrival, before, now);
        if (arrival == Arrival.DUPLICATE) {
            return ReceiveVerdict.DUPLICATE;
        }
        counters.octets(rtp.payloadLength());
        if (clockRate == 0) {
            return ReceiveVerdict.UNKNOWN_PAYLOAD_TYPE;
        }
        if (!feedback.isRepair()) {
            remote.statistics().updateJitter(rtp.timestamp(), clockRate, now);
        }
        return newSource ? ReceiveVerdict.ACCEPTED_NEW_SOURCE : ReceiveVerdict.ACCEPTED;
    }

    /** RFC 3550 §8.2: our SSRC in somebody else's packet. Strangers cannot make us change it. */
    private ReceiveVerdict collide(InetSocketAddress source, long now) {
        long life = 10 * rtcpOut.interval();
        if (conflicts.refresh(source, now, life)) {
            return ReceiveVerdict.LOOP;
        }
        if (!latch.isCurrent(source) && !latch.isSameHost(source)) {
            return ReceiveVerdict.REJECTED_SOURCE;
        }
        conflicts.add(source, now, life);
        rtcpOut.byeDue(sender, now);
        sender.changeSsrc();
        events.add(RtpEvent.LOCAL_SSRC_CHANGED);
        return ReceiveVerdict.COLLISION;
    }

    /** Takes a compound RTCP packet. It is believed from the peer's RTCP address, or from the host that media comes from. */
    public ReceiveVerdict onRtcp(byte[] bytes, int offset, int length, InetSocketAddress source, long now) {
        if (rtcpIn.check(bytes, offset, length) != RtcpVerdict.OK) {
            return counters.count(ReceiveVerdict.MALFORMED);
        }
        boolean signalled = rtcpOut.isRemote(source);
        if (!signalled && !(config.latch().enabled() && latch.isSameHost(source))) {
            return counters.count(ReceiveVerdict.REJECTED_SOURCE);
        }
        int from = rtcpIn.senderSsrc(bytes, offset, length);
        if (from == sender.ssrc()) {
            return counters.count(collide(source, now));
        }
        if (!signalled && remote.isKnown() && from == remote.ssrc()) {
            rtcpOut.rtcpLatched(source);
        }
        remote.heardRtcp(now);
        rtcpOut.received(length);
        if (rtcpIn.take(bytes, offset, length, remote, sender.ssrc(), ntp.at(now), now) && !remote.isGone()) {
            remote.left();
            events.add(RtpEvent.REMOTE_BYE);
        }
        rtcpOut.group(remote, sender, now);
        feedback.roundTrip(roundTrip());
        return counters.count(ReceiveVerdict.RTCP);
    }

    /**
     * Writes the RTCP packet that is due.
     *
     * @param out has room for 600 bytes
     * @return its length, 0 if none is due; send it to {@link #remoteRtcp()}
     */
    public int poll(byte[] out, int offset, long now) {
        return rtcpOut.poll(out, offset, remote, sender, now);
    }

    /** Writes the goodbye that ends our part of the session; 0 if we never sent anything, as RFC 3550 §6.3.7 asks. */
    public int leave(byte[] out, int offset, long now) {
        return rtcpOut.leave(out, offset, remote, sender, now);
    }

    /**
     * Writes an RTP packet that only keeps NAT bindings open (RFC 6263 §4.6: a payload type the peer does not know), when none was sent
     * for so long.
     *
     * @return its length, 0 if none is due; send it to {@link #remoteRtp()}
     */
    public int pollKeepAlive(byte[] out, int offset, long now) {
        if (now < keepAliveDeadline()) {
            return 0;
        }
        long ticks = sender.mediaTicksAt(now);
        return sender.packet(out, offset, payloadTypes.unused(), false, ticks, 0, now);
    }

    private long keepAliveDeadline() {
        boolean wanted = config.keepAlive() > 0 && latch.remote().isPresent();
        return wanted ? Math.max(sender.lastSent(), rtcpOut.startedAt()) + config.keepAlive() : Ticker.NEVER;
    }

    /** Returns when {@link #poll} or {@link #pollKeepAlive} has something to do. */
    public long deadline() {
        return Math.min(rtcpOut.deadline(), keepAliveDeadline());
    }

    /** Returns the next thing that the owner should know, {@link RtpEvent#NONE} when there is none. */
    public RtpEvent pollEvent() {
        return events.poll();
    }

    /** Returns the sending half. */
    public RtpSender sender() {
        return sender;
    }

    /** Returns the statistics of the source that is being received. */
    public RtpReceiverStatistics receiver() {
        return remote.statistics();
    }

    /** Returns where to send RTP, empty before anything is known. */
    public Optional<InetSocketAddress> remoteRtp() {
        return latch.remote();
    }

    /** Returns where to send RTCP, empty before anything is known. */
    public Optional<InetSocketAddress> remoteRtcp() {
        return rtcpOut.isMux() ? latch.remote() : rtcpOut.remote();
    }

    /** Returns the SSRC that is being received, 0 before the first. */
    public int remoteSsrc() {
        return remote.ssrc();
    }

    /** Returns the peer's canonical name, once it told. */
    public Optional<String> remoteCname() {
        return rtcpIn.cname();
    }

    /** Returns when the last valid RTP packet came, -1 if none did. */
    public long lastRtpReceived() {
        return remote.lastRtp();
    }

    /** Returns when the last valid RTCP packet came, -1 if none did. */
    public long lastRtcpReceived() {
        return remote.lastRtcp();
    }

    /** Returns the round-trip time in nanoseconds by the last report, -1 if unknown. */
    public long roundTrip() {
        return rtcpIn.report().roundTrip();
    }

    /** Returns the loss of what we send since the report before, as the peer's last one says, 0 to 100; -1 if there was none. */
    public double remoteLossPercent() {
        return rtcpIn.report().lossPercent();
    }

    /** Returns how often a verdict was given. */
    public long count(ReceiveVerdict verdict) {
        return counters.of(verdict);
    }

    /** Returns how often the form of an RTP packet was judged so. */
    public long count(RtpVerdict verdict) {
        return counters.of(verdict);
    }

    /** Returns how often the form of a compound RTCP packet was judged so. */
    public long count(RtcpVerdict verdict) {
        return rtcpIn.verdicts(verdict);
    }

    /** Returns the RTCP packets of a type that were received in valid compounds, skipped ones included. */
    public long count(RtcpType type) {
        return rtcpIn.packets(type);
    }

    /**
     * Returns a snapshot.
     *
     * @param playout what became of the packets that were let through
     */
    public RtpStatistics statistics(PlayoutFigures playout) {
        return RtpStatistics.of(figures(playout));
    }

    /**
     * Returns the figures as they are whenever they are asked for; always the same object.
     *
     * @param playout as for {@link #statistics}
     */
    public RtpFigures figures(PlayoutFigures playout) {
        return figures.with(playout);
    }
}
