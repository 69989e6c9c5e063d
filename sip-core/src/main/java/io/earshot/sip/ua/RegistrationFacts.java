package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the registrar told with its 2xx; immutable.
 *
 * @param server where we are registered now: the account's registrar or one of its backups
 * @param publicGruu the globally routable URI that shows the address of record (RFC 5627)
 * @param temporaryGruu the one that does not
 * @param serviceRoute what requests go through (RFC 3608)
 * @param outbound whether the registration is bound to its flow (RFC 5626)
 * @param flowTimer within how many seconds the flow needs a keep-alive
 * @param pushResource the pn-purr that stands for us in a request (RFC 8599 §4.1.4)
 * @param events the event packages that it serves (Allow-Events, RFC 6665 §8.2.2), in lower case
 */
public record RegistrationFacts(Uri server, Optional<SipUri> publicGruu, Optional<SipUri> temporaryGruu, List<SipUri> serviceRoute,
        boolean outbound, OptionalLong flowTimer, Optional<String> pushResource, List<String> events) {
    private static final HeaderName FEATURE_CAPS = HeaderName.of("Feature-Caps");
    private static final int MAX_ROUTES = 16;
    private static final int MAX_EVENTS = 64;

    public RegistrationFacts {
        serviceRoute = List.copyOf(serviceRoute);
        events = List.copyOf(events);
    }

    /** Reads a 2xx to REGISTER; {@code ours} is its entry for our Contact. */
    static RegistrationFacts read(Uri server, Response response, Optional<NameAddr> ours) {
        return new RegistrationFacts(server, gruu(ours, "pub-gruu"), gruu(ours, "temp-gruu"),
            response.addresses(HeaderName.SERVICE_ROUTE).stream().map(NameAddr::uri).filter(SipUri.class::isInstance)
                .map(SipUri.class::cast).limit(MAX_ROUTES).toList(),
            response.tokens(HeaderName.REQUIRE).stream().anyMatch("outbound"::equalsIgnoreCase),
            response.seconds(HeaderName.FLOW_TIMER), pushResource(response),
            response.tokens(HeaderName.ALLOW_EVENTS).stream().map(name -> name.toLowerCase(Locale.ROOT)).limit(MAX_EVENTS).toList());
    }

    /** Tells whether the registrar told nothing beyond RFC 3261. */
    boolean isPlain() {
        return publicGruu.isEmpty() && temporaryGruu.isEmpty() && serviceRoute.isEmpty() && !outbound && flowTimer.isEmpty()
            && pushResource.isEmpty() && events.isEmpty();
    }

    private static Optional<SipUri> gruu(Optional<NameAddr> ours, String name) {
        return ours.flatMap(entry -> entry.parameters().get(name)).flatMap(RegistrationFacts::uri);
    }

    private static Optional<SipUri> uri(String text) {
        try {
            return Uri.parse(unquoted(text)) instanceof SipUri uri ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException theirs) {
            return Optional.empty();
        }
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private static Optional<String> pushResource(Response response) {
        for (String value : response.values(FEATURE_CAPS)) {
            for (String part : value.split(";")) {
                String item = part.strip();
                if (item.regionMatches(true, 0, "+sip.pnspurr=", 0, 13)) {
                    return Optional.of(unquoted(item.substring(13).strip()));
                }
            }
        }
        return Optional.empty();
    }
}
