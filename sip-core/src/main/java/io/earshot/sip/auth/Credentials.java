package io.earshot.sip.auth;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A user and what proves it: a password, or hashes made of one. Immutable; {@link #toString()} does not show the secret. */
public final class Credentials {
    private final String user;
    private final Optional<String> realm;
    private final Optional<String> password;
    private final Map<DigestAlgorithm, String> hashes;

    private Credentials(String user, Optional<String> realm, Optional<String> password, Map<DigestAlgorithm, String> hashes) {
        this.user = requireNonNull(user, "user");
        this.realm = realm;
        this.password = password;
        this.hashes = Collections.unmodifiableMap(hashes);
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the authentication user must not be empty");
        }
        requirePrintable(user, "authentication user");
        realm.ifPresent(text -> requirePrintable(text, "realm"));
    }

    private static void requirePrintable(String text, String what) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("the " + what + " holds a control character");
        }
    }

    /** Returns credentials for any realm that asks. Prefer those for one realm: a foreign server learns nothing then. */
    public static Credentials password(String user, String password) {
        return new Credentials(user, Optional.empty(), Optional.of(password), Map.of());
    }

    /** Returns credentials for one realm only, compared exactly. */
    public static Credentials password(String user, String realm, String password) {
        return new Credentials(user, Optional.of(realm), Optional.of(password), Map.of());
    }

    /**
     * Returns credentials without a password: HA1 = H(user:realm:password) was computed elsewhere.
     *
     * @param algorithm whose hash it is; that of {@code -sess} is the same
     * @throws IllegalArgumentException if the hash is not of the algorithm's length in hexadecimal digits; the message does not show it
     */
    public static Credentials ha1(String user, String realm, DigestAlgorithm algorithm, String ha1) {
        return new Credentials(user, Optional.of(realm), Optional.empty(), Map.of()).withHa1(algorithm, ha1);
    }

    /** Returns credentials with a pre-computed HA1 for whatever realm asks; only for settings that do not tell the realm. */
    public static Credentials ha1(String user, DigestAlgorithm algorithm, String ha1) {
        return new Credentials(user, Optional.empty(), Optional.empty(), Map.of()).withHa1(algorithm, ha1);
    }

    /** Returns a copy that also knows the HA1 of another algorithm. */
    public Credentials withHa1(DigestAlgorithm algorithm, String ha1) {
        Map<DigestAlgorithm, String> more = new EnumMap<>(DigestAlgorithm.class);
        more.putAll(hashes);
        more.put(algorithm.base(), algorithm.asHash(ha1).orElseThrow(() -> new IllegalArgumentException(
            "an HA1 of " + algorithm.token() + " has " + algorithm.hexLength() + " hexadecimal digits")));
        return new Credentials(user, realm, password, more);
    }

    /** Returns the user name for authentication. */
    public String user() {
        return user;
    }

    /** Returns the only realm these are for; empty when any may ask. */
    public Optional<String> realm() {
        return realm;
    }

    /** Tells whether a server of that realm may be answered. */
    boolean isFor(String asking) {
        return realm.isEmpty() || realm.get().equals(asking);
    }

    /** Returns H(user:realm:password), or empty when that hash is neither known nor can be made. */
    Optional<String> ha1(DigestAlgorithm algorithm, String asking) {
        return Optional.ofNullable(hashes.get(algorithm.base()))
            .or(() -> password.map(secret -> algorithm.ha1(user, asking, secret)));
    }

    /** Returns user and realm, never the secret. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", realm=" + realm.orElse("any") + ", secret=***]";
    }
}
