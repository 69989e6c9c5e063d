package io.earshot.api.transport.spi;

import io.earshot.api.time.Ticker;

/**
 * How a transport over connections (TCP, TLS) treats them. Times are in nanoseconds.
 *
 * @param connectTimeout for a connection of ours until it can carry messages, the TLS handshake included
 * @param silenceTimeout for a connection made to us until the first bytes of a message; until then it is dropped without a word
 * @param stallTimeout how long a peer may take nothing of what waits for it
 * @param idleTimeout how long a connection lives without traffic in either direction: at least this, at most twice; 0 for ever
 * @param maxConnections both ways together; further ones are refused
 * @param maxQueued bytes that wait for one peer; more, and the connection is dropped
 */
public record StreamConfig(long connectTimeout, long silenceTimeout, long stallTimeout, long idleTimeout, int maxConnections,
        int maxQueued) {
    /** 10 s to connect, 32 s of silence (64*T1), 30 s of stalling, 15 min of idling, 2000 connections, 1 MB queued. */
    public static final StreamConfig DEFAULT = new StreamConfig(10 * Ticker.SECOND, 32 * Ticker.SECOND, 30 * Ticker.SECOND,
        900 * Ticker.SECOND, 2_000, 1_000_000);

    public StreamConfig {
        if (connectTimeout < 1 || silenceTimeout < 1 || stallTimeout < 1 || idleTimeout < 0) {
            throw new IllegalArgumentException("timeouts must be positive; only idleTimeout may be 0");
        }
        if (maxConnections < 1 || maxQueued < 1) {
            throw new IllegalArgumentException("maxConnections and maxQueued must be positive");
        }
    }

    /** Returns these settings with another {@link #connectTimeout}. */
    public StreamConfig withConnectTimeout(long nanoseconds) {
        return new StreamConfig(nanoseconds, silenceTimeout, stallTimeout, idleTimeout, maxConnections, maxQueued);
    }

    /** Returns these settings with another {@link #silenceTimeout}. */
    public StreamConfig withSilenceTimeout(long nanoseconds) {
        return new StreamConfig(connectTimeout, nanoseconds, stallTimeout, idleTimeout, maxConnections, maxQueued);
    }

    /** Returns these settings with another {@link #stallTimeout}. */
    public StreamConfig withStallTimeout(long nanoseconds) {
        return new StreamConfig(connectTimeout, silenceTimeout, nanoseconds, idleTimeout, maxConnections, maxQueued);
    }

    /** Returns these settings with another {@link #idleTimeout}. */
    public StreamConfig withIdleTimeout(long nanoseconds) {
        return new StreamConfig(connectTimeout, silenceTimeout, stallTimeout, nanoseconds, maxConnections, maxQueued);
    }

    /** Returns these settings with another {@link #maxConnections}. */
    public StreamConfig withMaxConnections(int connections) {
        return new StreamConfig(connectTimeout, silenceTimeout, stallTimeout, idleTimeout, connections, maxQueued);
    }

    /** Returns these settings with another {@link #maxQueued}. */
    public StreamConfig withMaxQueued(int bytes) {
        return new StreamConfig(connectTimeout, silenceTimeout, stallTimeout, idleTimeout, maxConnections, bytes);
    }
}
