package io.earshot.testkit.node;

import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.LongFunction;

/**
 * The owner of one {@link Driven} machine: first open its transports, then plug it in, then give it commands.
 *
 * <pre>{@code
 * Node node = new VirtualNode(alice);
 * node.open(alice.udp(), TransportConfig.bind(alice.address(5060)));
 * node.drive(new Phone(node::localAddress));
 * node.call(now -> phone.invite("sip:bob@10.0.0.2", now));
 * }</pre>
 */
public interface Node extends AutoCloseable {
    /** Returns the name that messages and transcripts print. */
    String name();

    /**
     * Opens a transport; one for each protocol.
     *
     * @return the address bound to, with its port; the IP may be the wildcard
     * @throws IOException when the address cannot be bound
     */
    InetSocketAddress open(SipTransportProvider provider, TransportConfig config) throws IOException;

    /**
     * Returns the local address that packets to this peer leave from. Call it from the node's own thread, as the machine does; only
     * before {@link #drive} it may be called from elsewhere.
     */
    InetSocketAddress localAddress(String protocol, InetSocketAddress peer);

    /** Plugs the machine in; once. */
    void drive(Driven machine);

    /**
     * Runs a command on the node's thread, with the time, drains the machine and returns the command's result. Called from within the
     * machine it runs at once.
     */
    <T> T call(LongFunction<T> command);

    /** Closes the transports and stops. Doing so twice is harmless. */
    @Override
    void close();
}
