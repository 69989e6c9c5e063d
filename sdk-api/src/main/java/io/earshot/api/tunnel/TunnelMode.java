package io.earshot.api.tunnel;

/** How a tunnel goes through HTTP. */
public enum TunnelMode {
    /** The first of the others that works, in their order; what worked is tried first the next time. */
    AUTO,
    /** WebSocket (RFC 6455): one connection, the least delay. */
    WEBSOCKET,
    /** One request whose body never ends for what goes out, and one response whose body never ends for what comes in. */
    STREAMING,
    /** One short request after the other, for proxies that hold back what has no end. */
    PACKETS
}
