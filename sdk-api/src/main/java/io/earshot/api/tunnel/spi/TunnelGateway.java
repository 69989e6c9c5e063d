package io.earshot.api.tunnel.spi;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.tunnel.TunnelCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/** A gateway that runs. Callable from any thread. */
public interface TunnelGateway extends AutoCloseable {
    /** Returns where clients come. */
    InetSocketAddress address();

    /** Returns what was counted. */
    TunnelCounters counters();

    /**
     * Has other users and another certificate from now on; connections that there are go on. Users who are none any more, or whose key is
     * another one, are put out. Blocks while the certificate is tried.
     *
     * @param users the key of each
     * @param tls with an identity exactly if the gateway was started with one
     * @throws IOException when the certificate does not work; everything stays as it was then
     */
    void renew(Map<String, String> users, TlsConfig tls) throws IOException;

    /** Ends it: clients are told, sockets are closed. Doing so twice is harmless. */
    @Override
    void close();
}
