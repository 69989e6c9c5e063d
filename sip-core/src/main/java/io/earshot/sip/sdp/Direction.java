package io.earshot.sip.sdp;

import java.util.Locale;
import java.util.Optional;

/** Which way media flows, from the point of view of whoever wrote the description (RFC 8866 §6.7). */
public enum Direction {
    /** Both ways; what holds when nothing is said. */
    SENDRECV(true, true),
    /** The writer sends only: the usual sign of hold. */
    SENDONLY(true, false),
    /** The writer receives only. */
    RECVONLY(false, true),
    /** Neither; RTCP still flows. */
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** Tells whether the writer sends media. */
    public boolean sends() {
        return sends;
    }

    /** Tells whether the writer wants to receive media. */
    public boolean receives() {
        return receives;
    }

    /** Returns the same flow seen from the other end. */
    public Direction reverse() {
        return of(receives, sends);
    }

    /** Returns what both directions allow, both seen from the same end. */
    public Direction and(Direction other) {
        return of(sends && other.sends, receives && other.receives);
    }

    /** Returns the direction with these two abilities. */
    public static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    /** Returns the direction that an attribute name stands for, in any case, or empty when it stands for none. */
    public static Optional<Direction> parse(String attributeName) {
        for (Direction direction : values()) {
            if (direction.name().equalsIgnoreCase(attributeName)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }

    /** Returns the attribute name, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
