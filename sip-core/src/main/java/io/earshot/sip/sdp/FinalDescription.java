package io.earshot.sip.sdp;

import io.earshot.api.codec.FinalCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An offer of ours once more, with nothing but the codec that the answer puts first and what goes along with it. */
public final class FinalDescription {
    private static final List<String> MODERN = List.of("ice-", "crypto:", "fingerprint:");

    private FinalDescription() {
    }

    /**
     * Returns what to put into the ACK.
     *
     * @param wanted when to put something there
     * @return empty for an empty ACK, also where offer and answer have no codec in common
     */
    public static Optional<SessionDescription> of(FinalCodec wanted, SessionDescription offer, SessionDescription answer) {
        int index = OfferAnswer.audioIndex(offer);
        if (wanted == FinalCodec.NEVER || index < 0 || index >= answer.media().size()) {
            return Optional.empty();
        }
        MediaDescription theirs = answer.media().get(index);
        Map<Integer, RtpMap> ours = offer.media().get(index).rtpMaps();
        List<RtpMap> codecs = theirs.rtpMaps().values().stream().filter(map -> !CompanionFormats.isCompanion(map)).toList();
        if (codecs.isEmpty() || wanted != FinalCodec.ALWAYS && codecs.size() < 2
            || wanted == FinalCodec.AUTOMATIC && !isPlain(answer, theirs)) {
            return Optional.empty();
        }
        Optional<RtpMap> chosen = ours.values().stream().filter(codecs.get(0)::sameEncoding).findFirst();
        return chosen.map(codec -> offer.withMedia(index, reduced(offer.media().get(index), codec, theirs)));
    }

    /** Tells whether it may come from one of the old gateways that want this: they know neither ICE nor encryption. */
    private static boolean isPlain(SessionDescription answer, MediaDescription audio) {
        return audio.protocol().equals("RTP/AVP") && Stream.concat(answer.lines().stream(), audio.lines().stream())
            .noneMatch(line -> line.type() == 'a' && MODERN.stream().anyMatch(line.value()::startsWith));
    }

    private static MediaDescription reduced(MediaDescription ours, RtpMap codec, MediaDescription theirs) {
        List<String> kept = new ArrayList<>();
        kept.add(Integer.toString(codec.payloadType()));
        for (RtpMap map : ours.rtpMaps().values()) {
            if (CompanionFormats.isCompanion(map) && theirs.rtpMaps().values().stream().anyMatch(map::sameEncoding)) {
                kept.add(Integer.toString(map.payloadType()));
            }
        }
        List<Line> lines = ours.lines().stream().filter(line -> {
            String value = line.value();
            boolean ofFormat = line.type() == 'a' && (value.startsWith("rtpmap:") || value.startsWith("fmtp:"));
            return !ofFormat || kept.contains(value.substring(value.indexOf(':') + 1).split(" ")[0]);
        }).toList();
        return MediaDescription.of(ours.type(), ours.port(), ours.protocol(), kept).withLines(lines);
    }
}
