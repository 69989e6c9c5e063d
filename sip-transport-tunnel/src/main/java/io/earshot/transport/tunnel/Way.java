package io.earshot.transport.tunnel;

import io.earshot.transport.tunnel.core.GatewayLink;
import java.nio.ByteBuffer;

/** How bytes get from a gateway to one client. Confined to Netty's thread. */
interface Way {
    /** Returns the connection in the core. */
    GatewayLink link();

    /** Tells whether bytes can be written now. */
    boolean isWritable();

    void write(ByteBuffer bytes);

    /** Ends it once what was written is out. */
    void close();

    /** Tells whether it is gone, being looked at now and then. @param now in ns */
    default boolean isGone(long now) {
        return false;
    }
}
