package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * By which rules a phone takes and makes calls, without asking its program. Immutable; the {@code with} methods return changed copies, and
 * {@link io.earshot.api.Phone#callRules(CallRules)} puts one into force at any time. The default does nothing unasked.
 *
 * <p>A call that comes in passes, in this order: the limit of calls, the black list, the target check, the rewrite rules, do not disturb,
 * forwarding always, forwarding or refusal while busy; then it rings, is answered by itself, or is forwarded when nobody answers.
 *
 * @param screening which calls do not get through
 * @param forwarding where calls are sent on
 * @param autoAnswer which calls are answered without a person
 * @param limits how many calls, and how long
 * @param dialling how dialled numbers become addresses, and which may be called
 * @param redialling which calls of ours that fail are tried again
 */
public record CallRules(Screening screening, Forwarding forwarding, AutoAnswer autoAnswer, CallLimits limits, Dialling dialling,
        Redialling redialling) {
    /** Every call rings, nothing is changed. */
    public static final CallRules NONE = new CallRules(Screening.NONE, Forwarding.NONE, AutoAnswer.NEVER, CallLimits.NONE,
            Dialling.PLAIN, Redialling.NEVER);

    /** Checks the parts. */
    public CallRules {
        requireNonNull(screening, "screening");
        requireNonNull(forwarding, "forwarding");
        requireNonNull(autoAnswer, "autoAnswer");
        requireNonNull(limits, "limits");
        requireNonNull(dialling, "dialling");
        requireNonNull(redialling, "redialling");
    }

    /** Returns a copy with this screening. */
    public CallRules with(Screening changed) {
        return new CallRules(changed, forwarding, autoAnswer, limits, dialling, redialling);
    }

    /** Returns a copy with this forwarding. */
    public CallRules with(Forwarding changed) {
        return new CallRules(screening, changed, autoAnswer, limits, dialling, redialling);
    }

    /** Returns a copy with this automatic answer. */
    public CallRules with(AutoAnswer changed) {
        return new CallRules(screening, forwarding, changed, limits, dialling, redialling);
    }

    /** Returns a copy with these limits. */
    public CallRules with(CallLimits changed) {
        return new CallRules(screening, forwarding, autoAnswer, changed, dialling, redialling);
    }

    /** Returns a copy that dials so. */
    public CallRules with(Dialling changed) {
        return new CallRules(screening, forwarding, autoAnswer, limits, changed, redialling);
    }

    /** Returns a copy that redials so. */
    public CallRules with(Redialling changed) {
        return new CallRules(screening, forwarding, autoAnswer, limits, dialling, changed);
    }
}
