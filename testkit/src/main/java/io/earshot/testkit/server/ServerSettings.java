package io.earshot.testkit.server;

import io.earshot.sip.auth.DigestServer;
import io.earshot.sip.transaction.Timers;
import java.util.Map;
import java.util.Set;

/**
 * How a test server behaves.
 *
 * @param domains the host names it is responsible for, in lower case, besides its own addresses
 * @param users names and passwords
 * @param scripted users whose calls are answered by the server itself
 */
record ServerSettings(Set<String> domains, Map<String, String> users, Map<String, Scripted> scripted, DigestServer.Settings digest,
        Lifetimes lifetimes, Proxying proxying, Timers timers) {
    ServerSettings {
        domains = Set.copyOf(domains);
        users = Map.copyOf(users);
        scripted = Map.copyOf(scripted);
    }

    /**
     * How long registrations live, in seconds.
     *
     * @param least shorter ones are refused with 423
     * @param usual what who does not ask gets
     * @param most longer ones are shortened
     */
    record Lifetimes(long least, long usual, long most) { }

    /**
     * How requests are forwarded.
     *
     * @param challengeCalls whether calls and messages of our users need credentials
     * @param challengeRegistrations whether registrations do
     * @param recordRoute whether the server stays on the path of dialogs
     * @param timerC nanoseconds that a call may ring (RFC 3261 §16.6 step 11)
     */
    record Proxying(boolean challengeCalls, boolean challengeRegistrations, boolean recordRoute, long timerC) { }

    /**
     * An answer prepared for whoever calls.
     *
     * @param header an additional header's name, empty for none
     */
    record Scripted(int status, String header, String value) { }
}
