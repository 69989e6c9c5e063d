package io.earshot.rtp.route;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Finds out what kind of NAT stands before a socket. Sans-IO: after each call drain {@link #poll} until {@link Output.Wait}. */
public interface NatProbe {
    /** What it asks of its owner. */
    sealed interface Output {
        /** Send this datagram from the socket that is asked about. */
        record Transmit(InetSocketAddress to, byte[] data) implements Output { }

        /**
         * What was found out. Told once.
         *
         * @param kind in upper case, {@code PORT_RESTRICTED} for instance
         * @param mapped what we are seen at
         * @param stable whether all servers see the same
         * @param tests how many servers, or addresses of servers, told how they see us
         */
        record Done(String kind, Optional<InetSocketAddress> mapped, boolean stable, int tests) implements Output { }

        /** Nothing more for now. Always the last. */
        record Wait(long deadline) implements Output { }
    }

    /** Takes a datagram of the socket. */
    void received(InetSocketAddress source, byte[] data, long now);

    /** Does what is due. */
    void onTime(long now);

    /** Returns the next output. */
    Output poll();
}
