package io.earshot.transport.tunnel;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.TunnelVisit;
import io.earshot.api.tunnel.spi.Tunnel;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.api.tunnel.spi.TunnelListener;
import io.earshot.api.tunnel.spi.TunnelProvider;
import java.io.IOException;
import java.util.function.Consumer;

/** Tunnels of the protocol in docs/tunnel.md. */
public final class DefaultTunnelProvider implements TunnelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public DefaultTunnelProvider() {
    }

    @Override
    public Tunnel open(TunnelConfig config, TlsConfig tls, TunnelListener listener) throws IOException {
        return ClientTunnel.open(config, tls, listener);
    }

    @Override
    public TunnelGateway serve(TunnelGatewayConfig config, Consumer<TunnelVisit> guests) throws IOException {
        return GatewayServer.start(config, guests);
    }
}
