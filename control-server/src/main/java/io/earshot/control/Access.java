package io.earshot.control;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may drive the phone. Clients on this machine may, when there is no token; others need the token, and an address that is allowed.
 *
 * @param token what every request must prove to know; empty for none, which only a server on a loopback address may have
 * @param allowed addresses of other machines; empty for any
 * @param hosts names by which web clients may address the server, besides localhost and IP addresses
 * @param origins of web pages that may use it, besides its own; for example {@code https://app.example.com}
 */
public record Access(Optional<String> token, List<AddressRange> allowed, Set<String> hosts, Set<String> origins) {
    /** This machine only, no token. */
    public static final Access LOCAL = new Access(Optional.empty(), List.of(), Set.of(), Set.of());

    public Access {
        allowed = List.copyOf(allowed);
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
        if (token.filter(secret -> secret.length() < 16).isPresent()) {
            throw new IllegalArgumentException("controltoken is too short: at least 16 characters are wanted");
        }
    }

    /** Returns the same with a token. */
    public Access withToken(String secret) {
        return new Access(Optional.of(secret), allowed, hosts, origins);
    }

    /** Returns the same with other origins. */
    public Access withOrigins(Set<String> other) {
        return new Access(token, allowed, hosts, other);
    }

    @Override
    public String toString() {
        return "Access[token=" + (token.isPresent() ? "***" : "none") + ", allowed=" + allowed + ", hosts=" + hosts + ", origins=" + origins
                + "]";
    }
}
