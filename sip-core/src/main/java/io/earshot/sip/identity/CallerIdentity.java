package io.earshot.sip.identity;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipUri;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who sent a message: what it says of itself, and what the network asserts (RFC 3323, RFC 3325). Assertions count only from those we trust;
 * from others they are dropped unread (RFC 3325 §5).
 *
 * @param from as the sender writes it; verified by nobody
 * @param asserted P-Asserted-Identity, or Remote-Party-ID where a server has only that; empty when there is none or nobody we trust said so
 * @param privacy the words of Privacy, in lower case, as {@code id}
 */
public record CallerIdentity(NameAddr from, List<NameAddr> asserted, Set<String> privacy) {
    private static final Set<String> HIDING = Set.of("id", "user", "header");

    /** Checks the parts. */
    public CallerIdentity {
        requireNonNull(from, "from");
        asserted = List.copyOf(asserted);
        privacy = Set.copyOf(privacy);
    }

    /**
     * Reads a message.
     *
     * @param trusted whether it comes from somebody whose assertions count
     */
    public static CallerIdentity of(SipMessage message, boolean trusted) {
        List<NameAddr> asserted = trusted ? Fields.all(message, HeaderName.P_ASSERTED_IDENTITY, Fields::address) : List.of();
        List<NameAddr> remote = trusted ? Fields.all(message, HeaderName.REMOTE_PARTY_ID, Fields::address) : List.of();
        Optional<NameAddr> legacy = remote.stream()
            .filter(party -> party.parameters().get("party").map("calling"::equalsIgnoreCase).orElse(true)).findFirst();
        Set<String> privacy = words(message);
        boolean hidden = legacy.flatMap(party -> party.parameters().get("privacy"))
            .filter(word -> !word.equalsIgnoreCase("off")).isPresent();
        Set<String> all = hidden ? java.util.stream.Stream.concat(privacy.stream(), java.util.stream.Stream.of("id"))
            .collect(Collectors.toSet()) : privacy;
        return new CallerIdentity(message.from(), asserted.isEmpty() ? legacy.map(List::of).orElse(List.of()) : asserted, all);
    }

    private static Set<String> words(SipMessage message) {
        return message.values(HeaderName.PRIVACY).stream().flatMap(line -> Arrays.stream(line.split("[;,]", Fields.MOST)))
            .map(word -> word.strip().toLowerCase(Locale.ROOT)).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }

    /** Tells whether the caller wants not to be known, or is not. */
    public boolean isAnonymous() {
        boolean asked = privacy.stream().anyMatch(HIDING::contains) && !privacy.contains("none");
        boolean nobody = from.uri() instanceof SipUri sip && (sip.host().equalsIgnoreCase("anonymous.invalid")
            || sip.decodedUser().orElse("").equalsIgnoreCase("anonymous"));
        return asked || nobody && asserted.isEmpty();
    }

    /** Returns what to believe: the first assertion, or From when there is none. */
    public NameAddr best() {
        return asserted.isEmpty() ? from.withoutTag() : asserted.get(0);
    }
}
