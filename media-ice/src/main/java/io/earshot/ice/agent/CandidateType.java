package io.earshot.ice.agent;

import java.util.Arrays;
import java.util.Optional;

/** Where a candidate comes from, with RFC 8445's recommended type preference. */
public enum CandidateType {
    /** An address of the machine itself. */
    HOST("host", 126),
    /** An address that a peer saw in a check. */
    PEER_REFLEXIVE("prflx", 110),
    /** An address that a STUN or TURN server saw. */
    SERVER_REFLEXIVE("srflx", 100),
    /** An address on a TURN server. */
    RELAYED("relay", 0);

    private final String token;
    private final int preference;

    CandidateType(String token, int preference) {
        this.token = token;
        this.preference = preference;
    }

    /** Returns its name in SDP. */
    public String token() {
        return token;
    }

    /** Finds a type by its name in SDP. */
    public static Optional<CandidateType> of(String token) {
        return Arrays.stream(values()).filter(type -> type.token.equalsIgnoreCase(token)).findFirst();
    }

    /** Returns the priority of RFC 8445 §5.1.2.1. */
    public long priority(int localPreference, int component) {
        return ((long) preference << 24) + ((long) localPreference << 8) + (256 - component);
    }
}
