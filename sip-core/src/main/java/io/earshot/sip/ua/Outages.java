package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.resolve.Target;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Servers that failed a short while ago: they are tried last, so that not every request waits for them again (RFC 3263 §4.3). */
final class Outages {
    private static final long MEMORY = 300 * Ticker.SECOND;
    private static final int MAX_ENTRIES = 64;

    private record Server(String protocol, InetSocketAddress address) {
        static Server of(Target target) {
            return new Server(target.protocol(), target.address());
        }
    }

    private final Map<Server, Long> until = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Server, Long> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    void failed(Target target, long now) {
        until.put(Server.of(target), now + MEMORY);
    }

    void answered(Target target) {
        until.remove(Server.of(target));
    }

    /** Tells whether a server failed a short while ago. */
    boolean isOut(Target target, long now) {
        return now < until.getOrDefault(Server.of(target), now);
    }

    /** Returns the targets in their order, those that failed lately behind the others. */
    List<Target> order(List<Target> targets, long now) {
        if (until.isEmpty()) {
            return targets;
        }
        List<Target> well = new ArrayList<>();
        List<Target> ill = new ArrayList<>();
        for (Target target : targets) {
            (isOut(target, now) ? ill : well).add(target);
        }
        well.addAll(ill);
        return well;
    }
}
