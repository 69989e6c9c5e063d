package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * Which way the sound of a call goes, and what was not let in on it. Immutable.
 *
 * @param local what our end of the way is
 * @param remote what the peer's end is; {@link End#SIGNALLED} without ICE
 * @param peer where packets are sent to, {@code address:port}; empty before that is known
 * @param refused what came and was dropped, since the call began
 */
public record CallPath(End local, End remote, String peer, Refused refused) {
    /** Nothing is known yet. */
    public static final CallPath NONE = new CallPath(End.SIGNALLED, End.SIGNALLED, "", Refused.NOTHING);

    /** What one end of a way is (RFC 8445 §5.1.1). */
    public enum End {
        /** The address that the SDP says. */
        SIGNALLED("direct"),
        /** An address of the machine itself. */
        HOST("host"),
        /** What a STUN server sees of it, in front of a NAT. */
        SERVER_REFLEXIVE("srflx"),
        /** What the other end sees of it, in front of a NAT. */
        PEER_REFLEXIVE("prflx"),
        /** An address at a relay. */
        RELAYED("relay"),
        /** A socket at our tunnel gateway. */
        TUNNEL("tunnel"),
        /** A socket of ours behind a SOCKS proxy that carries datagrams. */
        PROXY("proxy");

        private final String word;

        End(String word) {
            this.word = word;
        }

        /** Returns its short name, as ICE writes it in SDP. */
        public String word() {
            return word;
        }
    }

    /**
     * What was dropped. Each packet counts once.
     *
     * @param strangers packets of senders that are not the peer: that proved nothing, with ICE; that came from elsewhere than it, without
     * @param unprotected packets that were not encrypted as agreed: in clear, of another key, changed on the way, or replayed
     * @param stun STUN messages that were broken, of the wrong password or of none, answers that nobody had asked for, and what relays
     * sent of others
     * @param handshake what came of DTLS and ZRTP that no handshake of ours was waiting for: broken, of strangers, of another
     * association, out of
     *     turn, and alerts in clear, which anybody can forge
     * @param malformed packets of RTP and RTCP that were broken
     */
    public record Refused(long strangers, long unprotected, long stun, long handshake, long malformed) {
        /** Nothing was dropped. */
        public static final Refused NOTHING = new Refused(0, 0, 0, 0, 0);

        /** Returns all of it together. */
        public long total() {
            return strangers + unprotected + stun + handshake + malformed;
        }
    }

    public CallPath {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
        requireNonNull(peer, "peer");
        requireNonNull(refused, "refused");
    }

    /**
     * Returns both ends in short, as {@code host-srflx}, {@code tunnel-relay}; {@code direct}, {@code tunnel} and {@code proxy} without
     * ICE.
     */
    public String name() {
        return remote == End.SIGNALLED ? local.word() : local.word() + "-" + remote.word();
    }
}
