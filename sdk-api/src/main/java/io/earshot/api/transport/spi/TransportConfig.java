package io.earshot.api.transport.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import io.earshot.api.proxy.ProxyConfig;
import java.net.InetSocketAddress;

/**
 * How to open a transport.
 *
 * @param bind address and port; the wildcard address means every interface and both IP versions, port 0 a free one
 * @param trafficClass the IP type-of-service byte, 0 to 255; 0 leaves the system's default
 * @param maxMessage the largest message accepted, in bytes; longer ones are dropped and counted. Byte streams are cut into messages by
 *     their owner, who has its own limit
 * @param stream how to treat connections, where the transport has them
 * @param tls whom to trust and as whom to appear, where the transport is secured
 * @param webSocket what concerns WebSocket only
 * @param proxy what connections of ours go through; transports without connections ignore it
 */
public record TransportConfig(InetSocketAddress bind, int trafficClass, int maxMessage, StreamConfig stream, TlsConfig tls,
        WebSocketConfig webSocket, ProxyConfig proxy) {
    public TransportConfig {
        requireNonNull(bind, "bind");
        requireNonNull(stream, "stream");
        requireNonNull(tls, "tls");
        requireNonNull(webSocket, "webSocket");
        requireNonNull(proxy, "proxy");
        Check.range(trafficClass, 0, 255, "trafficClass", "184 is voice (EF), 0 is none");
        if (maxMessage < 1) {
            throw new IllegalArgumentException("maxMessage must be 1 byte or more, not " + maxMessage);
        }
    }

    /** Makes a configuration with the defaults for connections and TLS, and no proxy. */
    public TransportConfig(InetSocketAddress bind, int trafficClass, int maxMessage) {
        this(bind, trafficClass, maxMessage, StreamConfig.DEFAULT, TlsConfig.DEFAULT, WebSocketConfig.DEFAULT, ProxyConfig.NONE);
    }

    /** Returns this configuration with other settings for connections. */
    public TransportConfig withStream(StreamConfig settings) {
        return new TransportConfig(bind, trafficClass, maxMessage, settings, tls, webSocket, proxy);
    }

    /** Returns this configuration with other settings for TLS. */
    public TransportConfig withTls(TlsConfig settings) {
        return new TransportConfig(bind, trafficClass, maxMessage, stream, settings, webSocket, proxy);
    }

    /** Returns this configuration with other settings for WebSocket. */
    public TransportConfig withWebSocket(WebSocketConfig settings) {
        return new TransportConfig(bind, trafficClass, maxMessage, stream, tls, settings, proxy);
    }

    /** Returns this configuration with a proxy. */
    public TransportConfig withProxy(ProxyConfig settings) {
        return new TransportConfig(bind, trafficClass, maxMessage, stream, tls, webSocket, settings);
    }

    /** Returns a configuration for this address with the defaults: no type of service, messages up to 65535 bytes. */
    public static TransportConfig bind(InetSocketAddress address) {
        return new TransportConfig(address, 0, 65_535);
    }
}
