package io.earshot.api.identity.spi;

import io.earshot.api.identity.VerifierConfig;
import java.util.concurrent.Executor;

/** A way of verifying callers, found by {@link java.util.ServiceLoader}. */
public interface CallerVerifierProvider {
    /** Returns a short name for logs. */
    String name();

    /**
     * Opens a verifier.
     *
     * @param workers runs what blocks or takes long, such as fetching certificates
     */
    CallerVerifier open(VerifierConfig config, Executor workers);
}
