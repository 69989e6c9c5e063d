package io.earshot.api;

import java.util.Optional;

/**
 * A peer asks us to call somebody else (REFER). It can be accepted or refused, once, within 15 s; after that it is refused with 603. Safe
 * for use by any thread.
 */
public interface IncomingTransfer {
    /** Returns the account it came for. */
    Account account();

    /** Returns the call it was asked for in; empty for a request outside our calls, which anybody may send. */
    Optional<Call> call();

    /** Returns the address to call. */
    String target();

    /** Tells whether we are to take somebody's place in a call that the target has already (attended transfer). */
    boolean attended();

    /** Returns who asks, as the peer says (RFC 3892); not verified. */
    Optional<String> referredBy();

    /**
     * Calls the target, and tells the peer how that goes. With {@link #call()} the sound goes over to the new call, and the old one ends as
     * {@link TransferRules} say.
     *
     * @return the call to the target
     * @throws VoipException when it was decided before
     */
    Call accept();

    /**
     * Refuses.
     *
     * @param status 400 to 699
     * @throws VoipException when it was decided before, or the status is none
     */
    void reject(int status);

    /** Refuses with 603 (Decline). */
    default void reject() {
        reject(603);
    }
}
