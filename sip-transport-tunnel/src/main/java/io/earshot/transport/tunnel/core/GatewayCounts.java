package io.earshot.transport.tunnel.core;

import io.earshot.api.tunnel.TunnelCounters;

/** What a gateway counts. For one thread. */
final class GatewayCounts {
    long accepted;
    long resumed;
    long refusedLogins;
    long refusedLimits;
    long malformed;
    long out;
    long in;
    long forbidden;
    long throttled;
    long late;
    long overflowed;

    TunnelCounters snapshot(int sessions, int connections, int channels) {
        return new TunnelCounters(sessions, connections, channels, accepted, resumed, refusedLogins, refusedLimits, malformed, out, in,
            forbidden, throttled, late, overflowed);
    }
}
