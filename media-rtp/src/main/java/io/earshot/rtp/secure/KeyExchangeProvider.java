package io.earshot.rtp.secure;

import io.earshot.api.id.IdSource;
import java.time.Instant;
import java.util.concurrent.Executor;

/** Makes key exchanges. Found by {@link java.util.ServiceLoader}: without one, media is never encrypted. */
public interface KeyExchangeProvider {
    /**
     * Makes the exchange of one media line.
     *
     * @param ids where keys come from: {@link IdSource#secure()} outside tests
     * @throws IllegalArgumentException if the policy names a suite that is not known here; the message names it and those that are
     */
    KeyExchange sdes(KeyPolicy policy, IdSource ids);

    /**
     * Checks that {@link #dtls} can do what a policy wants.
     *
     * @throws IllegalArgumentException if the policy names suites of which DTLS has none
     */
    void checkDtls(KeyPolicy policy);

    /** Makes a certificate for {@link #dtls}. Takes some milliseconds: not on a loop. One may serve all calls of a phone. */
    HandshakeIdentity identity(IdSource ids, Instant today);

    /**
     * Makes the exchange of fingerprints of one media line.
     *
     * @param policy of whose suites those that DTLS has are taken
     * @param identity our certificate, of {@link #identity}
     * @param ids where the names of associations come from
     * @param worker runs tasks that block for the length of a handshake
     * @throws IllegalArgumentException if the policy names suites of which DTLS has none
     */
    HandshakeExchange dtls(KeyPolicy policy, HandshakeIdentity identity, IdSource ids, Executor worker);
}
