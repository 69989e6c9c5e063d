package io.earshot.sip.sdp;

import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.sip.sdp.AudioCapabilities.Format;
import io.earshot.sip.sdp.NegotiatedAudio.Codec;
import io.earshot.sip.sdp.NegotiatedAudio.TelephoneEvent;
import io.earshot.sip.sdp.OfferAnswer.Completed;
import io.earshot.sip.sdp.OfferAnswer.CompletionVerdict;
import io.earshot.sip.sdp.OfferAnswer.Refusal;
import io.earshot.sip.sdp.OfferAnswer.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the answer to one media line of our offer means (RFC 3264 §7). */
final class StreamCompletion {
    private final SessionDescription offer;
    private final SessionDescription answer;
    private final int index;
    private final AudioCapabilities capabilities;
    private final MediaDescription ours;
    private final MediaDescription theirs;
    private final Map<Integer, RtpMap> offered;
    private final Map<Integer, RtpMap> answered;

    StreamCompletion(SessionDescription offer, SessionDescription answer, int index, AudioCapabilities capabilities) {
        this.offer = offer;
        this.answer = answer;
        this.index = index;
        this.capabilities = capabilities;
        this.ours = offer.media().get(index);
        this.theirs = answer.media().get(index);
        this.offered = ours.rtpMaps();
        this.answered = answeredMaps();
    }

    /** The answer's meanings; a number it does not explain has ours, as some phones repeat only the number. */
    private Map<Integer, RtpMap> answeredMaps() {
        Map<Integer, RtpMap> said = theirs.rtpMaps();
        Map<Integer, RtpMap> out = new LinkedHashMap<>();
        for (int payloadType : theirs.payloadTypes()) {
            RtpMap map = said.getOrDefault(payloadType, offered.get(payloadType));
            if (map != null) {
                out.put(payloadType, map);
            }
        }
        return out;
    }

    CompletionVerdict verdict() {
        if (theirs.port() == 0) {
            return new Refused(Refusal.REJECTED_BY_PEER, "the peer refused our audio");
        }
        Optional<Refused> unusable = OfferAnswer.unusable(answer, theirs, capabilities);
        if (unusable.isPresent()) {
            return unusable.get();
        }
        List<Codec> codecs = codecs();
        if (codecs.isEmpty()) {
            return new Refused(Refusal.NO_COMMON_CODEC, "the peer answered with none of the codecs we offered, but with "
                + StreamAnswer.names(answered.values().stream().map(RtpMap::encoding).toList()));
        }
        return new Completed(audio(codecs));
    }

    private NegotiatedAudio audio(List<Codec> codecs) {
        var best = codecs.get(0).descriptor();
        Direction wanted = offer.direction(ours);
        Direction said = OfferAnswer.directionOf(answer, theirs);
        boolean mux = theirs.rtcpMux() && ours.rtcpMux();
        NegotiatedAudio.Companions companions = CompanionFormats.complete(theirs, offered, answered, codecs.get(0),
            capabilities);
        MediaAddress remote = new MediaAddress(answer.connection(theirs).orElseThrow().address(), theirs.port());
        return new NegotiatedAudio(index, MediaProfile.parse(theirs.protocol()).orElseThrow(), capabilities.address(), remote,
            OfferAnswer.rtcpOf(theirs, remote, mux), mux, wanted.and(said.reverse()), wanted.sends() && !said.receives(), codecs,
            event(best.rtpClockRate()), PacketTime.toSend(best, theirs, capabilities), PacketTime.expected(best, capabilities),
            companions, FeedbackLines.complete(ours, theirs, StreamAnswer.sent(codecs, companions), capabilities));
    }

    /** The answer's order is the peer's preference, and it binds what we send. */
    private List<Codec> codecs() {
        Map<Integer, Format> ourFormats = ourFormats();
        Set<Integer> taken = new HashSet<>();
        List<Codec> out = new ArrayList<>();
        for (RtpMap map : answered.values()) {
            int number = map.payloadType();
            Optional<Integer> receive = receiveNumber(map, number, ourFormats, taken);
            if (receive.isPresent()) {
                Format format = ourFormats.get(receive.get());
                FormatParameters remote = theirs.fmtp(number);
                if (format.provider().answer(format.codec(), remote).isPresent()) {
                    taken.add(receive.get());
                    FormatParameters local = ours.fmtp(receive.get());
                    out.add(new Codec(format.provider().negotiated(format.codec(), local, remote), format.provider(), number,
                        receive.get(), local, remote));
                }
            }
        }
        return out;
    }


    /** Our number for the encoding: the same one if it fits, or else another that does. */
    private Optional<Integer> receiveNumber(RtpMap map, int number, Map<Integer, Format> ourFormats, Set<Integer> taken) {
        List<Integer> fitting = ourFormats.keySet().stream()
            .filter(ourNumber -> !taken.contains(ourNumber) && offered.get(ourNumber).sameEncoding(map)).sorted().toList();
        return fitting.contains(number) ? Optional.of(number) : fitting.stream().findFirst();
    }

    /** Which of our codecs each number of our offer stands for. */
    private Map<Integer, Format> ourFormats() {
        Map<Integer, Format> out = new HashMap<>();
        List<Format> left = new ArrayList<>(capabilities.formats());
        for (RtpMap map : offered.values()) {
            Optional<Format> format = left.stream()
                .filter(candidate -> candidate.codec().matches(map.encoding(), map.clockRate(), map.channels())).findFirst();
            format.ifPresent(found -> {
                left.remove(found);
                out.put(map.payloadType(), found);
            });
        }
        return out;
    }

    /** Events of the codec's clock rate, or else the first that there are; those of other rates may come all the same. */
    private Optional<TelephoneEvent> event(int clockRate) {
        Map<Integer, Integer> types = new HashMap<>();
        Optional<RtpMap> best = Optional.empty();
        for (RtpMap map : answered.values()) {
            Optional<RtpMap> mine = ourEvent(map);
            mine.ifPresent(ours -> types.put(ours.payloadType(), ours.clockRate()));
            boolean better = best.isEmpty() || map.clockRate() == clockRate && best.get().clockRate() != clockRate;
            best = mine.isPresent() && better ? Optional.of(map) : best;
        }
        return best.map(map -> {
            int receive = ourEvent(map).orElseThrow().payloadType();
            types.remove(receive);
            return new TelephoneEvent(map.payloadType(), receive, map.clockRate(), theirs.fmtp(map.payloadType()).raw(), types);
        });
    }

    private Optional<RtpMap> ourEvent(RtpMap map) {
        return OfferAnswer.isTelephoneEvent(map) ? offered.values().stream().filter(map::sameEncoding).findFirst() : Optional.empty();
    }
}
