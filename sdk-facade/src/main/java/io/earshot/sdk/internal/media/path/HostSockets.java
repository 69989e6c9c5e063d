package io.earshot.sdk.internal.media.path;

import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import java.net.InetAddress;
import java.util.Optional;

/** Opens sockets of a call besides its first, on other addresses of this machine; on the media loop. */
@FunctionalInterface
public interface HostSockets {
    /** Opens none. */
    HostSockets NONE = (local, receiver) -> Optional.empty();

    /** Opens one on this address; empty where that cannot be, which the call survives. */
    Optional<MediaSocket> open(InetAddress local, MediaReceiver receiver);

    /** Opens one for RTCP, above one for RTP that was opened here; empty where that cannot be. */
    default Optional<MediaSocket> above(MediaSocket rtp, MediaReceiver receiver) {
        return Optional.empty();
    }
}
