package io.earshot.control;

import java.time.Duration;

/**
 * What clients may use up.
 *
 * @param requestBytes of one request, at most
 * @param pendingBytes of all requests that are not complete yet, at most; then connections with much of it are closed
 * @param connections at a time, at most
 * @param waitingBytes written and not taken by a slow client; more is dropped, events first
 * @param requestTime in which a request must have come in whole
 * @param idleTime for which an HTTP connection without a request, and one that never sent anything, is kept
 */
public record ControlLimits(int requestBytes, long pendingBytes, int connections, int waitingBytes, Duration requestTime,
        Duration idleTime) {
    /** 1 MiB requests, 64 MiB of incomplete ones, 2000 connections, 1 MiB unread, 20 s for a request, 2 min idle. */
    public static final ControlLimits DEFAULT = new ControlLimits(1 << 20, 64 << 20, 2_000, 1 << 20, Duration.ofSeconds(20),
            Duration.ofMinutes(2));

    public ControlLimits {
        if (requestBytes < 256 || pendingBytes < requestBytes || connections < 1 || waitingBytes < 1_024 || requestTime.toMillis() < 1
                || idleTime.toMillis() < 1) {
            throw new IllegalArgumentException("limits of the control server must be positive, requests have at least 256 "
                    + "bytes, and one of them must fit into pendingBytes");
        }
    }

    /** Returns the same with other times. */
    public ControlLimits withTimes(Duration request, Duration idle) {
        return new ControlLimits(requestBytes, pendingBytes, connections, waitingBytes, request, idle);
    }

    /** Returns the same with another size of requests. */
    public ControlLimits withRequestBytes(int bytes) {
        return new ControlLimits(bytes, Math.max(bytes, pendingBytes), connections, waitingBytes, requestTime, idleTime);
    }

    /** Returns the same with another size of all incomplete requests together. */
    public ControlLimits withPendingBytes(long bytes) {
        return new ControlLimits(requestBytes, bytes, connections, waitingBytes, requestTime, idleTime);
    }

    /** Returns the same with another number of connections. */
    public ControlLimits withConnections(int most) {
        return new ControlLimits(requestBytes, pendingBytes, most, waitingBytes, requestTime, idleTime);
    }
}
