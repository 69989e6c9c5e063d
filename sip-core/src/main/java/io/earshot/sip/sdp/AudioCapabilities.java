package io.earshot.sip.sdp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What we can and want to do with audio: the input of {@link OfferAnswer}.
 *
 * @param address where we receive RTP: an IP literal or name, and a port that is not 0
 * @param rtcpPort where we receive RTCP; the RTP port itself when only {@code rtcpMux} is possible
 * @param formats the codecs, most wanted first
 * @param direction what we want when nobody holds
 * @param ptime packet time we want to receive in milliseconds; 0 leaves it to the codec and the peer
 * @param maxptime most milliseconds in one packet that we take; 0 says nothing
 * @param options the yes/no choices
 * @param profiles the RTP profiles we accept; the first is the one we offer
 * @param redundancy earlier packets that each one of ours may repeat (RFC 2198); 0 does not list {@code red}
 */
public record AudioCapabilities(MediaAddress address, int rtcpPort, List<Format> formats, Direction direction, int ptime, int maxptime,
        Set<Option> options, List<MediaProfile> profiles, int redundancy) {

    /**
     * One codec.
     *
     * @param codec what it is
     * @param provider who knows its parameters
     * @param payloadType the number to offer it under, {@link CodecDescriptor#DYNAMIC} for any free one of the dynamic range
     */
    public record Format(CodecDescriptor codec, AudioCodecProvider provider, int payloadType) {
        public Format {
            requireNonNull(codec, "codec");
            requireNonNull(provider, "provider");
            if (payloadType < CodecDescriptor.DYNAMIC || payloadType > 127) {
                throw new IllegalArgumentException("payload type " + payloadType + " is outside 0 to 127");
            }
        }

        /** Returns the codec under its fixed payload type, or any free one when it has none. */
        public static Format of(CodecDescriptor codec, AudioCodecProvider provider) {
            return new Format(codec, provider, codec.payloadType());
        }
    }

    /** The yes/no choices of a negotiation. */
    public enum Option {
        /** List {@code telephone-event}, digits as RTP events (RFC 4733). */
        TELEPHONE_EVENT,
        /** List {@code CN}, comfort noise in pauses (RFC 3389), where a codec of 8000 ticks per second is listed. */
        COMFORT_NOISE,
        /** Offer and accept RTCP on the port of RTP (RFC 5761). */
        RTCP_MUX,
        /** Say that RTCP packets may come in reduced size, each part alone (RFC 5506). */
        RTCP_REDUCED_SIZE,
        /** Ask for VoIP metrics in extended reports (RFC 3611 §5.1). */
        RTCP_VOIP_METRICS,
        /** Ask for lost packets and repeat those that the peer asks for (RFC 4585 §6.2.1), under a profile with feedback. */
        RTCP_NACK,
        /** Answer with every common codec, not only the best: the peer may then change among them without a word. */
        ANSWER_ALL_CODECS
    }

    public AudioCapabilities {
        requireNonNull(address, "address");
        requireNonNull(direction, "direction");
        formats = List.copyOf(formats);
        profiles = List.copyOf(profiles);
        options = Set.copyOf(options);
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("no codec to offer");
        }
        if (address.port() == 0 || rtcpPort < 1 || rtcpPort > 65535) {
            throw new IllegalArgumentException("RTP port " + address.port() + " and RTCP port " + rtcpPort + " must be 1 to 65535");
        }
        if (ptime < 0 || maxptime < 0 || maxptime > 0 && ptime > maxptime) {
            throw new IllegalArgumentException("ptime " + ptime + " and maxptime " + maxptime + " contradict each other");
        }
        if (profiles.isEmpty() || profiles.stream().anyMatch(MediaProfile::isSecure)) {
            throw new IllegalArgumentException("profiles " + profiles + ": RTP/AVP and RTP/AVPF are what can be negotiated");
        }
        if (redundancy < 0) {
            throw new IllegalArgumentException("redundancy must not be negative, as " + redundancy);
        }
        Set<Integer> fixed = new HashSet<>();
        for (Format format : formats) {
            if (format.payloadType() >= 0 && !fixed.add(format.payloadType())) {
                throw new IllegalArgumentException("payload type " + format.payloadType() + " stands for two codecs");
            }
        }
    }

    /** Returns a builder for audio received at an address, RTCP on the next port. */
    public static Builder builder(MediaAddress address) {
        return new Builder(address);
    }

    /** Tells whether an option is chosen. */
    public boolean has(Option option) {
        return options.contains(option);
    }

    /** Returns a copy with another wish for the direction. */
    public AudioCapabilities withDirection(Direction wanted) {
        return new AudioCapabilities(address, rtcpPort, formats, wanted, ptime, maxptime, options, profiles, redundancy);
    }

    /** Returns a copy that receives elsewhere, as after a change of network. */
    public AudioCapabilities withAddress(MediaAddress newAddress, int newRtcpPort) {
        return new AudioCapabilities(newAddress, newRtcpPort, formats, direction, ptime, maxptime, options, profiles, redundancy);
    }

    /** Returns a copy with other codecs. */
    public AudioCapabilities withFormats(List<Format> newFormats) {
        return new AudioCapabilities(address, rtcpPort, newFormats, direction, ptime, maxptime, options, profiles, redundancy);
    }

    /** Collects capabilities; confined to one thread. Defaults: both ways, telephone-event, RTP/AVP offered and RTP/AVPF accepted. */
    public static final class Builder {
        private final MediaAddress address;
        private final List<Format> formats = new ArrayList<>();
        private final Set<Option> options = EnumSet.of(Option.TELEPHONE_EVENT);
        private int rtcpPort;
        private Direction direction = Direction.SENDRECV;
        private int ptime;
        private int maxptime;
        private int redundancy;
        private List<MediaProfile> profiles = List.of(MediaProfile.AVP, MediaProfile.AVPF);

        private Builder(MediaAddress address) {
            this.address = requireNonNull(address, "address");
            rtcpPort = address.port() == 65535 ? 65535 : address.port() + 1;
        }

        /** Adds a codec, less wanted than those before it. */
        public Builder codec(CodecDescriptor codec, AudioCodecProvider provider) {
            formats.add(Format.of(codec, provider));
            return this;
        }

        /** Adds a codec under a payload type of one's own choice. */
        public Builder codec(CodecDescriptor codec, AudioCodecProvider provider, int payloadType) {
            formats.add(new Format(codec, provider, payloadType));
            return this;
        }

        /** Sets where RTCP is received. */
        public Builder rtcpPort(int port) {
            rtcpPort = port;
            return this;
        }

        /** Sets the direction we want. */
        public Builder direction(Direction wanted) {
            direction = requireNonNull(wanted, "wanted");
            return this;
        }

        /** Sets the packet time we want and the most we take, in milliseconds; 0 says nothing. */
        public Builder ptime(int wanted, int most) {
            ptime = wanted;
            maxptime = most;
            return this;
        }

        /** Chooses or unchooses an option. */
        public Builder option(Option option, boolean chosen) {
            if (chosen) {
                options.add(option);
            } else {
                options.remove(option);
            }
            return this;
        }

        /** Lists {@code red} with so many earlier packets in each (RFC 2198); 0 does not list it. */
        public Builder redundancy(int copies) {
            redundancy = copies;
            return this;
        }

        /** Offers RTP/AVPF, or RTP/AVP as it does by itself; both are accepted. */
        public Builder offerFeedback(boolean profile) {
            profiles = profile ? List.of(MediaProfile.AVPF, MediaProfile.AVP) : List.of(MediaProfile.AVP, MediaProfile.AVPF);
            return this;
        }

        /** Returns the capabilities. */
        public AudioCapabilities build() {
            return new AudioCapabilities(address, rtcpPort, formats, direction, ptime, maxptime, options, profiles, redundancy);
        }
    }
}
