package io.earshot.srtp.sdes;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.srtp.SrtpSuite;
import java.util.Arrays;
import java.util.List;

/** Offers {@link SdesNegotiator} to a phone that does not name this module. */
public final class SdesProvider implements KeyExchangeProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SdesProvider() {
    }

    @Override
    public KeyExchange sdes(KeyPolicy policy, IdSource ids) {
        SecurityPolicy.Mode mode = SecurityPolicy.Mode.valueOf(policy.demand().name());
        List<SrtpSuite> suites = policy.suites().isEmpty() ? SecurityPolicy.DEFAULT_SUITES
            : policy.suites().stream().map(SdesProvider::suite).distinct().toList();
        return new SdesExchange(new SdesNegotiator(new SecurityPolicy(mode, suites, policy.allowsClearSignalling(), false), ids));
    }

    private static SrtpSuite suite(String name) {
        return SrtpSuite.named(name).orElseThrow(() -> new IllegalArgumentException("SRTP suite '" + name + "' is not one of "
            + Arrays.toString(SrtpSuite.values())));
    }
}
