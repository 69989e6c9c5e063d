package io.earshot.rtp.secure;

import java.util.Optional;

/** A handshake that was agreed on the signalling side, on its way to the thread of the packets. */
@FunctionalInterface
public interface HandshakeChange {
    /**
     * Begins the handshake, or goes on with the present one where the peers agreed on that.
     *
     * @param current that of the media port so far; closed where another one takes its place
     * @param wake run on any thread when there may be something to poll
     * @return the one from now on
     */
    KeyHandshake apply(Optional<KeyHandshake> current, Runnable wake, long now);
}
