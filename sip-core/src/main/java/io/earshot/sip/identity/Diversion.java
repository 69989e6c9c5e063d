package io.earshot.sip.identity;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A party that a call was diverted from (RFC 5806), the latest first.
 *
 * @param uri the diverting party
 * @param displayName its name; may be empty
 * @param reason {@code unconditional}, {@code user-busy}, {@code no-answer}, {@code deflection}, …; empty if not told
 * @param counter how many diversions this entry stands for; empty if not told
 * @param privacy {@code full}, {@code name}, {@code uri} or {@code off}; empty if not told
 */
public record Diversion(Uri uri, String displayName, String reason, OptionalInt counter, String privacy) {
    /** Checks the parts. */
    public Diversion {
        requireNonNull(uri, "uri");
        Fields.requireLine(displayName, "displayName");
        Fields.requireLine(reason, "reason");
        requireNonNull(counter, "counter");
        Fields.requireLine(privacy, "privacy");
    }

    /** Returns an entry that stands for one diversion. */
    public static Diversion of(Uri uri, String reason) {
        return new Diversion(uri, "", reason, OptionalInt.of(1), "");
    }

    /** Reads a value; empty when it is malformed. */
    public static Optional<Diversion> parse(String value) {
        try {
            return Fields.address(value).map(address -> new Diversion(address.uri(), address.displayName(),
                address.parameters().get("reason").orElse(""), Fields.number(address.parameters().get("counter")),
                address.parameters().get("privacy").orElse("")));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Returns the diversions of a message, the latest first. */
    public static List<Diversion> of(SipMessage message) {
        return Fields.all(message, HeaderName.DIVERSION, Diversion::parse);
    }

    /** Returns how often a message was diverted on its way, by what its entries count. */
    public static int count(SipMessage message) {
        return (int) Math.min(Integer.MAX_VALUE, of(message).stream().mapToLong(entry -> entry.counter().orElse(1)).sum());
    }

    /** Returns the value as it goes into the header. */
    @Override
    public String toString() {
        Parameters parameters = Fields.with(Fields.with(Fields.with(Parameters.NONE, "reason", reason), "privacy", privacy),
            "counter", counter);
        return new NameAddr(displayName, uri, parameters).toString();
    }
}
