package io.earshot.sip.sdp;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an offer and its answer agreed on: all that the media engine needs to open a stream.
 *
 * @param mediaIndex which {@code m=} line this is, from 0
 * @param profile the RTP profile
 * @param local where we said we receive RTP
 * @param remote where the peer wants RTP; the host may be a name. When {@code direction} does not send, it may be unspecified, and with ICE
 *     always
 * @param remoteRtcp where the peer wants RTCP; empty only when no port is left above RTP's
 * @param rtcpMux both agreed that RTCP shares RTP's port
 * @param direction as we see it, both sides' wishes joined
 * @param remoteHold the peer does not want our audio: {@code sendonly}, {@code inactive} or the address {@code 0.0.0.0}
 * @param codecs at least one, the one to send with first; any of them may arrive
 * @param telephoneEvent how digits travel, if both sides can
 * @param sendPtime milliseconds per packet that we send: a multiple of the codec's frame, at most 120
 * @param receivePtime milliseconds per packet that we asked for, or expect
 * @param companions formats that go along with the codec
 * @param feedback what each side may ask of the other by RTCP
 */
public record NegotiatedAudio(int mediaIndex, MediaProfile profile, MediaAddress local, MediaAddress remote,
        Optional<MediaAddress> remoteRtcp, boolean rtcpMux, Direction direction, boolean remoteHold, List<Codec> codecs,
        Optional<TelephoneEvent> telephoneEvent, int sendPtime, int receivePtime, Companions companions,
        Feedback feedback) {

    /** Returns the same with the peer somewhere else than it said. */
    public NegotiatedAudio withRemote(MediaAddress rtp, Optional<MediaAddress> rtcp) {
        return new NegotiatedAudio(mediaIndex, profile, local, rtp, rtcp, rtcpMux, direction, remoteHold, codecs, telephoneEvent, sendPtime,
            receivePtime, companions, feedback);
    }

    /**
     * One codec in use.
     *
     * @param descriptor what it is
     * @param provider who opens it
     * @param sendPayloadType the number the peer gave it: we put it into packets
     * @param receivePayloadType the number we gave it: it comes in packets
     * @param localParameters what we told the peer
     * @param remoteParameters what the peer told us
     */
    public record Codec(CodecDescriptor descriptor, AudioCodecProvider provider, int sendPayloadType, int receivePayloadType,
            FormatParameters localParameters, FormatParameters remoteParameters) { }

    /**
     * Digits as RTP events (RFC 4733).
     *
     * @param sendPayloadType the number the peer gave it
     * @param receivePayloadType the number we gave it
     * @param clockRate RTP ticks per second
     * @param remoteEvents the events the peer understands, such as {@code 0-15}; empty when it did not say
     * @param others the numbers of ours of the other clock rates that were agreed on, and these rates: browsers send events of 8000 ticks
     *     whatever their sound is
     */
    public record TelephoneEvent(int sendPayloadType, int receivePayloadType, int clockRate, String remoteEvents,
            Map<Integer, Integer> others) {
        public TelephoneEvent {
            others = Map.copyOf(others);
        }

        /** Makes one of a single clock rate. */
        public TelephoneEvent(int sendPayloadType, int receivePayloadType, int clockRate, String remoteEvents) {
            this(sendPayloadType, receivePayloadType, clockRate, remoteEvents, Map.of());
        }

        /** Returns every number under which events may come, with its clock rate. */
        public Map<Integer, Integer> receivedTypes() {
            Map<Integer, Integer> all = new HashMap<>(others);
            all.put(receivePayloadType, clockRate);
            return all;
        }
    }

    /**
     * A format by its two numbers.
     *
     * @param sendPayloadType the number the peer gave it
     * @param receivePayloadType the number we gave it
     */
    public record Mapping(int sendPayloadType, int receivePayloadType) { }

    /**
     * What goes along with the codec, if both sides can.
     *
     * @param comfortNoise noise in pauses (RFC 3389), of 8000 ticks per second
     * @param redundancy packets that repeat earlier ones (RFC 2198), of the codec's clock rate
     * @param copies how many earlier packets each one of ours repeats: as many as we want to and the peer lists
     */
    public record Companions(Optional<Mapping> comfortNoise, Optional<Mapping> redundancy, int copies) {
        /** Nothing. */
        public static final Companions NONE = new Companions(Optional.empty(), Optional.empty(), 0);
    }

    /**
     * Feedback (RFC 4585), for both directions.
     *
     * @param nack lost packets are asked for and repeated (§6.2.1)
     * @param reducedSize feedback may go without a report (RFC 5506)
     * @param reportsApart milliseconds that reports without feedback are to keep apart, if the peer said so
     */
    public record Feedback(boolean nack, boolean reducedSize, OptionalInt reportsApart) {
        /** Nothing. */
        public static final Feedback NONE = new Feedback(false, false, OptionalInt.empty());
    }

    public NegotiatedAudio {
        codecs = List.copyOf(codecs);
        if (codecs.isEmpty()) {
            throw new IllegalArgumentException("no codec was negotiated");
        }
    }

    /** Makes an agreement on codecs and telephone events only. */
    public NegotiatedAudio(int mediaIndex, MediaProfile profile, MediaAddress local, MediaAddress remote,
            Optional<MediaAddress> remoteRtcp, boolean rtcpMux, Direction direction, boolean remoteHold, List<Codec> codecs,
            Optional<TelephoneEvent> telephoneEvent, int sendPtime, int receivePtime) {
        this(mediaIndex, profile, local, remote, remoteRtcp, rtcpMux, direction, remoteHold, codecs, telephoneEvent, sendPtime,
            receivePtime, Companions.NONE, Feedback.NONE);
    }

    /** Returns the codec to send with. */
    public Codec codec() {
        return codecs.get(0);
    }

    /** Returns a copy that says otherwise about the peer's hold. */
    NegotiatedAudio withRemoteHold(boolean hold) {
        return new NegotiatedAudio(mediaIndex, profile, local, remote, remoteRtcp, rtcpMux, direction, hold, codecs, telephoneEvent,
            sendPtime, receivePtime, companions, feedback);
    }
}
