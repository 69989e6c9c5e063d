package io.earshot.rtp.route;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What to find routes with.
 *
 * @param stun servers that tell how others see us, resolved
 * @param relays servers that pass media on, best first
 * @param relayOnly whether nothing but relays is used, so that peers do not learn our addresses
 * @param gathering how long an offer or answer waits for candidates
 */
public record RouteConfig(List<InetSocketAddress> stun, List<Relay> relays, boolean relayOnly, Duration gathering) {
    /** A relay, resolved, and our account there; printing it reveals no password. */
    public record Relay(InetSocketAddress server, String user, String password, Transport transport) {
        /** How it is reached. */
        public enum Transport { UDP, TCP, TLS }

        @Override
        public String toString() {
            return "Relay[" + user + " at " + server + ']';
        }
    }

    /** Copies the lists. */
    public RouteConfig {
        stun = List.copyOf(stun);
        relays = List.copyOf(relays);
        requireNonNull(gathering);
    }
}
