package io.earshot.ice.nat;

import java.net.InetSocketAddress;

/** What a {@link NatDiscovery} asks of its owner. */
public sealed interface NatOutput {
    /** Send this datagram from the socket that is asked about. */
    record Transmit(InetSocketAddress to, byte[] data) implements NatOutput { }

    /** What is known by now, at the latest at the deadline. Told once. */
    record Done(NatReport report) implements NatOutput { }

    /** Nothing more now. Always the last. */
    record Wait(long deadline) implements NatOutput { }
}
