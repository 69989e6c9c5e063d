package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;

/**
 * Which devices are used for something.
 *
 * @param kind how they are chosen
 * @param name the device's name; empty unless {@link Kind#NAMED}
 */
public record DeviceChoice(Kind kind, String name) {
    /** How devices are chosen. */
    public enum Kind {
        /** What the system lists first, followed when that changes. */
        DEFAULT,
        /** One by name; the default one while that is not plugged in. */
        NAMED,
        /** All that there are; of microphones, the default one. */
        ALL,
        /** None: silence. */
        NONE
    }

    /** The system's default device. */
    public static final DeviceChoice DEFAULT = new DeviceChoice(Kind.DEFAULT, "");
    /** Every device, as for ringing. */
    public static final DeviceChoice ALL = new DeviceChoice(Kind.ALL, "");
    /** No device. */
    public static final DeviceChoice NONE = new DeviceChoice(Kind.NONE, "");

    public DeviceChoice {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        if (kind == Kind.NAMED ? name.isBlank() : !name.isEmpty()) {
            throw new IllegalArgumentException(kind == Kind.NAMED ? "a device is named by one of AudioDevices.names, not "
                    + Check.shown(name)
                    : "a choice of kind " + kind + " has no name: leave " + Check.shown(name) + " out, or use DeviceChoice.named");
        }
    }

    /** Returns the choice of one device, by its name or the beginning of it. */
    public static DeviceChoice named(String name) {
        return new DeviceChoice(Kind.NAMED, name);
    }

    /** Returns what a text means: empty or {@code Default}, {@code All}, {@code None}, or a name; in any case. */
    public static DeviceChoice parse(String text) {
        String plain = requireNonNull(text, "text").strip();
        return plain.isEmpty() || plain.equalsIgnoreCase("default") ? DEFAULT : plain.equalsIgnoreCase("all") ? ALL
                : plain.equalsIgnoreCase("none") ? NONE : named(plain);
    }

    /** Returns the text that {@link #parse} understands. */
    @Override
    public String toString() {
        return switch (kind) {
            case DEFAULT -> "Default";
            case ALL -> "All";
            case NONE -> "None";
            case NAMED -> name;
        };
    }
}
