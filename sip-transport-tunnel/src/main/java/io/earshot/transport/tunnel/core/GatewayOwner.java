package io.earshot.transport.tunnel.core;

import io.earshot.api.tunnel.TunnelVisit;

/** Who runs a {@link GatewayCore}; called on its thread. */
public interface GatewayOwner {
    /** Something waits for this connection: {@link GatewayLink#transmit} is wanted. */
    void wake(GatewayLink link);

    /** Somebody came or went. */
    default void visited(TunnelVisit visit) {
    }
}
