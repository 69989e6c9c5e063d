package io.earshot.sip.identity;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.SipMessage;
import java.util.List;
import java.util.Optional;

/**
 * A value of Call-Info, Alert-Info or Error-Info (RFC 3261 §20.4, §20.9, §20.18). It is never fetched by itself.
 *
 * @param target the URI as sent, or the bare word that old phones send
 * @param parameters as {@code purpose=icon} or {@code info=alert-autoanswer}
 */
public record InfoLink(String target, Parameters parameters) {
    /** Reads a value; empty when it is malformed. */
    public static Optional<InfoLink> parse(String value) {
        String text = value.strip();
        boolean bare = text.startsWith(";") || text.regionMatches(true, 0, "info=", 0, 5);
        return Fields.item(bare ? "<>" + (text.startsWith(";") ? "" : ";") + text : text)
            .map(item -> new InfoLink(item.head().startsWith("<") && item.head().endsWith(">")
                ? item.head().substring(1, item.head().length() - 1) : item.head(), item.parameters()));
    }

    /** Returns the values of a header that can be read, in order. */
    public static List<InfoLink> of(SipMessage message, HeaderName name) {
        return Fields.all(message, name, InfoLink::parse);
    }

    /** Returns a parameter, empty when it is not there. */
    public String parameter(String name) {
        return parameters.get(name).orElse("");
    }

    /** Returns the value as it goes into the header. */
    @Override
    public String toString() {
        return "<" + target + ">" + parameters;
    }
}
