package io.earshot.api.transport.spi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Takes the datagrams of a {@link MediaSocket}, on its loop. */
@FunctionalInterface
public interface MediaReceiver {
    /**
     * One datagram.
     *
     * @param datagram from position to limit; valid until this returns, and may be overwritten (decrypted in place) meanwhile
     */
    void received(InetSocketAddress source, ByteBuffer datagram);
}
