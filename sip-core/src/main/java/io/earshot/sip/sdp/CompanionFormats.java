package io.earshot.sip.sdp;

import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.sip.sdp.AudioCapabilities.Option;
import io.earshot.sip.sdp.NegotiatedAudio.Codec;
import io.earshot.sip.sdp.NegotiatedAudio.Companions;
import io.earshot.sip.sdp.NegotiatedAudio.Mapping;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Formats that go along with a codec: comfort noise (RFC 3389) and redundancy (RFC 2198). */
final class CompanionFormats {
    static final String NOISE_KEY = "CN/8000";

    private static final String NOISE = "CN";
    private static final int NOISE_PAYLOAD_TYPE = 13;
    private static final int NOISE_RATE = 8000;
    private static final String REDUNDANCY = "red";

    private CompanionFormats() {
    }

    /** Tells formats that are of no use without a codec. */
    static boolean isCompanion(RtpMap map) {
        return OfferAnswer.isTelephoneEvent(map) || map.encoding().equalsIgnoreCase(NOISE) || map.encoding().equalsIgnoreCase(REDUNDANCY);
    }

    static String redundancyKey(CodecDescriptor codec) {
        return "red/" + codec.rtpClockRate() + "/" + codec.rtpChannels();
    }

    /** Lists them in an offer; redundancy once for each clock rate, of the best codec that has it. */
    static void offer(AudioCapabilities capabilities, PayloadTypes.Allocation numbers, AudioLines lines) {
        boolean noise = capabilities.formats().stream().anyMatch(format -> format.codec().rtpClockRate() == NOISE_RATE);
        if (noise && capabilities.has(Option.COMFORT_NOISE)) {
            numbers.number(NOISE_KEY, NOISE_PAYLOAD_TYPE).ifPresent(number ->
                lines.format(new RtpMap(number, NOISE, NOISE_RATE, 1), FormatParameters.NONE, NOISE_KEY));
        }
        Set<String> done = new HashSet<>();
        for (AudioCapabilities.Format format : capabilities.formats()) {
            CodecDescriptor codec = format.codec();
            String key = redundancyKey(codec);
            Optional<Integer> primary = numbers.numberOf(PayloadTypes.key(codec));
            if (capabilities.redundancy() > 0 && primary.isPresent() && done.add(key)) {
                numbers.number(key, CodecDescriptor.DYNAMIC).ifPresent(number -> lines.format(
                    new RtpMap(number, REDUNDANCY, codec.rtpClockRate(), codec.rtpChannels()),
                    list(primary.get(), capabilities), key));
            }
        }
    }

    /** Takes what the peer offers along with the codec that was chosen. */
    static Companions answer(MediaDescription media, Map<Integer, RtpMap> offered, Codec codec, AudioCapabilities capabilities,
            AudioLines lines) {
        Optional<RtpMap> noise = capabilities.has(Option.COMFORT_NOISE) ? noise(offered, codec) : Optional.empty();
        Optional<RtpMap> red = capabilities.redundancy() > 0 ? redundancy(media, offered, codec) : Optional.empty();
        noise.ifPresent(map -> lines.format(map, FormatParameters.NONE, NOISE_KEY));
        red.ifPresent(map -> lines.format(map, list(codec.receivePayloadType(), capabilities), redundancyKey(codec.descriptor())));
        return new Companions(noise.map(CompanionFormats::same), red.map(CompanionFormats::same), copies(media, red, capabilities));
    }

    /** Reads what of ours the peer has taken. */
    static Companions complete(MediaDescription theirs, Map<Integer, RtpMap> offered, Map<Integer, RtpMap> answered, Codec codec,
            AudioCapabilities capabilities) {
        Optional<RtpMap> red = redundancy(theirs, answered, codec);
        return new Companions(noise(answered, codec).flatMap(map -> mapping(map, offered)),
            red.flatMap(map -> mapping(map, offered)), copies(theirs, red, capabilities));
    }

    private static Mapping same(RtpMap map) {
        return new Mapping(map.payloadType(), map.payloadType());
    }

    private static Optional<Mapping> mapping(RtpMap theirs, Map<Integer, RtpMap> offered) {
        return offered.values().stream().filter(theirs::sameEncoding).findFirst()
            .map(ours -> new Mapping(theirs.payloadType(), ours.payloadType()));
    }

    private static Optional<RtpMap> noise(Map<Integer, RtpMap> maps, Codec codec) {
        return codec.descriptor().rtpClockRate() != NOISE_RATE ? Optional.empty() : maps.values().stream()
            .filter(map -> map.encoding().equalsIgnoreCase(NOISE) && map.clockRate() == NOISE_RATE).findFirst();
    }

    /** Redundancy is of use when it may hold the codec: its parameters list payload types, or nothing. */
    private static Optional<RtpMap> redundancy(MediaDescription media, Map<Integer, RtpMap> maps, Codec codec) {
        CodecDescriptor descriptor = codec.descriptor();
        return maps.values().stream()
            .filter(map -> map.encoding().equalsIgnoreCase(REDUNDANCY) && map.clockRate() == descriptor.rtpClockRate()
                && map.channels() == descriptor.rtpChannels())
            .filter(map -> {
                String listed = media.fmtp(map.payloadType()).raw();
                return listed.isBlank()
                    || Arrays.asList(listed.strip().split("/")).contains(Integer.toString(codec.sendPayloadType()));
            }).findFirst();
    }

    /** As many as we want to send and the peer lists behind the first (RFC 2198 §5); who lists nothing takes what comes. */
    private static int copies(MediaDescription media, Optional<RtpMap> red, AudioCapabilities capabilities) {
        String listed = red.map(map -> media.fmtp(map.payloadType()).raw().strip()).orElse("");
        int theirs = listed.isEmpty() ? capabilities.redundancy() : listed.split("/").length - 1;
        return red.isPresent() ? Math.max(1, Math.min(capabilities.redundancy(), theirs)) : 0;
    }

    private static FormatParameters list(int payloadType, AudioCapabilities capabilities) {
        return new FormatParameters(payloadType + ("/" + payloadType).repeat(capabilities.redundancy()));
    }
}
