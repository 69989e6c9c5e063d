package io.earshot.sip.identity;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.SipMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a request or a response was sent (RFC 3326, RFC 6432).
 *
 * @param protocol {@code SIP}, {@code Q.850} or another word
 * @param cause a SIP status or a Q.850 cause; empty when there is none
 * @param text for people; may be empty
 */
public record Reason(String protocol, OptionalInt cause, String text) {
    /** Checks the parts. */
    public Reason {
        Fields.requireToken(protocol, "protocol of Reason");
        requireNonNull(cause, "cause");
        Fields.requireLine(text, "text of Reason");
    }

    /** Returns a reason with a SIP status. */
    public static Reason sip(int status, String text) {
        return new Reason("SIP", OptionalInt.of(status), text);
    }

    /** Returns a reason with a cause of ITU-T Q.850, 1 to 127. */
    public static Reason q850(int cause, String text) {
        return new Reason("Q.850", OptionalInt.of(cause), text);
    }

    /** Reads a value; empty when it is malformed. */
    public static Optional<Reason> parse(String value) {
        try {
            return Fields.item(value).map(item -> new Reason(item.head(), Fields.number(item.parameters().get("cause")),
                item.parameters().get("text").orElse("")));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Returns the reasons of a message, in order. */
    public static List<Reason> of(SipMessage message) {
        return Fields.all(message, HeaderName.REASON, Reason::parse);
    }

    /** Tells whether the call was taken by another phone of the same user: a CANCEL with this is no missed call (RFC 3326 §3.1). */
    public boolean isAnsweredElsewhere() {
        return protocol.equalsIgnoreCase("SIP") && cause.equals(OptionalInt.of(200))
            || text.toLowerCase(Locale.ROOT).contains("completed elsewhere");
    }

    /** Returns the value as it goes into the header. */
    @Override
    public String toString() {
        Parameters parameters = Fields.with(Parameters.NONE, "cause", cause);
        String quoted = text.isEmpty() ? "" : ";text=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return protocol + parameters + quoted;
    }
}
