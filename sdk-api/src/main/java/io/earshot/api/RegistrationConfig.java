package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an account registers, beyond address and password. Immutable; the {@code with} methods return changed copies.
 *
 * @param instance the name of this device for ever, {@code urn:uuid:…} (RFC 5626 §4.1); empty for none
 * @param instanceFile where that name is kept: read from there, or made up and written there the first time
 * @param outbound whether the registration is bound to its connection (RFC 5626); needs an instance
 * @param gruu which globally routable address our calls carry where the registrar gives some (RFC 5627); needs an instance
 * @param push where a push service wakes us (RFC 8599)
 * @param priority our share among the devices of the account, 0.0 to 1.0: the q value
 * @param habits how the habits of the server are met
 */
public record RegistrationConfig(Optional<String> instance, Optional<Path> instanceFile, boolean outbound, Gruu gruu, Optional<Push> push,
        double priority, ServerHabits habits) {
    /** A plain registration. */
    public static final RegistrationConfig DEFAULT =
            new RegistrationConfig(Optional.empty(), Optional.empty(), false, Gruu.NONE, Optional.empty(), 1, ServerHabits.STANDARD);

    /** Which globally routable address goes into calls. */
    public enum Gruu {
        /** None; the address itself. */
        NONE,
        /** One that shows the address of record. */
        PUBLIC,
        /** One that says nothing of us. */
        TEMPORARY
    }

    /**
     * A push service.
     *
     * @param provider {@code fcm}, {@code apns}, {@code webpush}
     * @param id the device at the provider
     * @param parameter what else the provider needs
     */
    public record Push(String provider, String id, Optional<String> parameter) {
        public Push {
            Check.word(provider, "provider");
            Check.word(id, "id");
            requireNonNull(parameter, "parameter").ifPresent(given -> Check.word(given, "parameter"));
        }
    }

    public RegistrationConfig {
        Check.filled(instance, "instance");
        requireNonNull(instanceFile, "instanceFile");
        requireNonNull(gruu, "gruu");
        requireNonNull(push, "push");
        requireNonNull(habits, "habits");
        if ((outbound || gruu != Gruu.NONE) && instance.isEmpty() && instanceFile.isEmpty()) {
            throw new IllegalArgumentException("outbound and GRUU need an instance: set withInstance(\"urn:uuid:…\") or withInstanceFile");
        }
        if (!(priority >= 0 && priority <= 1)) {
            throw new IllegalArgumentException("priority must be 0.0 to 1.0, not " + priority);
        }
    }

    /** Returns a copy with the name of this device, {@code urn:uuid:} and a UUID that stays the same. */
    public RegistrationConfig withInstance(String urn) {
        return new RegistrationConfig(Optional.of(requireNonNull(urn, "urn")), instanceFile, outbound, gruu, push, priority,
                habits);
    }

    /** Returns a copy that keeps the name of this device in a file. */
    public RegistrationConfig withInstanceFile(Path file) {
        return new RegistrationConfig(instance, Optional.of(requireNonNull(file, "file")), outbound, gruu, push, priority,
                habits);
    }

    /** Returns a copy that is bound to its connection or not. */
    public RegistrationConfig withOutbound(boolean bound) {
        return new RegistrationConfig(instance, instanceFile, bound, gruu, push, priority, habits);
    }

    /** Returns a copy that asks for globally routable addresses. */
    public RegistrationConfig withGruu(Gruu wanted) {
        return new RegistrationConfig(instance, instanceFile, outbound, wanted, push, priority, habits);
    }

    /** Returns a copy with a push service. */
    public RegistrationConfig withPush(Push service) {
        return new RegistrationConfig(instance, instanceFile, outbound, gruu, Optional.of(requireNonNull(service, "service")), priority,
                habits);
    }

    /** Returns a copy with another share, 0.0 to 1.0. */
    public RegistrationConfig withPriority(double share) {
        return new RegistrationConfig(instance, instanceFile, outbound, gruu, push, share, habits);
    }

    /** Returns a copy for a server with these habits. */
    public RegistrationConfig withHabits(ServerHabits known) {
        return new RegistrationConfig(instance, instanceFile, outbound, gruu, push, priority, known);
    }
}
