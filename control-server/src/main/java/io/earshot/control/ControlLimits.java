package io.earshot.control;

import java.time.Duration;

/**
 * What clients may use up.
 *
 * @param requestBytes of one request, at most
 * @param connections at a time, at most
 * @param waitingBytes written and not taken by a slow client; more is dropped, events first
 * @param requestTime in which a request must have come in whole
 * @param idleTime for which an HTTP connection without a request, and one that never sent anything, is kept
 */
public record ControlLimits(int requestBytes, int connections, int waitingBytes, Duration requestTime, Duration idleTime) {
    /** 1 MiB requests, 2000 connections, 1 MiB unread, 20 s for a request, 2 min idle. */
    public static final ControlLimits DEFAULT = new ControlLimits(1 << 20, 2_000, 1 << 20, Duration.ofSeconds(20), Duration.ofMinutes(2));

    public ControlLimits {
        if (requestBytes < 256 || connections < 1 || waitingBytes < 1_024 || requestTime.toMillis() < 1 || idleTime.toMillis() < 1) {
            throw new IllegalArgumentException("limits of the control server must be positive, and requests may have at least 256 bytes");
        }
    }

    /** Returns the same with other times. */
    public ControlLimits withTimes(Duration request, Duration idle) {
        return new ControlLimits(requestBytes, connections, waitingBytes, request, idle);
    }

    /** Returns the same with another size of requests. */
    public ControlLimits withRequestBytes(int bytes) {
        return new ControlLimits(bytes, connections, waitingBytes, requestTime, idleTime);
    }

    /** Returns the same with another number of connections. */
    public ControlLimits withConnections(int most) {
        return new ControlLimits(requestBytes, most, waitingBytes, requestTime, idleTime);
    }
}
