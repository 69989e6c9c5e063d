package io.earshot.sdk.internal.call;

import io.earshot.api.calls.Redialling;
import io.earshot.sip.ua.EndCause;
import io.earshot.sip.ua.Failure;
import java.util.Optional;
import java.util.Set;

/** Whether a call of ours that failed is tried once more. Confined to the loop. */
final class Redialler {
    private static final Set<Integer> PASSING = Set.of(408, 500, 502, 503, 504);
    private static final Set<Integer> REJECTED = Set.of(400, 406, 420, 481, 491, 513);
    private static final Set<Integer> CODECS = Set.of(415, 488, 606);

    /** How to try again. */
    enum Way { SAME, OTHER_CODECS }

    private final Redialling wanted;
    private boolean used;

    Redialler(Redialling wanted) {
        this.wanted = wanted;
    }

    /** Returns how to try again; empty when the end is the end. */
    Optional<Way> after(EndCause cause) {
        Optional<Way> way = used ? Optional.empty() : way(cause);
        used |= way.isPresent();
        return way;
    }

    private Optional<Way> way(EndCause cause) {
        int status = cause instanceof Failure.Rejected rejected ? rejected.status() : 0;
        boolean silent = cause instanceof Failure.TimedOut || cause instanceof Failure.TransportFailed || PASSING.contains(status);
        if (wanted.otherCodecs() && CODECS.contains(status)) {
            return Optional.of(Way.OTHER_CODECS);
        }
        return wanted.onNoResponse() && silent || wanted.onReject() && REJECTED.contains(status) ? Optional.of(Way.SAME) : Optional.empty();
    }
}
