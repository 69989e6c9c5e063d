package io.earshot.ice.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The peer's candidates that are names and not yet addresses, as browsers tell for machines in their own network. */
final class PeerNames {
    private static final int MOST = 16;

    private final IceContext context;
    private final Map<String, List<Candidate>> waiting = new LinkedHashMap<>();

    PeerNames(IceContext context) {
        this.context = context;
    }

    /** Has the name of a candidate looked up; false when there are too many. */
    boolean ask(Candidate candidate) {
        if (waiting.size() >= MOST) {
            return false;
        }
        waiting.computeIfAbsent(candidate.address().getHostString(), name -> {
            context.tell(new IceOutput.Resolve(name));
            return new ArrayList<>();
        }).add(candidate);
        return true;
    }

    /** Returns the candidates of a name, at its address. */
    List<Candidate> resolved(String name, List<InetAddress> addresses) {
        List<Candidate> named = Optional.ofNullable(waiting.remove(name)).orElse(List.of());
        return addresses.isEmpty() ? List.of() : named.stream()
            .map(each -> each.at(new InetSocketAddress(addresses.get(0), each.address().getPort()))).toList();
    }

    /** Tells whether some candidate of this component is still to be looked up. */
    boolean hold(int component) {
        return waiting.values().stream().flatMap(List::stream).anyMatch(each -> each.component() == component);
    }

    void clear() {
        waiting.clear();
    }
}
