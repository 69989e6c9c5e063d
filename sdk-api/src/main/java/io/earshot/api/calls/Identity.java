package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an account has beside its address. Immutable; the {@code with} methods return changed copies.
 *
 * @param aliases further addresses or numbers that calls come for, {@code sip:user@domain} or a user at the account's domain
 * @param trusted IP addresses of peers whose P-Asserted-Identity and answer-mode headers count, beside the server that the account is
 *     registered at (RFC 3325 §5)
 * @param headers go into every request of the account outside calls, REGISTER and INVITE included, in order
 * @param presentation who peers see as the caller
 */
public record Identity(List<String> aliases, List<String> trusted, Map<String, String> headers, Presentation presentation) {
    /** No alias, nobody trusted but the account's own server, no header. */
    public static final Identity PLAIN = new Identity(List.of(), List.of(), Map.of(), Presentation.ACCOUNT);

    /** Copies the lists. */
    public Identity {
        aliases = Check.lines(aliases, "aliases");
        trusted = Check.lines(trusted, "trusted");
        headers = Check.headers(headers, "headers");
        requireNonNull(presentation, "presentation");
    }

    /** Returns a copy with one more address. */
    public Identity withAlias(String address) {
        return new Identity(Stream.concat(aliases.stream(), Stream.of(requireNonNull(address, "address"))).toList(),
                trusted, headers, presentation);
    }

    /** Returns a copy that trusts one more peer. */
    public Identity withTrusted(String ip) {
        return new Identity(aliases, Stream.concat(trusted.stream(), Stream.of(requireNonNull(ip, "ip"))).toList(), headers, presentation);
    }

    /** Returns a copy with one more header. */
    public Identity withHeader(String name, String value) {
        Map<String, String> more = Check.withHeader(headers, name, value);
        return new Identity(aliases, trusted, more, presentation);
    }

    /** Returns a copy that peers see as this. */
    public Identity withPresentation(Presentation shown) {
        return new Identity(aliases, trusted, headers, shown);
    }
}
