package io.earshot.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The network as a phone sees it. A change — another address, a machine that woke up — is noticed by itself within seconds: accounts
 * register anew and calls move to the new address, and {@link PhoneEvent.NetworkChanged} tells. Safe for use by any thread.
 */
public interface PhoneNetwork {
    /** Tells whether this machine has an address that others can reach. */
    boolean isOnline();

    /** Returns this machine's IP addresses, those of the loopback interface left out. */
    List<String> addresses();

    /**
     * Asks the STUN servers of these settings, the first two, what kind of NAT stands in front of this machine. It takes up to 3 s. Servers
     * that cannot be found are as if they did not answer.
     *
     * @return the report; fails with {@link VoipException} where no server is named, or without the module {@code media-ice}
     */
    CompletableFuture<NatReport> natReport(Nat nat);

    /** Looks at once rather than at the next interval, and registers every account anew even if nothing has changed. */
    void check();
}
