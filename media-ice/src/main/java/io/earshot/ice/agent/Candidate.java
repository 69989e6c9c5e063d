package io.earshot.ice.agent;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * An address at which a peer may be reached, as SDP tells it.
 *
 * @param foundation 1 to 32 characters; equal when type, base address, server and transport are
 * @param component 1 for RTP, 2 for RTCP
 * @param transport {@code udp} in lower case, or {@code tcp}, which is read and left alone
 * @param priority 1 to 2^31 - 1
 * @param address unresolved when it is a name, an mDNS name for instance
 * @param type where it comes from
 * @param related what it is derived from, of use to readers of logs only
 * @param extensions what else the line said, in order
 */
public record Candidate(String foundation, int component, String transport, long priority, InetSocketAddress address, CandidateType type,
        Optional<InetSocketAddress> related, Map<String, String> extensions) {
    /** Checks the values. */
    public Candidate {
        requireNonNull(foundation);
        requireNonNull(transport);
        requireNonNull(address);
        requireNonNull(type);
        requireNonNull(related);
        requireNonNull(extensions);
        if (component < 1 || component > 256 || priority < 1 || priority > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a candidate has component 1 to 256 and priority 1 to 2^31 - 1, not " + component
                + " and " + priority);
        }
    }

    /** A UDP candidate without extensions. */
    public static Candidate udp(String foundation, int component, long priority, InetSocketAddress address, CandidateType type,
            Optional<InetSocketAddress> related) {
        return new Candidate(foundation, component, "udp", priority, address, type, related, Map.of());
    }

    /** Returns this at another address, as a name that was resolved. */
    public Candidate at(InetSocketAddress other) {
        return new Candidate(foundation, component, transport, priority, other, type, related, extensions);
    }
}
