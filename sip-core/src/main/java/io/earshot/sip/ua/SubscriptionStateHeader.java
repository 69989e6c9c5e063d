package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.Request;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Subscription-State header (RFC 6665 §8.2.3).
 *
 * @param state {@code active}, {@code pending} or {@code terminated}; what else there may be counts as active
 * @param expires seconds left
 * @param reason why it is terminated, in lower case; may be empty
 * @param retryAfter seconds to wait before another subscription
 */
record SubscriptionStateHeader(String state, OptionalLong expires, String reason, OptionalLong retryAfter) {
    /** Reads the header of a NOTIFY; empty when there is none. Parameters that cannot be read are left out. */
    static Optional<SubscriptionStateHeader> of(Request notify) {
        return notify.value(HeaderName.SUBSCRIPTION_STATE).map(SubscriptionStateHeader::read);
    }

    private static SubscriptionStateHeader read(String value) {
        String text = value.strip();
        int end = text.indexOf(';');
        String state = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        try {
            Parameters parameters = Parameters.parse(end < 0 ? "" : text.substring(end));
            return new SubscriptionStateHeader(state, number(parameters, "expires"),
                parameters.get("reason").orElse("").toLowerCase(Locale.ROOT), number(parameters, "retry-after"));
        } catch (IllegalArgumentException malformed) {
            return new SubscriptionStateHeader(state, OptionalLong.empty(), "", OptionalLong.empty());
        }
    }

    private static OptionalLong number(Parameters from, String name) {
        return from.get(name).map(Failures::leadingNumber).orElse(OptionalLong.empty());
    }

    boolean isTerminated() {
        return state.equals("terminated");
    }

    boolean isPending() {
        return state.equals("pending");
    }
}
