package io.earshot.sdk.internal.call;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.WebSocketConfig;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where WebSocket clients are let in, if anywhere, and how our own connections appear. Immutable.
 *
 * @param common what holds for all connections
 * @param addresses where to listen, by protocol: {@code WS}, {@code WSS}
 */
public record WebSocketDoor(WebSocketConfig common, Map<String, Door> addresses) {
    /** Lets nobody in. */
    public static final WebSocketDoor CLOSED = new WebSocketDoor(WebSocketConfig.DEFAULT.withoutListener(), Map.of());

    /** A way in. */
    record Door(InetSocketAddress address, String path) { }

    public WebSocketDoor {
        addresses = Map.copyOf(addresses);
    }

    /** Returns one more way in; errors name the value and the fix. */
    public WebSocketDoor at(String text) {
        Door door;
        String scheme;
        try {
            URI uri = new URI(text);
            scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("ws") && !scheme.equals("wss") || uri.getHost() == null || uri.getPort() < 0) {
                throw malformed(text);
            }
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            door = new Door(new InetSocketAddress(uri.getHost(), uri.getPort()), path);
        } catch (URISyntaxException none) {
            throw malformed(text);
        }
        if (door.address.isUnresolved()) {
            throw new VoipException(new Failure.BadArgument("Cannot listen on '" + door.address.getHostString()
                    + "': no such host; write an address of this machine."));
        }
        Map<String, Door> more = new HashMap<>(addresses);
        more.put(scheme.toUpperCase(Locale.ROOT), door);
        return new WebSocketDoor(common, more);
    }

    private static VoipException malformed(String text) {
        return new VoipException(new Failure.BadArgument("Cannot listen on '" + text
                + "' for WebSocket: write ws://address:port/path or wss://address:port/path."));
    }

    /** Returns these settings with pages of these origins let in. */
    public WebSocketDoor origins(String... origins) {
        return new WebSocketDoor(common.withOrigins(origins), addresses);
    }

    /** Returns these settings with one more HTTP header for connections to one host. */
    public WebSocketDoor header(String host, String name, String value) {
        return new WebSocketDoor(common.withHeader(host, name, value), addresses);
    }

    /** Refuses to go on without a transport that was told to listen. */
    void demand(List<SipTransportProvider> transports) {
        for (String protocol : addresses.keySet()) {
            if (transports.stream().noneMatch(one -> one.protocol().equals(protocol))) {
                throw new VoipException(new Failure.NoProvider("transport", protocol, "io.earshot:sip-transport-ws"));
            }
        }
    }

    /** Tells whether a protocol has to have the port that it was told to listen on. */
    boolean isOpen(String protocol) {
        return addresses.containsKey(protocol);
    }

    /** Returns how to open one transport. */
    TransportConfig apply(String protocol, TransportConfig config) {
        if (!protocol.equals("WS") && !protocol.equals("WSS")) {
            return config;
        }
        return Optional.ofNullable(addresses.get(protocol))
                .map(door -> new TransportConfig(door.address, config.trafficClass(), config.maxMessage(), config.stream(), config.tls(),
                        common.withPath(door.path), config.proxy()))
                .orElseGet(() -> config.withWebSocket(common.withoutListener()));
    }
}
