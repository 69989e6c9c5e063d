package io.earshot.api.tunnel.spi;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.api.transport.spi.SipTransportProvider;

/** A way to a tunnel gateway. Callable from any thread. */
public interface Tunnel extends AutoCloseable {
    /**
     * Returns a transport of the protocol {@code UDP} whose socket is at the gateway: its local address is the gateway's. Until the
     * gateway has been reached that is the wildcard, and what is sent fails.
     */
    SipTransportProvider sip();

    /**
     * Returns sockets at the gateway. Those that ask for an even port get a pair's first, those that ask for the odd port after it the
     * second; the ports are the gateway's choice.
     */
    MediaTransportProvider media();

    /**
     * Returns a proxy in this process, for this process only, through which TCP connections leave from the gateway. They break when the
     * connection to the gateway does.
     */
    ProxyConfig streams();

    /** Tells whether the gateway is reached now. */
    boolean isUp();

    /** Returns what there is to know, in a line: the way, the time there and back, what was late. */
    String describe();

    /** Ends it. Doing so twice is harmless. */
    @Override
    void close();
}
