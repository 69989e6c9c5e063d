package io.earshot.api.tunnel.spi;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.TunnelVisit;
import java.io.IOException;
import java.util.function.Consumer;

/** Offers both ends of a tunnel. Stateless, callable from any thread, found by {@link java.util.ServiceLoader}. */
public interface TunnelProvider {
    /**
     * Begins to connect to a gateway, and goes on for ever.
     *
     * @param tls whom to trust, where the gateway is reached by HTTPS
     * @param listener hears what becomes of it, on a thread of the tunnel
     * @throws IOException when it cannot work here
     */
    Tunnel open(TunnelConfig config, TlsConfig tls, TunnelListener listener) throws IOException;

    /**
     * Starts a gateway.
     *
     * @throws IOException when a port is taken or a name was not found; the message says what to do
     */
    default TunnelGateway serve(TunnelGatewayConfig config) throws IOException {
        return serve(config, visit -> { });
    }

    /**
     * Starts a gateway that tells who comes and goes.
     *
     * @param guests hears of each, on a thread of the gateway: it must not block. Anybody can make it hear much
     * @throws IOException when a port is taken or a name was not found; the message says what to do
     */
    TunnelGateway serve(TunnelGatewayConfig config, Consumer<TunnelVisit> guests) throws IOException;
}
