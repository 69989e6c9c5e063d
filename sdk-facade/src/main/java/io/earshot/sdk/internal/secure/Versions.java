package io.earshot.sdk.internal.secure;

import io.earshot.sip.sdp.Origin;
import io.earshot.sip.sdp.SessionDescription;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The version in the {@code o=} line of what leaves us: one more with each change (RFC 3264 §8), the change of a key included, of which the
 * negotiation of sound knows nothing. Confined to the signalling loop.
 */
final class Versions {
    private Optional<SessionDescription> last = Optional.empty();

    /** Returns the description with the version that it has to have. */
    SessionDescription stamp(SessionDescription next) {
        SessionDescription stamped = next;
        if (last.isPresent()) {
            Origin before = last.get().origin();
            if (next.withOrigin(before).equals(last.get())) {
                return last.get();
            }
            Origin now = next.origin();
            boolean grown = new BigInteger(now.version()).compareTo(new BigInteger(before.version())) > 0;
            stamped = grown ? next : next.withOrigin(new Origin(now.username(), now.sessionId(), before.next().version(), now.addressType(),
                    now.address()));
        }
        last = Optional.of(stamped);
        return stamped;
    }
}
