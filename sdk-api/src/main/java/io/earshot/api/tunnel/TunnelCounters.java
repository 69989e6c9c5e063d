package io.earshot.api.tunnel;

/**
 * What a tunnel gateway has and has counted since it was started.
 *
 * @param sessions of users now, those included whose connection was lost a moment ago
 * @param connections now
 * @param channels now; a pair for RTP and RTCP counts once
 * @param accepted sessions so far
 * @param resumed connections that took a session over
 * @param refusedLogins connections with a wrong user or key, or from somebody who guessed too often
 * @param refusedLimits connections and channels beyond a limit
 * @param malformed connections ended since they made no sense
 * @param sent datagrams from users to the world, and parts of TCP connections
 * @param received datagrams from the world to users, and parts of TCP connections
 * @param forbidden datagrams and TCP connections to or from where nothing may go
 * @param throttled datagrams from users beyond their bandwidth
 * @param late packets of audio dropped since the connection did not take them in time
 * @param overflowed messages and parts of messages of SIP dropped since the connection took nothing any more
 */
public record TunnelCounters(int sessions, int connections, int channels, long accepted, long resumed, long refusedLogins,
        long refusedLimits, long malformed, long sent, long received, long forbidden, long throttled, long late, long overflowed) {
}
