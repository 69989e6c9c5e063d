package io.earshot.api.tunnel;

import java.net.InetAddress;

/**
 * Somebody came to a tunnel gateway, went, or was not let in. For logs, and for what shuts out those who guess keys.
 *
 * @param kind what happened
 * @param user as the visitor said; of one who was refused it need not exist, and is empty if it was not said
 * @param from the address that the visitor came from
 * @param reason a sentence without full stop; empty where there is nothing more to say
 */
public record TunnelVisit(Kind kind, String user, InetAddress from, String reason) {
    /** What happened. */
    public enum Kind {
        /** A session began. */
        ENTERED,
        /** A new connection took a session over. */
        RESUMED,
        /** A connection ended; its session is kept for a while. */
        LEFT,
        /** Somebody was not let in, or put out. */
        REFUSED
    }
}
