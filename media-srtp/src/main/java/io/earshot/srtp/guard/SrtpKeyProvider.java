package io.earshot.srtp.guard;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeIdentity;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.dtls.DtlsExchange;
import io.earshot.srtp.dtls.DtlsIdentity;
import io.earshot.srtp.sdes.SdesExchange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/** Offers both ways to keys to a phone that does not name this module. */
public final class SrtpKeyProvider implements KeyExchangeProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SrtpKeyProvider() {
    }

    @Override
    public KeyExchange sdes(KeyPolicy policy, IdSource ids) {
        return SdesExchange.of(policy, suites(policy), ids);
    }

    @Override
    public HandshakeIdentity identity(IdSource ids, Instant today) {
        return DtlsIdentity.generate(ids, today);
    }

    @Override
    public HandshakeExchange dtls(KeyPolicy policy, HandshakeIdentity identity, IdSource ids, Executor worker) {
        return new DtlsExchange((DtlsIdentity) identity, profiles(policy), ids, worker);
    }

    @Override
    public void checkDtls(KeyPolicy policy) {
        profiles(policy);
    }

    private static List<SrtpSuite> profiles(KeyPolicy policy) {
        List<SrtpSuite> suites = suites(policy).stream().filter(suite -> suite.dtlsProfile() != 0).toList();
        if (suites.isEmpty() && !policy.suites().isEmpty()) {
            throw new IllegalArgumentException("SRTP suites " + policy.suites() + " have no DTLS profile;"
                + " take AES_CM_128 or AEAD_AES ones");
        }
        return suites;
    }

    /** Returns the suites that a policy names. */
    public static List<SrtpSuite> suites(KeyPolicy policy) {
        return policy.suites().stream().map(SrtpKeyProvider::suite).distinct().toList();
    }

    private static SrtpSuite suite(String name) {
        return SrtpSuite.named(name).orElseThrow(() -> new IllegalArgumentException("SRTP suite '" + name + "' is not one of "
            + Arrays.toString(SrtpSuite.values())));
    }
}
