package io.earshot.srtp.dtls;

import java.util.Locale;
import java.util.Optional;

/** {@code a=setup}: who sends the first message (RFC 4145 §4, RFC 5763 §5). */
public enum Setup {
    /** Sends it: DTLS client. */
    ACTIVE,
    /** Waits for it: DTLS server. */
    PASSIVE,
    /** Either, the answerer decides. */
    ACTPASS,
    /** No association for now. */
    HOLDCONN;

    /** Parses the value of the attribute. */
    public static Optional<Setup> parse(String value) {
        for (Setup setup : values()) {
            if (setup.toString().equalsIgnoreCase(value.strip())) {
                return Optional.of(setup);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what we answer to this offer. To {@link #ACTPASS} it is active, as RFC 5763 §5 advises, because then media needs one trip
     * less; an association that lives on keeps its roles (RFC 8842 §5.3).
     */
    public Setup answer(Optional<Setup> role) {
        return switch (this) {
            case ACTIVE -> PASSIVE;
            case PASSIVE -> ACTIVE;
            case ACTPASS -> role.filter(ours -> ours == PASSIVE).orElse(ACTIVE);
            case HOLDCONN -> HOLDCONN;
        };
    }

    /** Returns the attribute's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
