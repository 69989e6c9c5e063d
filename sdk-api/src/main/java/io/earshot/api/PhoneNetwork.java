package io.earshot.api;

import java.util.List;

/**
 * The network as a phone sees it. A change — another address, a machine that woke up — is noticed by itself within seconds: accounts
 * register anew and calls move to the new address, and {@link PhoneEvent.NetworkChanged} tells. Safe for use by any thread.
 */
public interface PhoneNetwork {
    /** Tells whether this machine has an address that others can reach. */
    boolean isOnline();

    /** Returns this machine's IP addresses, those of the loopback interface left out. */
    List<String> addresses();

    /** Looks at once rather than at the next interval, and registers every account anew even if nothing has changed. */
    void check();
}
