package io.earshot.sip.sdp;

import io.earshot.api.codec.spi.CodecDescriptor;

/** Choice of the packet time, in milliseconds. */
final class PacketTime {
    /** More than this {@link io.earshot.api.codec.spi.AudioCodec} does not decode at once. */
    static final int MOST = 120;

    private PacketTime() {
    }

    /** Returns what to send: what the peer asks for, or else what we like, within the peer's limit and in whole frames. */
    static int toSend(CodecDescriptor codec, MediaDescription theirs, AudioCapabilities capabilities) {
        int liked = capabilities.ptime() > 0 ? capabilities.ptime() : codec.defaultPtime();
        return inFrames(codec, Math.min(theirs.ptime().orElse(liked), theirs.maxptime().orElse(MOST)));
    }

    /** Returns what to ask for in an answer: what we like, or else the same as we send. */
    static int toReceive(CodecDescriptor codec, MediaDescription theirs, AudioCapabilities capabilities) {
        int most = capabilities.maxptime() > 0 ? capabilities.maxptime() : MOST;
        int wanted = capabilities.ptime() > 0 ? capabilities.ptime() : theirs.ptime().orElse(codec.defaultPtime());
        return inFrames(codec, Math.min(wanted, most));
    }

    /** Returns what to expect where we have asked already. */
    static int expected(CodecDescriptor codec, AudioCapabilities capabilities) {
        return inFrames(codec, capabilities.ptime() > 0 ? capabilities.ptime() : codec.defaultPtime());
    }

    private static int inFrames(CodecDescriptor codec, int millis) {
        int frame = codec.frameMillis();
        return Math.max(frame, Math.min(millis, MOST) / frame * frame);
    }
}
