package io.earshot.api.tunnel.spi;

import java.net.InetSocketAddress;

/** Hears of a {@link Tunnel}, on a thread of the tunnel: it must not block. */
public interface TunnelListener {
    /**
     * The gateway is reached, or reached again, and SIP can go.
     *
     * @param address of our SIP at the gateway
     * @param moved whether that is another one than before, so that registrations have to be renewed
     */
    void up(InetSocketAddress address, boolean moved);

    /**
     * The gateway is not reached for now.
     *
     * @param reason a sentence
     * @param refused whether the gateway itself said no
     */
    void down(String reason, boolean refused);
}
