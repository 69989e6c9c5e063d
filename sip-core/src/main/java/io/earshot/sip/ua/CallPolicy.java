package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which extensions of calls are used; immutable.
 *
 * @param reliability of provisional responses (RFC 3262)
 * @param timers session timers (RFC 4028)
 * @param earlyMediaHeader whether the network's word on sound before the answer counts (RFC 5009), as in the trust domain of an operator
 * @param trickle whether candidates of ICE come and go one by one, by INFO (RFC 8840)
 */
public record CallPolicy(Reliability reliability, SessionTimers timers, boolean earlyMediaHeader, boolean trickle) {
    /** Calls as RFC 3261 has them. */
    public static final CallPolicy PLAIN = new CallPolicy(Reliability.NEVER, SessionTimers.OFF);

    /** What most peers understand: both, where the other side does. */
    public static final CallPolicy USUAL = new CallPolicy(Reliability.SUPPORTED, SessionTimers.DEFAULT);

    /** Makes a policy where the network has no say in early media. */
    public CallPolicy(Reliability reliability, SessionTimers timers) {
        this(reliability, timers, false);
    }

    /** Makes a policy without candidates one by one. */
    public CallPolicy(Reliability reliability, SessionTimers timers, boolean earlyMediaHeader) {
        this(reliability, timers, earlyMediaHeader, false);
    }

    /** Returns a copy whose calls take and tell candidates one by one, or not. */
    public CallPolicy withTrickle(boolean wanted) {
        return new CallPolicy(reliability, timers, earlyMediaHeader, wanted);
    }

    public CallPolicy {
        requireNonNull(reliability, "reliability");
        requireNonNull(timers, "timers");
    }

    /** Returns the policy of an account's calls. */
    static CallPolicy of(Context context, Optional<Account> account) {
        return account.flatMap(known -> known.settings().extras().calls()).orElse(context.config.calls());
    }

    /** Tells whether calls use an extension; those that no policy is about they do. */
    boolean uses(String option) {
        return switch (option) {
            case Tags.RELIABLE -> reliability != Reliability.NEVER;
            case Tags.TIMER -> timers.enabled();
            case Tags.TRICKLE -> trickle;
            default -> true;
        };
    }

    /** Returns the 420 to a call that requires what the engine knows and this policy forbids; empty when it is fine. */
    Optional<Response> refusal(Context context, ServerRequest request) {
        List<String> unused = Stream.of(Tags.RELIABLE, Tags.TIMER, Tags.TRICKLE)
            .filter(tag -> !uses(tag) && Tags.requires(request.request(), tag)).toList();
        return unused.isEmpty() ? Optional.empty() : Optional.of(context.reply(request, 420, context.token())
            .set(HeaderName.UNSUPPORTED, String.join(", ", unused)).build());
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
        if (trickle) {
            extensions.support(Tags.TRICKLE);
            extensions.receiveInfo(Tags.TRICKLE);
        }
        extensions.support(Tags.EARLY_END);
        extensions.support(Tags.FROM_CHANGE);
    }
}
