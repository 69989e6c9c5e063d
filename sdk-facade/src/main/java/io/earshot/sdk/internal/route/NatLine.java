package io.earshot.sdk.internal.route;

import io.earshot.api.NatKind;
import io.earshot.sip.sdp.Attribute;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;

/** The kind of a NAT in SDP, as PJSIP writes it: {@code a=X-nat:5 Full Cone}. */
public enum NatLine {
    /** Public, and nothing is filtered. */
    OPEN(NatKind.OPEN, 2, "Open"),
    /** No answer to UDP. */
    BLOCKED(NatKind.BLOCKED, 3, "Blocked"),
    /** Public, behind a filter. */
    FIREWALL(NatKind.FIREWALL, 4, "Symmetric UDP"),
    /** One mapping, no filter. */
    FULL_CONE(NatKind.FULL_CONE, 5, "Full Cone"),
    /** A mapping for each destination. */
    SYMMETRIC(NatKind.SYMMETRIC, 6, "Symmetric"),
    /** One mapping, a filter of addresses. */
    RESTRICTED(NatKind.ADDRESS_RESTRICTED, 7, "Restricted"),
    /** One mapping, a filter of ports. */
    PORT_RESTRICTED(NatKind.PORT_RESTRICTED, 8, "Port Restricted");

    private static final String NAME = "X-nat";

    private final NatKind kind;
    private final int number;
    private final String words;

    NatLine(NatKind kind, int number, String words) {
        this.kind = kind;
        this.number = number;
        this.words = words;
    }

    /** Returns what tells a kind; a cone of which nobody could tell more is unknown there. */
    public static SessionDescription tell(SessionDescription ours, NatKind kind) {
        for (NatLine one : values()) {
            if (one.kind == kind) {
                return ours.with(Attribute.of(NAME, one.number + " " + one.words));
            }
        }
        return ours.with(Attribute.of(NAME, "0 Unknown"));
    }

    /** Returns what a peer tells; the number counts. */
    public static Optional<NatKind> read(SessionDescription theirs) {
        String value = theirs.attribute(NAME).map(Attribute::value).orElse("").strip();
        for (NatLine one : values()) {
            if (value.matches(one.number + "( .*)?")) {
                return Optional.of(one.kind);
            }
        }
        return Optional.empty();
    }
}
