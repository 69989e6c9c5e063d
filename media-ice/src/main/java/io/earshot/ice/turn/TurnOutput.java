package io.earshot.ice.turn;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything that a {@link TurnClient} asks of its owner. */
public sealed interface TurnOutput {
    /** Send these bytes to the server: one datagram, or the next bytes of the stream. */
    record Transmit(byte[] data) implements TurnOutput { }

    /** The relay is ours: peers reach us at {@code relayed}, one address for each family; the server sees us at {@code mapped}. */
    record Allocated(List<InetSocketAddress> relayed, Optional<InetSocketAddress> mapped, Duration lifetime) implements TurnOutput { }

    /** A peer that has our permission sent this. */
    record Data(InetSocketAddress peer, byte[] data) implements TurnOutput { }

    /** The server does not let us talk to this peer: 403 by its policy, 443 for its address family. */
    record Refused(InetSocketAddress peer, int code) implements TurnOutput { }

    /** The server no longer takes our credentials: give it new ones before {@code until}, when the relay goes. */
    record CredentialsExpired(long until) implements TurnOutput { }

    /** The server wants us to go to another one (300). This client has ended. */
    record Redirected(InetSocketAddress server) implements TurnOutput { }

    /** There is no relay, or no longer. */
    record Ended(Reason reason, int code, String detail) implements TurnOutput { }

    /** Nothing more now: call {@link TurnClient#timer} at this time. Always the last. */
    record Wait(long deadline) implements TurnOutput { }

    /** Why there is no relay. */
    enum Reason {
        /** The server did not answer. */
        TIMEOUT,
        /** It refused our credentials. */
        UNAUTHORIZED,
        /** Its quota for this user, or its capacity, is used up (486, 508). */
        BUSY,
        /** It holds another allocation for our port (437): try again from another port. */
        PORT_IN_USE,
        /** Another error of the server. */
        REFUSED,
        /** It forgot the allocation, or it ran out. */
        LOST,
        /** The connection to it broke, or carried something that is no TURN. */
        DISCONNECTED,
        /** We closed it. */
        CLOSED
    }
}
