package io.earshot.ice.agent;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;

/**
 * {@code ice-ufrag} and {@code ice-pwd}. Printing them reveals no password.
 *
 * @param ufrag 4 to 256 characters
 * @param password 22 to 256 characters
 */
public record IceCredentials(String ufrag, String password) {
    /** Checks the lengths (RFC 8839 §5.4). */
    public IceCredentials {
        requireNonNull(ufrag);
        requireNonNull(password);
        if (ufrag.length() < 4 || ufrag.length() > 256 || password.length() < 22 || password.length() > 256) {
            throw new IllegalArgumentException("ice-ufrag has 4 to 256 characters and ice-pwd 22 to 256, not " + ufrag.length()
                + " and " + password.length());
        }
    }

    /** Returns fresh ones: 40 and 130 random bits. */
    public static IceCredentials fresh(IdSource ids) {
        return new IceCredentials(ids.token(40), ids.token(130));
    }

    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
