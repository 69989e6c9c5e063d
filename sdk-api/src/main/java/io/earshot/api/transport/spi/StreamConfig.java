package io.earshot.api.transport.spi;

import io.earshot.api.time.Ticker;

/**
 * How a transport over connections (TCP, TLS) treats them. Times are in nanoseconds.
 *
 * @param connectTimeout for a connection of ours until it can carry messages, the TLS handshake included
 * @param silenceTimeout for a connection made to us until the first bytes of a message; until then it is dropped without a word
 * @param stallTimeout how long a peer may take nothing of what waits for it
 * @param idleTimeout how long a connection lives without traffic in either direction: at least this, at most twice; 0 for ever
 * @param maxConnections both ways together; further ones are refused; with 1 it is one of ours, and nobody is let in
 * @param maxQueued bytes that wait for one peer; more, and the connection is dropped
 * @param listen whether somebody may connect to us, where nothing else speaks against it
 */
public record StreamConfig(long connectTimeout, long silenceTimeout, long stallTimeout, long idleTimeout, int maxConnections,
        int maxQueued, boolean listen) {
    /** 10 s to connect, 32 s of silence (64*T1), 30 s of stalling, 15 min of idling, 2000 connections, 1 MB queued. */
    public static final StreamConfig DEFAULT = new StreamConfig(10 * Ticker.SECOND, 32 * Ticker.SECOND, 30 * Ticker.SECOND,
        900 * Ticker.SECOND, 2_000, 1_000_000, true);

    public StreamConfig {
        least(connectTimeout, 1, "connectTimeout", "nanoseconds");
        least(silenceTimeout, 1, "silenceTimeout", "nanoseconds");
        least(stallTimeout, 1, "stallTimeout", "nanoseconds");
        least(idleTimeout, 0, "idleTimeout", "nanoseconds");
        least(maxConnections, 1, "maxConnections", "connections");
        least(maxQueued, 1, "maxQueued", "bytes");
    }

    /** Returns these settings with another {@link #connectTimeout}. */
    public StreamConfig withConnectTimeout(long nanoseconds) {
        return new StreamConfig(nanoseconds, silenceTimeout, stallTimeout, idleTimeout, maxConnections, maxQueued, listen);
    }

    /** Returns these settings with another {@link #silenceTimeout}. */
    public StreamConfig withSilenceTimeout(long nanoseconds) {
        return new StreamConfig(connectTimeout, nanoseconds, stallTimeout, idleTimeout, maxConnections, maxQueued, listen);
    }

    /** Returns these settings with another {@link #stallTimeout}. */
    public StreamConfig withStallTimeout(long nanoseconds) {
        return new StreamConfig(connectTimeout, silenceTimeout, nanoseconds, idleTimeout, maxConnections, maxQueued, listen);
    }

    /** Returns these settings with another {@link #idleTimeout}. */
    public StreamConfig withIdleTimeout(long nanoseconds) {
        return new StreamConfig(connectTimeout, silenceTimeout, stallTimeout, nanoseconds, maxConnections, maxQueued, listen);
    }

    /** Returns these settings with another {@link #maxConnections}. */
    public StreamConfig withMaxConnections(int connections) {
        return new StreamConfig(connectTimeout, silenceTimeout, stallTimeout, idleTimeout, connections, maxQueued, listen);
    }

    /** Returns these settings with another {@link #maxQueued}. */
    public StreamConfig withMaxQueued(int bytes) {
        return new StreamConfig(connectTimeout, silenceTimeout, stallTimeout, idleTimeout, maxConnections, bytes, listen);
    }

    /** Returns these settings with another {@link #listen}. */
    public StreamConfig withListen(boolean listens) {
        return new StreamConfig(connectTimeout, silenceTimeout, stallTimeout, idleTimeout, maxConnections, maxQueued, listens);
    }

    /** Tells whether anybody is let in: not with a single connection, which is one of ours. */
    public boolean admits() {
        return listen && maxConnections > 1;
    }

    private static void least(long value, long least, String name, String unit) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be " + least + " or more (" + unit + "), not " + value);
        }
    }
}
