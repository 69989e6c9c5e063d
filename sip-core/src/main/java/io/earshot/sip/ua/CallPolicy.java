package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;

/**
 * Which extensions of calls are used; immutable.
 *
 * @param reliability of provisional responses (RFC 3262)
 * @param timers session timers (RFC 4028)
 */
public record CallPolicy(Reliability reliability, SessionTimers timers) {
    /** Calls as RFC 3261 has them. */
    public static final CallPolicy PLAIN = new CallPolicy(Reliability.NEVER, SessionTimers.OFF);

    /** What most peers understand: both, where the other side does. */
    public static final CallPolicy USUAL = new CallPolicy(Reliability.SUPPORTED, SessionTimers.DEFAULT);

    public CallPolicy {
        requireNonNull(reliability, "reliability");
        requireNonNull(timers, "timers");
    }

    /** Says what calls understand. */
    void declare(Extensions extensions) {
        extensions.addInCalls(io.earshot.sip.message.SipMethod.UPDATE);
        if (reliability != Reliability.NEVER) {
            extensions.addInCalls(io.earshot.sip.message.SipMethod.PRACK);
            extensions.support(Tags.RELIABLE);
        }
        if (timers.enabled()) {
            extensions.support(Tags.TIMER);
        }
        extensions.support(Tags.EARLY_END);
        extensions.support(Tags.FROM_CHANGE);
    }
}
