package io.earshot.api.transport.spi;

import java.io.IOException;

/** Offers one SIP transport. Stateless, callable from any thread, found by {@link java.util.ServiceLoader}. */
public interface SipTransportProvider {
    /** Returns the token of the Via header (RFC 3261 §25.1 {@code transport}) in upper case: {@code UDP}, {@code TCP}, {@code TLS}, … */
    String protocol();

    /**
     * Binds the transport and starts to receive.
     *
     * @param loop the owner: every call to {@code listener} happens on it
     * @throws IOException when the address cannot be bound; the message names the address and the cause
     */
    SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException;
}
