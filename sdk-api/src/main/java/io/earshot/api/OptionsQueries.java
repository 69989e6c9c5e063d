package io.earshot.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** OPTIONS from an account: what others can do, and whether they are still there. Safe for use by any thread. */
public interface OptionsQueries {
    /**
     * Asks somebody what it can do.
     *
     * @param target what {@link Account#dial(String)} takes, or {@code sip:example.com} for a server
     * @return fails with {@link VoipException} when there is no answer; any answer is one, a refusal too
     */
    CompletableFuture<PeerCapabilities> ask(String target);

    /**
     * Asks the account's server again and again; without an answer the way to it counts as lost, and the account registers anew.
     *
     * @param interval 3 s to 1 h; zero stops it
     */
    void keepAlive(Duration interval);

    /**
     * Does the same with other requests, or at other intervals over connections. One of both is in use, the last one set. Answers that
     * refuse the request are answers.
     */
    void keepAlive(ServerPing ping);

    /**
     * Asks a peer again and again; {@link PhoneEvent.PeerReachable} tells when it comes or goes.
     *
     * @param interval 3 s to 1 h; zero stops it
     */
    void watch(String target, Duration interval);
}
