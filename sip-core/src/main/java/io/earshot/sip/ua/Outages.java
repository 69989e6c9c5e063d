package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.resolve.Target;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers that failed a short while ago: they are tried last, so that not every request waits for them again (RFC 3263 §4.3). One failure
 * counts for half a minute, so that a server that was restarted is soon back in use, further ones in a row for ever longer, up to five
 * minutes; any answer heals.
 */
final class Outages {
    private static final long FIRST = 30 * Ticker.SECOND;
    private static final long LONGEST = 300 * Ticker.SECOND;
    private static final int MAX_ENTRIES = 64;

    private record Server(String protocol, InetSocketAddress address) {
        static Server of(Target target) {
            return new Server(target.protocol(), target.address());
        }
    }

    /** Until when a server is avoided, and for how long it was when it failed last. */
    private record Outage(long until, long length) { }

    private final Map<Server, Outage> outages = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Server, Outage> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /** Takes note of a server that is silent or not there. */
    void failed(Target target, long now) {
        Outage last = outages.get(Server.of(target));
        if (last == null || now >= last.until()) { // what fails twice within one outage, fails for the same reason
            long length = last == null ? FIRST : Math.min(LONGEST, 2 * last.length());
            outages.put(Server.of(target), new Outage(now + length, length));
        }
    }

    /** Takes note of a server that says itself for how long it is of no use, in ns (RFC 3261 §21.5.4). */
    void busy(Target target, long time, long now) {
        outages.put(Server.of(target), new Outage(now + Math.min(LONGEST, time), FIRST));
    }

    void answered(Target target) {
        outages.remove(Server.of(target));
    }

    /** Forgets everything: the network is another one. */
    void clear() {
        outages.clear();
    }

    /** Tells whether a server failed a short while ago. */
    boolean isOut(Target target, long now) {
        Outage outage = outages.get(Server.of(target));
        return outage != null && now < outage.until();
    }

    /** Returns the targets in their order, those that failed lately behind the others. */
    List<Target> order(List<Target> targets, long now) {
        if (outages.isEmpty()) {
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
