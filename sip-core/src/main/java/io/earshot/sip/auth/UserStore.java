package io.earshot.sip.auth;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where {@link DigestServer} finds a user's secret. */
@FunctionalInterface
public interface UserStore {
    /** Returns the credentials of a user, or empty when there is no such user. */
    Optional<Credentials> find(String user);

    /**
     * Returns the credentials of the user whose hash came in place of the name (RFC 7616 §3.4.4); empty unless the store can search so.
     *
     * @param userhash H(user:realm) in lower-case hexadecimal digits
     */
    default Optional<Credentials> findHashed(String userhash, DigestAlgorithm algorithm, String realm) {
        return Optional.empty();
    }

    /** Returns a store of fixed content, which can also search by hash. */
    static UserStore of(Collection<Credentials> users) {
        Map<String, Credentials> byName = new LinkedHashMap<>();
        users.forEach(one -> byName.put(one.user(), one));
        return new UserStore() {
            @Override
            public Optional<Credentials> find(String user) {
                return Optional.ofNullable(byName.get(user));
            }

            @Override
            public Optional<Credentials> findHashed(String userhash, DigestAlgorithm algorithm, String realm) {
                return byName.values().stream().filter(one -> algorithm.hash(one.user() + ":" + realm).equals(userhash)).findFirst();
            }
        };
    }
}
