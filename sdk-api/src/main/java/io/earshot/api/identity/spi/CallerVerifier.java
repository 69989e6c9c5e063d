package io.earshot.api.identity.spi;

import io.earshot.api.identity.CallerVerification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Verifies callers. Safe for several threads. */
public interface CallerVerifier extends AutoCloseable {
    /**
     * What an INVITE says of itself.
     *
     * @param callers the URIs the caller may be shown by: From, P-Asserted-Identity
     * @param called the URIs it is for: To and the Request-URI
     * @param date its Date header
     * @param received the wall clock when it came
     */
    record Facts(List<String> callers, List<String> called, Optional<Instant> date, Instant received) {
        public Facts {
            callers = List.copyOf(callers);
            called = List.copyOf(called);
        }
    }

    /**
     * Checks the Identity headers of a call. Never throws and never fails for what came from the network: the verdict says it.
     *
     * @param identities the values of the Identity headers, in order; not empty
     */
    CompletionStage<CallerVerification> verify(List<String> identities, Facts facts);

    @Override
    void close();
}
