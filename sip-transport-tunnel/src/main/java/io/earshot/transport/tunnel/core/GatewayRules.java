package io.earshot.transport.tunnel.core;

import java.util.Map;

/**
 * What a gateway allows. Times are in ns.
 *
 * @param users the key of each, to begin with
 * @param signalling where SIP may go
 * @param media where RTP may go, besides the machines of {@code signalling}
 * @param keep how long the channels of a lost connection live
 * @param mostAge how long audio may wait before it is dropped
 * @param maxSessions of all users
 * @param maxSessionsPerUser of one
 * @param maxChannels of one session; a pair counts once
 * @param maxBytesPerSecond of one session from the client to the world
 * @param maxStrangers connections from one address that nobody has proven to be a user on yet
 */
public record GatewayRules(Map<String, byte[]> users, Destinations signalling, Destinations media, long keep, long mostAge,
        int maxSessions, int maxSessionsPerUser, int maxChannels, int maxBytesPerSecond, int maxStrangers) {
}
