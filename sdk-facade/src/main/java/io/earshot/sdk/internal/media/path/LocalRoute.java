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
 */
public record LocalRoute(List<String> attributes, Optional<InetSocketAddress> address) {
    public LocalRoute {
        attributes = List.copyOf(attributes);
        requireNonNull(address);
    }
}
