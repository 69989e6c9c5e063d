package io.earshot.rtp.secure;

import static java.util.Objects.requireNonNull;

/** Everything that a {@link KeyHandshake} asks of its owner. */
public sealed interface HandshakeOutput {
    /** Send this datagram to the peer. */
    record Transmit(byte[] datagram) implements HandshakeOutput { }

    /**
     * The peer is who its fingerprint says.
     *
     * @param change what puts the keys in force
     */
    record Keys(GuardChange change) implements HandshakeOutput {
        public Keys {
            requireNonNull(change);
        }
    }

    /**
     * There is no key and will be none: media must not flow.
     *
     * @param reason a sentence for people
     */
    record Failed(String reason) implements HandshakeOutput {
        public Failed {
            requireNonNull(reason);
        }
    }

    /** Nothing more for now; call {@link KeyHandshake#onTime} at this time, if nothing else happens before. */
    record Wait(long deadline) implements HandshakeOutput { }
}
