package io.earshot.stir;

import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.identity.spi.CallerVerifier;
import io.earshot.api.identity.spi.CallerVerifierProvider;
import java.util.concurrent.Executor;

/** What {@link java.util.ServiceLoader} finds. */
public final class StirProvider implements CallerVerifierProvider {
    /** For the loader. */
    public StirProvider() {
    }

    @Override
    public String name() {
        return "stir";
    }

    @Override
    public CallerVerifier open(VerifierConfig config, Executor workers) {
        return new StirVerifier(config, new CertificateFetcher(config, workers), workers);
    }
}
