package io.earshot.transport.tunnel.core;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What a {@link ClientCore} wants done or known. */
public sealed interface ClientOutput {
    /** A connection to the gateway is to be made; {@link ClientCore#onConnected} or {@link ClientCore#onLost} is to follow. */
    record Connect() implements ClientOutput { }

    /**
     * The connection is to be ended; nothing more is to be told of it.
     *
     * @param mute whether the gateway could not be understood through it, so that another way may do better
     */
    record Disconnect(boolean mute) implements ClientOutput { }

    /** The tunnel can be used. @param resumed whether the gateway still knew the channels */
    record Up(boolean resumed) implements ClientOutput { }

    /** The tunnel cannot be used for now; it is tried again. @param reason a sentence */
    record Down(String reason) implements ClientOutput { }

    /** The gateway does not want us. It is asked again, seldom. @param reason a sentence */
    record Denied(String reason) implements ClientOutput { }

    /** A channel is there; again after each time that the connection was lost, perhaps with another address. */
    record Opened(int channel, InetSocketAddress address) implements ClientOutput { }

    /** A channel could not be had. @param reason a sentence */
    record Gone(int channel, String reason) implements ClientOutput { }

    /** Bytes of a TCP connection came. @param part valid until the next call of the core */
    record Part(int channel, ByteBuffer part) implements ClientOutput { }

    /** A datagram came. @param payload valid until the next call of the core */
    record Received(int channel, InetSocketAddress peer, ByteBuffer payload) implements ClientOutput { }
}
