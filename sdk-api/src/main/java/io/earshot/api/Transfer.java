package io.earshot.api;

import java.util.concurrent.CompletableFuture;

/**
 * A transfer that we asked for: the peer of a call is to talk to somebody else (RFC 3515, RFC 5589). How it goes on is told by the call's
 * {@link CallEvent.TransferProgress}, its outcome by {@link CallEvent.Transferred} or {@link CallEvent.TransferFailed}, and by this. Safe
 * for use by any thread.
 */
public interface Transfer {
    /** Returns whom the peer is to call. */
    String target();

    /**
     * Completes with the SIP status of the target's answer, 200 as a rule, or 202 when the peer agreed but does not tell the outcome; fails
     * with {@link VoipException} when the peer refuses or the target does not answer. The call is then as it was before.
     */
    CompletableFuture<Integer> done();

    /**
     * Waits for the outcome.
     *
     * @return the status of {@link #done()}
     * @throws VoipException when the transfer fails
     */
    int await();
}
