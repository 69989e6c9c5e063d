package io.earshot.api.tunnel.spi;

import io.earshot.api.tunnel.TunnelCounters;
import java.net.InetSocketAddress;

/** A gateway that runs. Callable from any thread. */
public interface TunnelGateway extends AutoCloseable {
    /** Returns where clients come. */
    InetSocketAddress address();

    /** Returns what was counted. */
    TunnelCounters counters();

    /** Ends it: clients are told, sockets are closed. Doing so twice is harmless. */
    @Override
    void close();
}
