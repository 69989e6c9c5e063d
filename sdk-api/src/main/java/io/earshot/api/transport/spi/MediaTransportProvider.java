package io.earshot.api.transport.spi;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Offers datagram sockets for RTP and RTCP. The engine has one over plain UDP; a tunnel or a simulated network brings another.
 * Found by {@link java.util.ServiceLoader} where it is a plug-in.
 */
public interface MediaTransportProvider {
    /** Returns a short name for configuration and logs. */
    String name();

    /**
     * Binds a socket.
     *
     * @param bind the wildcard address means every interface, port 0 a free port
     * @param trafficClass the IP type-of-service byte; 0 leaves the system's default
     * @param loop the owner; every call to {@code receiver} happens on it
     * @throws IOException when the address is taken or cannot be bound
     */
    MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException;
}
