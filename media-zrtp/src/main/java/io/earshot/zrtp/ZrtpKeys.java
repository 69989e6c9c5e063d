package io.earshot.zrtp;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeIdentity;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.rtp.secure.SecretShelf;
import io.earshot.rtp.secure.ZrtpProvider;
import io.earshot.srtp.guard.SrtpKeyProvider;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Offers ZRTP to a phone that does not name this module. */
public final class ZrtpKeys implements ZrtpProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ZrtpKeys() {
    }

    @Override
    public void check(KeyPolicy policy) {
        ZrtpPreferences.of(SrtpKeyProvider.suites(policy));
    }

    @Override
    public HandshakeIdentity memory(IdSource ids, InstantSource clock, SecretShelf shelf) {
        return new ZrtpCache(ids, clock, shelf);
    }

    @Override
    public HandshakeExchange exchange(KeyPolicy policy, HandshakeIdentity memory, IdSource ids, Executor worker) {
        boolean required = policy.demand() == KeyPolicy.Demand.REQUIRED;
        return new ZrtpExchange((ZrtpCache) memory, new ZrtpSession.Settings(SrtpKeyProvider.suites(policy), required), ids, worker);
    }
}
