package io.earshot.api.transport.spi;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * How to open a transport.
 *
 * @param bind address and port; the wildcard address means every interface and both IP versions, port 0 a free one
 * @param trafficClass the IP type-of-service byte, 0 to 255; 0 leaves the system's default
 * @param maxMessage the largest message accepted, in bytes; longer ones are dropped and counted
 */
public record TransportConfig(InetSocketAddress bind, int trafficClass, int maxMessage) {
    public TransportConfig {
        requireNonNull(bind, "bind");
        if (trafficClass < 0 || trafficClass > 255) {
            throw new IllegalArgumentException("trafficClass " + trafficClass + " is outside 0 to 255");
        }
        if (maxMessage < 1) {
            throw new IllegalArgumentException("maxMessage must be positive, not " + maxMessage);
        }
    }

    /** Returns a configuration for this address with the defaults: no type of service, messages up to 65535 bytes. */
    public static TransportConfig bind(InetSocketAddress address) {
        return new TransportConfig(address, 0, 65_535);
    }
}
