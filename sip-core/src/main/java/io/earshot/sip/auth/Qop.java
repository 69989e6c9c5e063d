package io.earshot.sip.auth;

import java.util.Optional;

/** Quality of protection (RFC 7616 §3.3). */
public enum Qop {
    /** Method and URI are protected. */
    AUTH("auth"),
    /** The body as well. */
    AUTH_INT("auth-int");

    private final String token;

    Qop(String token) {
        this.token = token;
    }

    /** Returns the name as the {@code qop} parameter spells it. */
    public String token() {
        return token;
    }

    /** Returns the quality of that name, in any case, or empty when it is unknown. */
    public static Optional<Qop> parse(String token) {
        for (Qop qop : values()) {
            if (qop.token.equalsIgnoreCase(token)) {
                return Optional.of(qop);
            }
        }
        return Optional.empty();
    }
}
