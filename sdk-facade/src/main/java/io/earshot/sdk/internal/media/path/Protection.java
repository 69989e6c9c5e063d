package io.earshot.sdk.internal.media.path;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.secure.GuardChange;
import io.earshot.rtp.secure.HandshakeChange;

/** What signalling agreed on for the packets of a call. */
public sealed interface Protection {
    /** Nothing: packets pass as they are. */
    record None() implements Protection { }

    /** Keys that came with the signalling. */
    record Keys(GuardChange change) implements Protection {
        public Keys {
            requireNonNull(change);
        }
    }

    /**
     * Keys that the two ends agree on over the media port.
     *
     * @param clearMeanwhile whether packets pass in clear before there are keys; otherwise none do
     * @param onRtpAlone whether the keys of RTP are those of RTCP on its own port too, as with ZRTP
     */
    record Handshake(HandshakeChange change, boolean clearMeanwhile, boolean onRtpAlone) implements Protection {
        public Handshake {
            requireNonNull(change);
        }

        /** Lets nothing pass before there are keys. */
        public Handshake(HandshakeChange change) {
            this(change, false, false);
        }
    }
}
