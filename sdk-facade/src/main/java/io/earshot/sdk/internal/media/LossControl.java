package io.earshot.sdk.internal.media;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.session.FeedbackRules;
import io.earshot.rtp.session.RtpSession;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Lost packets of a stream that are asked for, and those that the peer asks for (RFC 4585 §6.2.1): between the session, which knows what is
 * missing, the jitter buffer, which knows what is of use, and the way, which keeps what was sent. Confined to the media loop.
 */
final class LossControl {
    /** As far apart as reports are where nobody says: not further than those of peers without feedback. */
    private static final long REPORTS = 2_500 * Ticker.MILLISECOND;

    private final RtpSession session;
    private final Optional<MediaPath> path;
    private NegotiatedAudio.Feedback agreed = NegotiatedAudio.Feedback.NONE;
    private long packet;

    LossControl(RtpSession session, Optional<MediaPath> path) {
        this.session = session;
        this.path = path;
    }

    /** Does as negotiated from now on. */
    void apply(NegotiatedAudio audio, AudioReceiver receiver, long now) {
        agreed = audio.feedback();
        packet = audio.receivePtime() * Ticker.MILLISECOND;
        long reports = agreed.reportsApart().isPresent() ? agreed.reportsApart().getAsInt() * Ticker.MILLISECOND : REPORTS;
        FeedbackRules rules = agreed.nack() ? new FeedbackRules(true, agreed.reducedSize(), reports) : FeedbackRules.NONE;
        session.feedback(rules, receiver::playsIn, now);
        path.ifPresent(way -> way.keep(agreed.nack()));
        if (!agreed.nack()) {
            receiver.waitFor(0);
        }
    }

    /** Tells whether something has to be asked for at once. */
    boolean isDue(long now) {
        return agreed.nack() && now >= session.deadline();
    }

    /** Lets playout wait as long as repeated packets take. */
    void follow(AudioReceiver receiver, long now) {
        if (agreed.nack()) {
            receiver.waitFor(session.repairDelay(packet, now));
        }
    }

    /** Repeats what the peer misses. */
    void repeat() {
        for (int sequence = session.nextWanted(); sequence >= 0; sequence = session.nextWanted()) {
            InetSocketAddress peer = session.remoteRtp().orElse(null);
            if (peer != null && path.isPresent() && path.get().repeat(session.sender().ssrc(), sequence, peer)) {
                session.repeated();
            }
        }
    }
}
