package io.earshot.sip.sdp;

import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.sip.sdp.AudioCapabilities.Option;
import io.earshot.sip.sdp.NegotiatedAudio.Codec;
import io.earshot.sip.sdp.NegotiatedAudio.TelephoneEvent;
import io.earshot.sip.sdp.OfferAnswer.Refusal;
import io.earshot.sip.sdp.OfferAnswer.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Our answer to one offered media line (RFC 3264 §6). */
final class StreamAnswer {
    private final SessionDescription offer;
    private final int index;
    private final MediaDescription media;
    private final AudioCapabilities capabilities;
    private final Map<Integer, RtpMap> offered;
    private final List<Codec> common;

    /** The media line of the answer, and what it means. */
    record Accepted(MediaDescription media, NegotiatedAudio audio) { }

    StreamAnswer(SessionDescription offer, int index, AudioCapabilities capabilities) {
        this.offer = offer;
        this.index = index;
        this.media = offer.media().get(index);
        this.capabilities = capabilities;
        this.offered = media.rtpMaps();
        this.common = media.isType("audio") ? common() : List.of();
    }

    Optional<Refused> refusal() {
        if (!media.isType("audio") || media.port() == 0) {
            return Optional.of(new Refused(Refusal.NO_AUDIO, "no audio is offered"));
        }
        Optional<Refused> unusable = OfferAnswer.unusable(offer, media, capabilities);
        if (unusable.isPresent() || !common.isEmpty()) {
            return unusable;
        }
        return Optional.of(new Refused(Refusal.NO_COMMON_CODEC, "no common codec: the peer offers " + names(offered.values().stream()
            .filter(map -> !OfferAnswer.isTelephoneEvent(map)).map(RtpMap::encoding).toList()) + ", we have "
            + names(capabilities.formats().stream()
            .map(format -> format.codec().name()).toList())));
    }

    static String names(List<String> names) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(names));
        String some = String.join(", ", distinct.subList(0, Math.min(distinct.size(), 12)));
        return distinct.isEmpty() ? "nothing" : distinct.size() > 12 ? some + ", …" : some;
    }

    /** Every codec on both lists, in our order of preference, under the offer's numbers. */
    private List<Codec> common() {
        List<Codec> out = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        for (AudioCapabilities.Format format : capabilities.formats()) {
            for (RtpMap map : offered.values()) {
                boolean same = format.codec().matches(map.encoding(), map.clockRate(), map.channels());
                Optional<Codec> joined = same && !taken.contains(map.payloadType()) ? join(format, map.payloadType()) : Optional.empty();
                if (joined.isPresent()) {
                    taken.add(map.payloadType());
                    out.add(joined.get());
                    break;
                }
            }
        }
        return out;
    }

    private Optional<Codec> join(AudioCapabilities.Format format, int payloadType) {
        FormatParameters theirs = media.fmtp(payloadType);
        return format.provider().answer(format.codec(), theirs)
            .map(ours -> new Codec(format.provider().negotiated(format.codec(), ours, theirs), format.provider(), payloadType, payloadType,
                ours, theirs));
    }

    Accepted accept() {
        List<Codec> chosen = capabilities.has(Option.ANSWER_ALL_CODECS) ? common : common.subList(0, 1);
        CodecDescriptor best = chosen.get(0).descriptor();
        AudioLines lines = new AudioLines();
        for (Codec codec : chosen) {
            CodecDescriptor descriptor = codec.descriptor();
            lines.format(new RtpMap(codec.receivePayloadType(), descriptor.name(), descriptor.rtpClockRate(), descriptor.rtpChannels()),
                codec.localParameters(), PayloadTypes.key(descriptor));
        }
        List<RtpMap> events = events(chosen);
        events.forEach(map -> lines.format(map, AudioLines.EVENTS, PayloadTypes.eventKey(map.clockRate())));
        NegotiatedAudio.Companions companions = CompanionFormats.answer(media, offered, chosen.get(0), capabilities, lines);
        Direction theirs = OfferAnswer.directionOf(offer, media);
        Direction ours = capabilities.direction().and(theirs.reverse());
        boolean mux = media.rtcpMux() && OfferAnswer.wantsMux(capabilities);
        int receivePtime = PacketTime.toReceive(best, media, capabilities);
        MediaAddress remote = new MediaAddress(offer.connection(media).orElseThrow().address(), media.port());
        boolean reduced = media.attribute(AudioLines.REDUCED_SIZE).isPresent();
        NegotiatedAudio.Feedback feedback = FeedbackLines.answer(media, sent(chosen, companions), capabilities,
            reduced && capabilities.has(Option.RTCP_REDUCED_SIZE), lines);
        NegotiatedAudio audio = new NegotiatedAudio(index, MediaProfile.parse(media.protocol()).orElseThrow(), capabilities.address(),
            remote, OfferAnswer.rtcpOf(media, remote, mux), mux, ours, !theirs.receives(), chosen,
            events.stream().findFirst().map(first -> event(first, events)), PacketTime.toSend(best, media, capabilities), receivePtime,
            companions, feedback);
        lines.reports(capabilities, reduced);
        return new Accepted(lines.make(media.protocol(), capabilities, receivePtime, mux, media.mid(), ours).media(), audio);
    }

    /** The numbers under which sound goes to the peer. */
    static Set<Integer> sent(List<Codec> chosen, NegotiatedAudio.Companions companions) {
        Set<Integer> out = new HashSet<>();
        chosen.forEach(codec -> out.add(codec.sendPayloadType()));
        companions.redundancy().ifPresent(red -> out.add(red.sendPayloadType()));
        return out;
    }

    /** The offered event format of each codec's clock rate (RFC 4733 §2.1); or that of 8000, as many phones have no other. */
    private List<RtpMap> events(List<Codec> chosen) {
        if (!capabilities.has(Option.TELEPHONE_EVENT)) {
            return List.of();
        }
        List<RtpMap> all = offered.values().stream().filter(OfferAnswer::isTelephoneEvent).toList();
        Map<Integer, RtpMap> out = new LinkedHashMap<>();
        for (Codec codec : chosen) {
            int rate = codec.descriptor().rtpClockRate();
            all.stream().filter(map -> map.clockRate() == rate).findFirst()
                .or(() -> all.stream().filter(map -> map.clockRate() == 8000).findFirst())
                .ifPresent(map -> out.put(map.payloadType(), map));
        }
        return List.copyOf(out.values());
    }

    private TelephoneEvent event(RtpMap map, List<RtpMap> all) {
        Map<Integer, Integer> others = new HashMap<>();
        all.stream().skip(1).forEach(other -> others.put(other.payloadType(), other.clockRate()));
        return new TelephoneEvent(map.payloadType(), map.payloadType(), map.clockRate(), media.fmtp(map.payloadType()).raw(), others);
    }
}
