package io.earshot.ice.agent;

import java.net.InetSocketAddress;

/**
 * The way that media takes for one component.
 *
 * @param local the socket
 * @param localType {@link CandidateType#RELAYED} when it goes through our relay: send with {@link IceAgent#send} then
 * @param remote where the peer is
 * @param remoteType what that address is to the peer
 */
public record IcePath(InetSocketAddress local, CandidateType localType, InetSocketAddress remote, CandidateType remoteType) {
    /** Tells whether a relay of ours is on the way. */
    public boolean relayed() {
        return localType == CandidateType.RELAYED;
    }

    @Override
    public String toString() {
        return localType.token() + '-' + remoteType.token();
    }
}
