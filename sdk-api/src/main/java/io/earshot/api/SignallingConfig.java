package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * How a phone signals, where the standards leave a choice. Immutable; start from {@link #DEFAULT}.
 *
 * @param timerScale what the timers of transactions are multiplied by, 0.1 to 10: above 1 for slow networks, below for quick failures
 * @param keepAlive what keeps the way to the registrar open through NATs, over UDP; connections get the ping of RFC 5626
 * @param keepAliveInterval how often, 1 s to 1 h; zero for never. A server's Flow-Timer goes before
 * @param connectionInterval the same for TCP and TLS, 120 s at most where the registration is bound to its connection (RFC 5626 §4.4.1).
 *     WebSockets have {@code keepAliveInterval}, as web servers end what is silent for a minute
 * @param serversView whether the address that the registrar sees us at becomes our Contact (RFC 3581)
 * @param characters in which characters peers write
 */
public record SignallingConfig(double timerScale, KeepAlive keepAlive, Duration keepAliveInterval, Duration connectionInterval,
        ServersView serversView, WireCharacters characters) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** The RFC's timers, an empty line of CR LF CR LF each 25 s or less, and the registrar's view of our address. */
    public static final SignallingConfig DEFAULT = new SignallingConfig(1, KeepAlive.DOUBLE_CRLF, Duration.ofSeconds(25),
            Duration.ofSeconds(25), ServersView.ALWAYS, WireCharacters.DEFAULT);

    /** What keeps a way open over UDP. */
    public enum KeepAlive {
        /** CR LF. */
        CRLF("\r\n"),
        /** CR LF CR LF, the ping of RFC 5626 §3.5.1. */
        DOUBLE_CRLF("\r\n\r\n"),
        /** A space, then CR LF. */
        SPACE_CRLF(" \r\n");

        private final String text;

        KeepAlive(String text) {
            this.text = text;
        }

        /** Returns the datagram. */
        public String text() {
            return text;
        }
    }

    public SignallingConfig {
        requireNonNull(keepAlive, "keepAlive");
        requireNonNull(serversView, "serversView");
        requireNonNull(characters, "characters");
        if (!(timerScale >= 0.1 && timerScale <= 10)) {
            throw new IllegalArgumentException("timerScale " + timerScale + " is outside 0.1 to 10; 1 is what RFC 3261 says");
        }
        checkInterval(keepAliveInterval, "keepAliveInterval");
        checkInterval(connectionInterval, "connectionInterval");
    }

    private static void checkInterval(Duration interval, String name) {
        boolean never = requireNonNull(interval, name).isZero();
        if (!never && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(name + " must be 1 s to 1 h, or zero for never, not " + Check.text(interval));
        }
    }

    /** Returns a copy with the timers scaled. */
    public SignallingConfig withTimerScale(double factor) {
        return new SignallingConfig(factor, keepAlive, keepAliveInterval, connectionInterval, serversView, characters);
    }

    /** Returns a copy that keeps ways open so, connections too. */
    public SignallingConfig withKeepAlive(KeepAlive what, Duration interval) {
        return new SignallingConfig(timerScale, what, interval, interval, serversView, characters);
    }

    /** Returns a copy that keeps connections open at another interval than ways over UDP. */
    public SignallingConfig withConnectionInterval(Duration interval) {
        return new SignallingConfig(timerScale, keepAlive, keepAliveInterval, interval, serversView, characters);
    }

    /** Returns a copy that takes the address that the registrar sees, or not. */
    public SignallingConfig withLearnPublicAddress(boolean learn) {
        return withServersView(learn ? ServersView.ALWAYS : ServersView.IGNORED);
    }

    /** Returns a copy that takes the address that the registrar sees where this says so. */
    public SignallingConfig withServersView(ServersView view) {
        return new SignallingConfig(timerScale, keepAlive, keepAliveInterval, connectionInterval, view, characters);
    }

    /** Returns a copy for peers that write and read in other characters than UTF-8. */
    public SignallingConfig withCharacters(WireCharacters theirs) {
        return new SignallingConfig(timerScale, keepAlive, keepAliveInterval, connectionInterval, serversView, theirs);
    }
}
