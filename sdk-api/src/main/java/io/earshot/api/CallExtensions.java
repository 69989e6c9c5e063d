package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.util.Optional;

/**
 * What the calls of one account use beyond plain SIP, where that is not what the phone's other calls use. Immutable.
 *
 * @param reliability of ringing (RFC 3262); empty for {@link PhoneBuilder#reliability}
 * @param sessionTimers of established calls (RFC 4028); empty for {@link PhoneBuilder#sessionTimers}
 * @param earlyMediaHeader whether the server's word on sound before the answer counts (P-Early-Media, RFC 5009): sound that it does not
 *     authorize is not played, and ring-back is. For operators that one trusts; {@code false} plays whatever comes
 */
public record CallExtensions(Optional<Reliability> reliability, Optional<SessionTimers> sessionTimers, boolean earlyMediaHeader) {
    /** As the phone's other calls. */
    public static final CallExtensions OF_PHONE = new CallExtensions(Optional.empty(), Optional.empty(), false);

    public CallExtensions {
        requireNonNull(reliability, "reliability");
        requireNonNull(sessionTimers, "sessionTimers");
    }

    /** Returns a copy whose ringing is acknowledged so. */
    public CallExtensions withReliability(Reliability ringing) {
        return new CallExtensions(Optional.of(requireNonNull(ringing, "ringing")), sessionTimers, earlyMediaHeader);
    }

    /** Returns a copy whose calls have these timers. */
    public CallExtensions withSessionTimers(SessionTimers timers) {
        return new CallExtensions(reliability, Optional.of(requireNonNull(timers, "timers")), earlyMediaHeader);
    }

    /** Returns a copy where the server's word on early media counts, or does not. */
    public CallExtensions withEarlyMediaHeader(boolean counts) {
        return new CallExtensions(reliability, sessionTimers, counts);
    }
}
