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

    /** Keys that the two ends agree on over the media port; nothing passes before. */
    record Handshake(HandshakeChange change) implements Protection {
        public Handshake {
            requireNonNull(change);
        }
    }
}
