package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.time.Duration;

/**
 * What is done with a server that has IPv4 and IPv6 addresses (RFC 6724, RFC 8305). Immutable; start from {@link #DEFAULT}.
 *
 * @param preference which addresses come first
 * @param attemptDelay by how much the first has a start over the next, where the attempts to connect to them race: TCP, TLS, WebSocket;
 *     10 ms to 2 s
 */
public record DualStack(Preference preference, Duration attemptDelay) {
    /** By RFC 6724, with a start of 250 ms as RFC 8305 §8 has it. */
    public static final DualStack DEFAULT = new DualStack(Preference.AUTOMATIC, Duration.ofMillis(250));

    public DualStack {
        requireNonNull(preference, "preference");
        requireNonNull(attemptDelay, "attemptDelay");
        if (attemptDelay.compareTo(Duration.ofMillis(10)) < 0 || attemptDelay.compareTo(Duration.ofSeconds(2)) > 0) {
            throw new IllegalArgumentException("attemptDelay " + attemptDelay + " is not between PT0.01S and PT2S; RFC 8305 has PT0.25S");
        }
    }

    /** Which addresses come first. The others are tried after them in every case. */
    public enum Preference {
        /**
         * Over connections the order of RFC 6724: IPv6 where there is a way to it from an address of its kind, a global one for the
         * Internet. Over UDP, where nothing tells in time that a way leads nowhere, IPv4.
         */
        AUTOMATIC,
        /** IPv6. */
        IPV6,
        /** IPv4. */
        IPV4
    }

    /** Returns these settings with another preference. */
    public DualStack withPreference(Preference value) {
        return new DualStack(value, attemptDelay);
    }

    /** Returns these settings with another {@link #attemptDelay}. */
    public DualStack withAttemptDelay(Duration value) {
        return new DualStack(preference, value);
    }
}
