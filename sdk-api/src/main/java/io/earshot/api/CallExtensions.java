package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.util.Optional;

/**
 * What the calls of one account use beyond plain SIP, where that is not what the phone's other calls use. Immutable.
 *
 * @param reliability of ringing (RFC 3262); empty for {@link PhoneBuilder#reliability}
 * @param sessionTimers of established calls (RFC 4028); empty for {@link PhoneBuilder#sessionTimers}
 */
public record CallExtensions(Optional<Reliability> reliability, Optional<SessionTimers> sessionTimers) {
    /** As the phone's other calls. */
    public static final CallExtensions OF_PHONE = new CallExtensions(Optional.empty(), Optional.empty());

    public CallExtensions {
        requireNonNull(reliability, "reliability");
        requireNonNull(sessionTimers, "sessionTimers");
    }

    /** Returns a copy whose ringing is acknowledged so. */
    public CallExtensions withReliability(Reliability ringing) {
        return new CallExtensions(Optional.of(requireNonNull(ringing, "ringing")), sessionTimers);
    }

    /** Returns a copy whose calls have these timers. */
    public CallExtensions withSessionTimers(SessionTimers timers) {
        return new CallExtensions(reliability, Optional.of(requireNonNull(timers, "timers")));
    }
}
