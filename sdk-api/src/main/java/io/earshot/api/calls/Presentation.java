package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.Optional;

/**
 * Who peers see as the caller. Immutable; the {@code with} methods return changed copies.
 *
 * @param number a user, number or SIP address to show instead of the account's own; servers may refuse one that is not ours
 * @param displayName a name to show instead of the account's own
 * @param hidden whether the number is hidden: an anonymous From, {@code Privacy: id}, and the identity for our server alone (RFC 3323,
 *     RFC 3325)
 * @param place which header says the number
 */
public record Presentation(Optional<String> number, Optional<String> displayName, boolean hidden, Place place) {
    /** Which header says who calls. */
    public enum Place {
        /** From alone. */
        FROM,
        /** P-Preferred-Identity; From stays the account's own. */
        PREFERRED,
        /** P-Asserted-Identity, for trunks that trust us; From stays the account's own. */
        ASSERTED,
        /** Remote-Party-ID, for old servers; From stays the account's own. */
        REMOTE_PARTY
    }

    /** The account's own address and name. */
    public static final Presentation ACCOUNT = new Presentation(Optional.empty(), Optional.empty(), false, Place.FROM);

    /** Checks the parts. */
    public Presentation {
        Check.filled(number, "number");
        Check.line(displayName, "displayName");
        requireNonNull(place, "place");
    }

    /** Returns a copy that shows this number or address. */
    public Presentation withNumber(String shown) {
        return new Presentation(Optional.of(requireNonNull(shown, "shown")), displayName, hidden, place);
    }

    /** Returns a copy that shows this name. */
    public Presentation withDisplayName(String shown) {
        return new Presentation(number, Optional.of(requireNonNull(shown, "shown")), hidden, place);
    }

    /** Returns a copy that hides the number. */
    public Presentation withHidden() {
        return new Presentation(number, displayName, true, place);
    }

    /** Returns a copy that says the number in another header. */
    public Presentation in(Place header) {
        return new Presentation(number, displayName, hidden, header);
    }
}
