package io.earshot.rtp.secure;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Everything that a {@link KeyHandshake} asks of its owner. */
public sealed interface HandshakeOutput {
    /** Send this datagram to the peer. */
    record Transmit(byte[] datagram) implements HandshakeOutput { }

    /**
     * There are keys, and the peer is who its fingerprint says, if there was one.
     *
     * @param change what puts the keys in force
     * @param shortString what the users are to compare, where nothing else vouches for the peer (ZRTP)
     */
    record Keys(GuardChange change, Optional<ShortString> shortString) implements HandshakeOutput {
        public Keys {
            requireNonNull(change);
            requireNonNull(shortString);
        }

        /** Keys of a peer that was vouched for. */
        public Keys(GuardChange change) {
            this(change, Optional.empty());
        }
    }

    /**
     * The users have compared, or one of them says that the strings differ; the keys stay as they are.
     *
     * @param shortString what is known of it now
     */
    record Compared(ShortString shortString) implements HandshakeOutput {
        public Compared {
            requireNonNull(shortString);
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
