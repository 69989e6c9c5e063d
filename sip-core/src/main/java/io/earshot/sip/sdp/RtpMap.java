package io.earshot.sip.sdp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a payload type stands for: {@code a=rtpmap} (RFC 8866 §6.6), or one of the fixed meanings of RFC 3551.
 *
 * @param payloadType 0 to 127
 * @param encoding the encoding name, compared without regard to case
 * @param clockRate RTP timestamp ticks per second
 * @param channels audio channels; 1 when not said
 */
public record RtpMap(int payloadType, String encoding, int clockRate, int channels) {
    /** RFC 3551 §6, table 4: the audio encodings that need no {@code a=rtpmap}. */
    private static final Map<Integer, RtpMap> STATIC = Map.ofEntries(
        fixed(0, "PCMU", 8000, 1), fixed(3, "GSM", 8000, 1), fixed(4, "G723", 8000, 1), fixed(5, "DVI4", 8000, 1),
        fixed(6, "DVI4", 16000, 1), fixed(7, "LPC", 8000, 1), fixed(8, "PCMA", 8000, 1), fixed(9, "G722", 8000, 1),
        fixed(10, "L16", 44100, 2), fixed(11, "L16", 44100, 1), fixed(12, "QCELP", 8000, 1), fixed(13, "CN", 8000, 1),
        fixed(14, "MPA", 90000, 1), fixed(15, "G728", 8000, 1), fixed(16, "DVI4", 11025, 1), fixed(17, "DVI4", 22050, 1),
        fixed(18, "G729", 8000, 1));

    public RtpMap {
        Text.requireToken(encoding, "rtpmap encoding");
        if (payloadType < 0 || payloadType > 127 || clockRate <= 0 || channels <= 0) {
            throw new IllegalArgumentException("rtpmap " + payloadType + " " + encoding + "/" + clockRate + "/" + channels);
        }
    }

    private static Map.Entry<Integer, RtpMap> fixed(int payloadType, String encoding, int clockRate, int channels) {
        return Map.entry(payloadType, new RtpMap(payloadType, encoding, clockRate, channels));
    }

    /** Returns the fixed meaning of an audio payload type, or empty when it has none. */
    public static Optional<RtpMap> fixed(int payloadType) {
        return Optional.ofNullable(STATIC.get(payloadType));
    }

    /** Returns the attribute's value {@code n name/rate[/channels]}, or empty when it cannot be read. */
    public static Optional<RtpMap> parse(String value) {
        List<String> fields = Text.fields(value);
        if (fields.size() < 2) {
            return Optional.empty();
        }
        int payloadType = Text.number(fields.get(0));
        String[] parts = fields.get(1).split("/", 4);
        int clockRate = parts.length < 2 ? -1 : Text.number(parts[1]);
        int channels = parts.length < 3 ? 1 : Text.number(parts[2]);
        if (payloadType < 0 || payloadType > 127 || !isName(parts[0]) || clockRate <= 0 || channels <= 0) {
            return Optional.empty();
        }
        return Optional.of(new RtpMap(payloadType, parts[0], clockRate, channels));
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Tells whether both name the same encoding, whatever their payload types. */
    public boolean sameEncoding(RtpMap other) {
        return encoding.equalsIgnoreCase(other.encoding) && clockRate == other.clockRate && channels == other.channels;
    }

    /** Returns the value as it goes on the wire. */
    @Override
    public String toString() {
        return payloadType + " " + encoding + "/" + clockRate + (channels > 1 ? "/" + channels : "");
    }
}
