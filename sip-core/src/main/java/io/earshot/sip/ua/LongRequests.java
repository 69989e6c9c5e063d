package io.earshot.sip.ua;

import io.earshot.sip.resolve.Target;
import io.earshot.sip.transaction.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * RFC 3261 §18.1.1: a request over 1300 bytes must not go by UDP, whose fragments get lost, but by TCP to the same server, and by UDP
 * after all if that fails. With no TCP transport of our own UDP is all there is.
 */
final class LongRequests {
    /** The most that goes by UDP while the path's MTU is not known. */
    static final int MOST = 1_300;
    /** What the Via takes that is still to come, but for our address: {@code Via: SIP/2.0/UDP :5060;branch=z9hG4bK…;rport}. */
    private static final int VIA = 75;

    private LongRequests() {
    }

    /**
     * Returns the targets, with one by TCP put before that at {@code next} if this goes by UDP and the request is too long for it. Once
     * that has been tried, or has failed lately, everything stays as it is.
     *
     * @param size of the request over a hop, without Via
     */
    static List<Target> route(Context context, List<Target> targets, int next, ToIntFunction<Hop> size, long now) {
        Target target = targets.get(next);
        if (!target.protocol().equals("UDP") || context.traits("TCP").isEmpty()) {
            return targets;
        }
        Target instead = new Target("TCP", target.address(), target.host());
        boolean tried = next > 0 && targets.get(next - 1).equals(instead);
        Optional<Hop> way = context.hop(target);
        if (tried || way.isEmpty() || context.outages.isOut(instead, now) || context.hop(instead).isEmpty()
                || size.applyAsInt(way.get()) + VIA + way.get().sentByHost().length() <= MOST) {
            return targets;
        }
        List<Target> longer = new ArrayList<>(targets);
        longer.add(next, instead);
        return longer;
    }
}
