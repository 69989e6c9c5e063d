package io.earshot.rtp.secure;

import java.util.Optional;

/** Keys that were agreed on the signalling side, on their way to the thread that carries the packets. */
@FunctionalInterface
public interface GuardChange {
    /**
     * Puts the keys in force; to be called on the thread of the packets, once, in the order of the agreements.
     *
     * @param current the guard of the stream so far: its counters and replay windows go on, as RFC 3711 §3.3.1 wants
     * @return the guard from now on, often the same
     */
    PacketGuard apply(Optional<PacketGuard> current);
}
