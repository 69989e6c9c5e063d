package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.resolve.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of several servers of one name somebody stays with: a domain's registrar, so that calls go where we are registered, and the
 * server of a call, by its Call-ID, so that its ACK and BYE go where its INVITE went.
 */
final class Stickiness {
    private static final int MAX_ENTRIES = 4096;

    private record Choice(Target target, long until) { }

    private final Map<String, Choice> choices = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Choice> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /**
     * Stays with a server for a domain, at most until then: who comes to it after others leaves it with them, or nobody ever would.
     *
     * @return until when it is
     */
    long registered(Target target, long until, long now) {
        Choice known = choices.get(domain(target));
        boolean same = known != null && known.target().equals(target) && now < known.until() && until != Ticker.NEVER;
        Choice choice = same ? known : new Choice(target, until);
        choices.put(domain(target), choice);
        return choice.until();
    }

    /** Stays with a server for a call. */
    void inCall(String callId, Target target) {
        choices.put(callId, new Choice(target, Ticker.NEVER));
    }

    void clear() {
        choices.clear();
    }

    /** Returns the best of these: the first, unless we stay with another for good. */
    Target best(List<Target> targets) {
        Choice choice = choices.get(domain(targets.get(0)));
        return choice != null && choice.until() == Ticker.NEVER && targets.contains(choice.target()) ? choice.target() : targets.get(0);
    }

    /** Returns the targets in their order, but first the one that this call, or else this domain, stays with. */
    List<Target> order(String callId, List<Target> targets, long now) {
        if (targets.size() < 2) {
            return targets;
        }
        Choice choice = choices.getOrDefault(callId, choices.get(domain(targets.get(0))));
        if (choice == null || now >= choice.until() || !targets.contains(choice.target())) {
            return targets;
        }
        List<Target> sorted = new ArrayList<>(targets);
        sorted.remove(choice.target());
        sorted.add(0, choice.target());
        return sorted;
    }

    private static String domain(Target target) {
        return "@" + target.host();
    }
}
