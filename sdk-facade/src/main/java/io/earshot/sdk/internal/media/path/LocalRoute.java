package io.earshot.sdk.internal.media.path;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What to tell the peer of our ways to it.
 *
 * @param attributes each as behind {@code a=}
 * @param address for the {@code c=} and {@code m=} lines; empty for the socket's own
 * @param rtcp where RTCP is received if the peer does not send it to the same port; empty for the port above
 */
public record LocalRoute(List<String> attributes, Optional<InetSocketAddress> address, Optional<InetSocketAddress> rtcp) {
    /** Nothing to tell but the socket's own address. */
    public static final LocalRoute NONE = new LocalRoute(List.of(), Optional.empty());

    public LocalRoute {
        attributes = List.copyOf(attributes);
        requireNonNull(address);
        requireNonNull(rtcp);
    }

    /** Makes one that tells nothing of RTCP. */
    public LocalRoute(List<String> attributes, Optional<InetSocketAddress> address) {
        this(attributes, address, Optional.empty());
    }
}
