package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the registrar told of an account's registration; immutable.
 *
 * @param server where the account is registered, as a SIP URI; empty before the first answer that tells more than RFC 3261 asks
 * @param publicGruu the globally routable address that shows the address of record (RFC 5627)
 * @param temporaryGruu the one that does not
 * @param serviceRoute what requests go through (RFC 3608)
 * @param outbound whether the registration is bound to its connection (RFC 5626)
 * @param pushResource the name under which push requests know us (RFC 8599)
 * @param events the event packages that the server says it serves, such as {@code message-summary} (RFC 6665)
 */
public record RegistrationDetails(String server, Optional<String> publicGruu, Optional<String> temporaryGruu, List<String> serviceRoute,
        boolean outbound, Optional<String> pushResource, List<String> events) {
    /** Nothing is known. */
    public static final RegistrationDetails NONE =
            new RegistrationDetails("", Optional.empty(), Optional.empty(), List.of(), false, Optional.empty(), List.of());

    public RegistrationDetails {
        requireNonNull(server, "server");
        requireNonNull(publicGruu, "publicGruu");
        requireNonNull(temporaryGruu, "temporaryGruu");
        requireNonNull(pushResource, "pushResource");
        serviceRoute = List.copyOf(serviceRoute);
        events = List.copyOf(events);
    }
}
