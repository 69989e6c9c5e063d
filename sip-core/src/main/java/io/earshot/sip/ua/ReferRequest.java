package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;

/**
 * Whom the other side is to call, and how to ask it.
 *
 * @param target Refer-To: with Replaces among its headers for an attended transfer, see {@link Transfers#replacing}
 * @param referredBy who asks (RFC 3892); empty for the account's address
 * @param subscribe whether to be told how it goes; {@code false} asks for none of that (RFC 4488)
 * @param newDialog whether to ask outside the call's dialog, naming it in Target-Dialog (RFC 4538)
 * @param headers further headers of the REFER
 */
public record ReferRequest(Uri target, Optional<NameAddr> referredBy, boolean subscribe, boolean newDialog, List<ExtraHeader> headers) {
    public ReferRequest {
        requireNonNull(target, "target");
        requireNonNull(referredBy, "referredBy");
        headers = List.copyOf(headers);
    }

    /** Returns a request that follows how the transfer goes, within the call's dialog. */
    public static ReferRequest to(Uri target) {
        return new ReferRequest(target, Optional.empty(), true, false, List.of());
    }

    /** Returns a copy that does not want to know how it goes. */
    public ReferRequest withoutSubscription() {
        return new ReferRequest(target, referredBy, false, newDialog, headers);
    }

    /** Returns a copy that goes outside the call's dialog. */
    public ReferRequest inNewDialog() {
        return new ReferRequest(target, referredBy, subscribe, true, headers);
    }

    /** Returns a copy with another Referred-By. */
    public ReferRequest withReferredBy(NameAddr who) {
        return new ReferRequest(target, Optional.of(who), subscribe, newDialog, headers);
    }
}
