package io.earshot.ice.agent;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one side tells the other in SDP about one media stream.
 *
 * @param credentials user fragment and password
 * @param lite whether it only answers checks
 * @param options {@code ice-options}: {@code trickle}, {@code ice2}
 * @param candidates in order of telling
 * @param complete whether no more will come: {@code a=end-of-candidates}, or a peer that does not trickle
 * @param remotes {@code remote-candidates}: what a controlling peer chose, by component
 */
public record IceDescription(IceCredentials credentials, boolean lite, List<String> options, List<Candidate> candidates, boolean complete,
        Map<Integer, InetSocketAddress> remotes) {
    /** Copies the lists. */
    public IceDescription {
        requireNonNull(credentials);
        options = List.copyOf(options);
        candidates = List.copyOf(candidates);
        remotes = Map.copyOf(remotes);
    }

    /** Tells whether this side takes and tells candidates one by one (RFC 8840). */
    public boolean trickle() {
        return options.contains("trickle");
    }

    /**
     * Returns the candidate that goes into the c= and m= lines: for peers without ICE the one that works most often, a relay's before
     * a server's view before the machine's own, IPv4 before IPv6.
     */
    public Optional<Candidate> defaultFor(int component) {
        return candidates.stream().filter(each -> each.component() == component && each.transport().equals("udp")
            && !each.address().isUnresolved()).min(Comparator.comparing((Candidate each) -> each.address().getAddress()
            instanceof java.net.Inet6Address).thenComparing(each -> -each.type().ordinal()).thenComparing(each -> -each.priority()));
    }
}
