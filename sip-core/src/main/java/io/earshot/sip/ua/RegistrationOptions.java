package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a REGISTER says beyond RFC 3261; immutable. Path (RFC 3327) is always supported, as it asks nothing of a user agent.
 *
 * @param instance the URN of this device, such as {@code urn:uuid:…}, the same for ever (RFC 5626 §4.1); empty sends none
 * @param outbound whether the registration is bound to its flow (RFC 5626); needs an instance, and falls back when the way there cannot
 * @param gruu which globally routable URI our Contact is when the registrar gives some (RFC 5627); needs an instance
 * @param push where a push service wakes us (RFC 8599)
 * @param priority the q value of our Contact in thousandths; 1000, the default, is not written
 * @param others further contacts that are registered with ours, as they go into the REGISTER
 * @param habits how we meet the habits of the server
 * @param serviceRoute what requests outside dialogs go through behind the outbound proxy (RFC 3608); what the registrar gives replaces it
 */
public record RegistrationOptions(Optional<String> instance, boolean outbound, Gruu gruu, Optional<Push> push, int priority,
        List<NameAddr> others, ServerHabits habits, List<SipUri> serviceRoute) {
    /** None of it. */
    public static final RegistrationOptions NONE =
        new RegistrationOptions(Optional.empty(), false, Gruu.NONE, Optional.empty(), 1000, List.of(), ServerHabits.STANDARD, List.of());

    private static final Pattern URN = Pattern.compile("urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9()+,.:=@;$_!*'%/?#-]+");

    /** Which globally routable URI goes into Contact. */
    public enum Gruu {
        /** None is asked for. */
        NONE,
        /** The one that shows the address of record. */
        PUBLIC,
        /** One that says nothing of us. */
        TEMPORARY
    }

    /**
     * Where a push service wakes us (RFC 8599 §4.1.1).
     *
     * @param provider pn-provider, such as {@code fcm} or {@code apns}
     * @param id pn-prid: the device at the provider
     * @param parameter pn-param; empty sends none
     */
    public record Push(String provider, String id, Optional<String> parameter) {
        public Push {
            if (provider.isEmpty() || id.isEmpty()) {
                throw new IllegalArgumentException("a push service needs a provider and the device's id there");
            }
            requireNonNull(parameter, "parameter");
        }
    }

    public RegistrationOptions {
        requireNonNull(gruu, "gruu");
        requireNonNull(push, "push");
        requireNonNull(habits, "habits");
        others = List.copyOf(others);
        serviceRoute = List.copyOf(serviceRoute);
        instance.filter(urn -> !URN.matcher(urn).matches()).ifPresent(bad -> {
            throw new IllegalArgumentException("the instance '" + bad + "' is no URN: write urn:uuid: and a UUID");
        });
        if ((outbound || gruu != Gruu.NONE) && instance.isEmpty()) {
            throw new IllegalArgumentException("outbound and GRUU need an instance: write urn:uuid: and a UUID that stays the same");
        }
        if (priority < 0 || priority > 1000) {
            throw new IllegalArgumentException("priority " + priority + " is outside 0 to 1000");
        }
    }

    /** Returns a copy with an instance, bound to its flow or not. */
    public RegistrationOptions withInstance(String urn, boolean bound) {
        return new RegistrationOptions(Optional.of(urn), bound, gruu, push, priority, others, habits, serviceRoute);
    }

    /** Returns a copy that asks for globally routable URIs. */
    public RegistrationOptions withGruu(Gruu wanted) {
        return new RegistrationOptions(instance, outbound, wanted, push, priority, others, habits, serviceRoute);
    }

    /** Returns a copy with a push service. */
    public RegistrationOptions withPush(Push service) {
        return new RegistrationOptions(instance, outbound, gruu, Optional.of(service), priority, others, habits, serviceRoute);
    }

    /** Returns a copy with a q value in thousandths. */
    public RegistrationOptions withPriority(int thousandths) {
        return new RegistrationOptions(instance, outbound, gruu, push, thousandths, others, habits, serviceRoute);
    }

    /** Returns a copy that registers further contacts too. */
    public RegistrationOptions withOthers(List<NameAddr> contacts) {
        return new RegistrationOptions(instance, outbound, gruu, push, priority, contacts, habits, serviceRoute);
    }

    /** Returns a copy for a server with these habits. */
    public RegistrationOptions withHabits(ServerHabits known) {
        return new RegistrationOptions(instance, outbound, gruu, push, priority, others, known, serviceRoute);
    }

    /** Returns a copy with another service route. */
    public RegistrationOptions withServiceRoute(List<SipUri> routes) {
        return new RegistrationOptions(instance, outbound, gruu, push, priority, others, habits, routes);
    }
}
