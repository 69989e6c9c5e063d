package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * How an account meets the habits of its server, where those are not RFC 3261's. Immutable; start from {@link #STANDARD}.
 *
 * @param unregister whether the registration is removed when it is no longer wanted; without, it ends by its expiry
 * @param replace whether a registration of ours at another address is removed together with the new one
 * @param expiry whose word on the life of a registration counts
 * @param challenges which challenges are answered with credentials
 */
public record ServerHabits(boolean unregister, boolean replace, Expiry expiry, Challenges challenges) {
    /** What RFC 3261 says. */
    public static final ServerHabits STANDARD = new ServerHabits(true, true, Expiry.CONTACT, Challenges.ALL);

    /** Whose word on the life of a registration counts. */
    public enum Expiry {
        /** What the server says of our Contact, else of all (RFC 3261 §10.3). */
        CONTACT,
        /** What the server says of all, in the Expires header, else of our Contact. */
        HEADER,
        /** What we asked for, whatever the server grants. */
        OURS
    }

    /** Which challenges are answered with credentials; others fail the request with a failure that says so. */
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

    /** Returns a copy that removes its registration at the end or not. */
    public ServerHabits withUnregister(boolean leave) {
        return new ServerHabits(leave, replace, expiry, challenges);
    }

    /** Returns a copy that removes a registration of ours at another address or not. */
    public ServerHabits withReplace(boolean old) {
        return new ServerHabits(unregister, old, expiry, challenges);
    }

    /** Returns a copy that believes this word on the life of a registration. */
    public ServerHabits withExpiry(Expiry whose) {
        return new ServerHabits(unregister, replace, whose, challenges);
    }

    /** Returns a copy that answers these challenges only. */
    public ServerHabits withChallenges(Challenges which) {
        return new ServerHabits(unregister, replace, expiry, which);
    }
}
