package io.earshot.api.codec.spi;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * What SDP, the negotiation and the media path need to know of a codec before it is opened.
 *
 * @param name the IANA encoding name as {@code a=rtpmap} spells it, compared without regard to case
 * @param rtpClockRate ticks of the RTP timestamp per second; 8000 for G.722 although it samples at 16000 (RFC 3551 §4.5.2)
 * @param rtpChannels channels that {@code a=rtpmap} announces; 2 for Opus whatever it carries (RFC 7587 §7)
 * @param sampleRate samples per second that {@link AudioCodec} takes and gives, per channel
 * @param channels audio channels that {@link AudioCodec} takes and gives, interleaved
 * @param payloadType the static payload type of RFC 3551 table 4, or {@link #DYNAMIC}
 * @param frameMillis length of the codec's smallest frame; a packet holds whole frames
 * @param defaultPtime preferred packet time in milliseconds, a multiple of {@code frameMillis}
 * @param priority preference among codecs, higher first; 0 to 1000. One of 0 is accepted but offered only to who names it
 */
public record CodecDescriptor(String name, int rtpClockRate, int rtpChannels, int sampleRate, int channels, int payloadType,
        int frameMillis, int defaultPtime, int priority) {
    /** Stands for a payload type from the dynamic range, chosen per session. */
    public static final int DYNAMIC = -1;

    public CodecDescriptor {
        requireNonNull(name, "name");
        if (name.isEmpty() || rtpClockRate <= 0 || rtpChannels <= 0 || sampleRate <= 0 || channels <= 0 || frameMillis <= 0) {
            throw new IllegalArgumentException("codec " + name + ": name, rates, channels and frame length must be set");
        }
        if (payloadType < DYNAMIC || payloadType > 127) {
            throw new IllegalArgumentException("codec " + name + ": payload type " + payloadType + " is outside 0 to 127");
        }
        if (defaultPtime <= 0 || defaultPtime % frameMillis != 0) {
            throw new IllegalArgumentException("codec " + name + ": ptime " + defaultPtime + " is no multiple of " + frameMillis + " ms");
        }
    }

    /** Describes a codec whose {@code a=rtpmap} announces as many channels as it has. */
    public CodecDescriptor(String name, int rtpClockRate, int sampleRate, int channels, int payloadType,
            int frameMillis, int defaultPtime, int priority) {
        this(name, rtpClockRate, channels, sampleRate, channels, payloadType, frameMillis, defaultPtime, priority);
    }

    /** Returns the samples of all channels together in {@code millis} milliseconds. */
    public int samplesIn(int millis) {
        return (int) ((long) sampleRate * millis / 1000) * channels;
    }

    /** Tells whether {@code a=rtpmap:n encodingName/clockRate[/channels]} names this codec. */
    public boolean matches(String encodingName, int clockRate, int channelCount) {
        return name.equalsIgnoreCase(requireNonNull(encodingName, "encodingName"))
            && rtpClockRate == clockRate && rtpChannels == channelCount;
    }
}
