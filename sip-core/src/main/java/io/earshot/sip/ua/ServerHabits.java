package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

/**
 * How an account meets the habits of its server; immutable. {@link #STANDARD} is what RFC 3261 says.
 *
 * @param leave whether the binding is removed when the account is no longer to be registered (§10.2.2); without, it ends by its expiry
 * @param replace whether a binding of ours at another address is removed with the REGISTER that makes the new one
 * @param expiry whose word on the life of a binding counts
 * @param challenges which challenges are answered with credentials; others fail the request
 */
public record ServerHabits(boolean leave, boolean replace, Expiry expiry, Challenges challenges) {
    /** What RFC 3261 says. */
    public static final ServerHabits STANDARD = new ServerHabits(true, true, Expiry.CONTACT, Challenges.ALL);

    /** Whose word on the life of a binding counts. */
    public enum Expiry {
        /** The expires parameter of our Contact in the answer, else its Expires header, else what we asked for (§10.3). */
        CONTACT,
        /** The Expires header of the answer, else as {@link #CONTACT}. */
        HEADER,
        /** What we asked for, whatever the server grants. */
        OURS
    }

    /** Which challenges are answered. */
    public enum Challenges {
        /** Every one. */
        ALL,
        /** Those of proxies, 407. */
        PROXY,
        /** Those of the server itself, 401. */
        SERVER
    }

    public ServerHabits {
        requireNonNull(expiry, "expiry");
        requireNonNull(challenges, "challenges");
    }

    boolean answers(int status) {
        return challenges == Challenges.ALL || (status == 407) == (challenges == Challenges.PROXY);
    }
}
