package io.earshot.ice.agent;

import io.earshot.ice.turn.TurnConfig;
import java.net.InetSocketAddress;

/** Everything that an {@link IceAgent} asks of its owner or tells it. */
public sealed interface IceOutput {
    /** Send a datagram from this socket. */
    record Transmit(InetSocketAddress local, InetSocketAddress remote, byte[] data) implements IceOutput { }

    /** Media of the peer that came through our relay. */
    record Media(int component, InetSocketAddress remote, byte[] data) implements IceOutput { }

    /** Open a TCP or TLS connection to a relay, and tell by {@link IceAgent#streamOpened} or {@link IceAgent#streamClosed}. */
    record Connect(int stream, TurnConfig server) implements IceOutput { }

    /** Send bytes on such a connection. */
    record StreamTransmit(int stream, byte[] data) implements IceOutput { }

    /** Close such a connection. */
    record Disconnect(int stream) implements IceOutput { }

    /** Look up the name of a candidate, by mDNS when it ends in {@code .local}, and call {@link IceAgent#resolved}. */
    record Resolve(String name) implements IceOutput { }

    /** A candidate of ours, for a peer that takes them one by one. */
    record Found(Candidate candidate) implements IceOutput { }

    /** Write the offer or answer now; {@code complete} tells whether no more candidates will come. */
    record Gathered(boolean complete) implements IceOutput { }

    /** No more candidates will come: {@code a=end-of-candidates}. Told after {@link Gathered}. */
    record EndOfCandidates() implements IceOutput { }

    /** A component has its path, or another one than before. */
    record Selected(int component, IcePath path) implements IceOutput { }

    /**
     * There is no path for RTCP on a port of its own, or none any more; sound goes on, and the second component is given up until
     * {@link IceAgent#restart}.
     */
    record ReportsLost(String reason) implements IceOutput { }

    /** How far the agent is. */
    record Changed(IceState state, String reason) implements IceOutput { }

    /** How much is wrong with a path whose media has stopped. */
    enum Doubt {
        /** It does not answer. A restart may follow: find out what it takes. */
        SUSPECT,
        /** Neither it nor another one answers, or one does that is not for good: restart ICE rather than wait for consent to run out. */
        DEAD,
        /** All is well again. */
        OVER
    }

    /** Media stopped, and the path is in doubt, or is so no longer. */
    record Doubtful(int component, Doubt doubt) implements IceOutput { }

    /**
     * The peer has fallen silent, and we are seen at another address than before: our router restarted or changed its mind. Restart ICE at
     * once, as the peer cannot reach us.
     */
    record Moved() implements IceOutput { }

    /** A relay of ours is not to be had, or no longer; others may be. */
    record RelayFailed(TurnConfig server, String reason) implements IceOutput { }

    /** A relay no longer takes our credentials: call {@link IceAgent#relayCredentials} before it goes. */
    record CredentialsExpired(TurnConfig server) implements IceOutput { }

    /** Nothing more now: call {@link IceAgent#timer} at this time. Always the last. */
    record Wait(long deadline) implements IceOutput { }
}
