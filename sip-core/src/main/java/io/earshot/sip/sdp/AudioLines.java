package io.earshot.sip.sdp;

import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.sip.sdp.AudioCapabilities.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts together the audio part of a description of ours. One use each. */
final class AudioLines {
    /** DTMF and flash (RFC 4733 §3.2). */
    static final FormatParameters EVENTS = new FormatParameters("0-16");
    static final String EVENT_NAME = "telephone-event";

    static final String REDUCED_SIZE = "rtcp-rsize";

    private final List<String> formats = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private final Map<Integer, String> meanings = new LinkedHashMap<>();

    /** A description of ours with what each payload type in it stands for. */
    record Made(MediaDescription media, Map<Integer, String> meanings) { }

    void format(RtpMap map, FormatParameters parameters, String key) {
        formats.add(Integer.toString(map.payloadType()));
        meanings.put(map.payloadType(), key);
        attributes.add(Attribute.of("rtpmap", map.toString()));
        if (!parameters.raw().isEmpty()) {
            attributes.add(Attribute.of("fmtp", map.payloadType() + " " + parameters.raw()));
        }
    }

    void attribute(Attribute attribute) {
        attributes.add(attribute);
    }

    /** Says which RTCP we take: reduced size only if the peer can too, metrics of either side are that side's own wish. */
    void reports(AudioCapabilities capabilities, boolean reducedSize) {
        if (capabilities.has(Option.RTCP_REDUCED_SIZE) && reducedSize) {
            attributes.add(new Attribute(REDUCED_SIZE));
        }
        if (capabilities.has(Option.RTCP_VOIP_METRICS)) {
            attributes.add(Attribute.of("rtcp-xr", "voip-metrics"));
        }
    }

    Made make(String protocol, AudioCapabilities capabilities, int ptime, boolean mux, Optional<String> mid, Direction direction) {
        int port = capabilities.address().port();
        if (ptime > 0) {
            attributes.add(Attribute.of("ptime", Integer.toString(ptime)));
        }
        if (capabilities.maxptime() > 0) {
            attributes.add(Attribute.of("maxptime", Integer.toString(capabilities.maxptime())));
        }
        if (capabilities.rtcpPort() != port + 1 && !(mux && capabilities.rtcpPort() == port)) {
            attributes.add(Attribute.of("rtcp", Integer.toString(capabilities.rtcpPort())));
        }
        if (mux) {
            attributes.add(new Attribute("rtcp-mux"));
        }
        mid.ifPresent(tag -> attributes.add(Attribute.of("mid", tag)));
        attributes.add(new Attribute(direction.toString()));
        MediaDescription bare = MediaDescription.of("audio", port, protocol, formats);
        return new Made(bare.withLines(attributes.stream().map(Line::of).toList()), meanings);
    }

    /** Returns the audio part of an offer of that profile, numbers kept as they were before in this session. */
    static Made offer(AudioCapabilities capabilities, MediaProfile profile, Direction direction, PayloadTypes before,
            Optional<String> mid) {
        AudioLines lines = new AudioLines();
        PayloadTypes.Allocation numbers = before.new Allocation(capabilities);
        Set<Integer> rates = new LinkedHashSet<>();
        rates.add(8000);
        for (AudioCapabilities.Format format : capabilities.formats()) {
            var codec = format.codec();
            String key = PayloadTypes.key(codec);
            numbers.number(key, format.payloadType()).ifPresent(number -> lines.format(
                new RtpMap(number, codec.name(), codec.rtpClockRate(), codec.rtpChannels()), format.provider().offer(codec), key));
            rates.add(codec.rtpClockRate());
        }
        if (capabilities.has(Option.TELEPHONE_EVENT)) {
            for (int rate : rates) {
                numbers.eventNumber(rate).ifPresent(number ->
                    lines.format(new RtpMap(number, EVENT_NAME, rate, 1), EVENTS, PayloadTypes.eventKey(rate)));
            }
        }
        CompanionFormats.offer(capabilities, numbers, lines);
        FeedbackLines.offer(capabilities, profile, lines);
        lines.reports(capabilities, true);
        return lines.make(profile.protocol(), capabilities, capabilities.ptime(), capabilities.has(Option.RTCP_MUX), mid, direction);
    }

    /** Returns a media line of a refused or removed stream: port 0, and no more below than the tag that RFC 5888 §9.1 wants back. */
    static MediaDescription closed(MediaDescription media) {
        List<String> formats = media.formats().isEmpty() ? List.of("0") : media.formats();
        MediaDescription bare = MediaDescription.of(media.type(), 0, media.protocol(), formats);
        return media.mid().map(tag -> bare.with(Attribute.of("mid", tag))).orElse(bare);
    }
}
