package io.earshot.rtp.secure;

import io.earshot.api.id.IdSource;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Makes agreements on keys over the media port (ZRTP, RFC 6189). Found by {@link java.util.ServiceLoader}; optional: without one, calls
 * that want such keys cannot be made, and a peer's {@code a=zrtp-hash} says nothing.
 */
public interface ZrtpProvider {
    /**
     * Checks that {@link #exchange} can do what a policy wants.
     *
     * @throws IllegalArgumentException if the policy names suites of which ZRTP has none
     */
    void check(KeyPolicy policy);

    /**
     * Makes what is remembered of peers. One serves all calls of a phone; its media loop alone uses it.
     *
     * @param clock tells when secrets expire
     * @param shelf where they are kept over the end of the phone; what it has is read now
     */
    HandshakeIdentity memory(IdSource ids, InstantSource clock, SecretShelf shelf);

    /**
     * Makes the exchange of one media line. A policy that does not require encryption leaves a peer without ZRTP alone.
     *
     * @param policy of whose suites those that ZRTP has are taken
     * @param memory of {@link #memory}
     * @param worker runs arithmetic of some milliseconds
     * @throws IllegalArgumentException if the policy names suites of which ZRTP has none
     */
    HandshakeExchange exchange(KeyPolicy policy, HandshakeIdentity memory, IdSource ids, Executor worker);
}
