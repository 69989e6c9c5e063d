package io.earshot.sdk.internal.media;

import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.rtp.audio.AudioSender;
import io.earshot.rtp.session.BitRateControl;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.RtpSession;
import io.earshot.sip.sdp.NegotiatedAudio;
import io.earshot.sip.sdp.NegotiatedAudio.Mapping;
import java.util.Locale;
import java.util.Set;

/** What goes along with the codec that we send with: comfort noise, redundancy, and a bit rate that fits the path. */
final class SendExtras {
    /** Codecs without a silence of their own (RFC 3389 §2). */
    private static final Set<String> SENDS_NOISE = Set.of("PCMU", "PCMA", "L16");
    private static final int NOISE_RATE = 8000;
    private static final int LEAST_BIT_RATE = 6_000;
    /** More than the best that speech is coded with here. */
    private static final int MOST_BIT_RATE = 64_000;

    private final BitRateControl control = new BitRateControl(LEAST_BIT_RATE, MOST_BIT_RATE);
    private long lastReport;

    /** Sets the sender up as negotiated. */
    static void apply(NegotiatedAudio audio, AudioSender sender) {
        CodecDescriptor codec = audio.codec().descriptor();
        boolean noise = SENDS_NOISE.contains(codec.name().toUpperCase(Locale.ROOT)) && codec.sampleRate() == NOISE_RATE
                && codec.channels() == 1;
        sender.comfortNoise(noise ? audio.companions().comfortNoise().map(Mapping::sendPayloadType).orElse(-1) : -1);
        sender.redundancy(audio.companions().redundancy().map(Mapping::sendPayloadType).orElse(-1), audio.companions().copies());
    }

    /** Adds the payload types that may come in besides the codecs'. */
    static PayloadTypes types(NegotiatedAudio audio, PayloadTypes types) {
        PayloadTypes all = types;
        if (audio.companions().comfortNoise().isPresent()) {
            all = all.with(audio.companions().comfortNoise().get().receivePayloadType(), NOISE_RATE);
        }
        if (audio.companions().redundancy().isPresent()) {
            all = all.with(audio.companions().redundancy().get().receivePayloadType(), audio.codec().descriptor().rtpClockRate());
        }
        return all;
    }

    /** Tells the codec what the peer's latest report of losses means. */
    void adapt(RtpSession session, AudioSender sender) {
        long report = session.lastRtcpReceived();
        if (report == lastReport) {
            return;
        }
        lastReport = report;
        double loss = session.remoteLossPercent();
        if (loss >= 0) {
            control.onReport(loss / 100);
            sender.onNetwork(control.target(), control.loss());
        }
    }
}
