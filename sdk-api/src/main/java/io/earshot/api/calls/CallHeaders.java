package io.earshot.api.calls;

import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.Locale;

/** Headers of calls that need no type of their own. */
public final class CallHeaders {
    /** How much a call matters to the caller (RFC 3261 §20.26). */
    public enum Priority { EMERGENCY, URGENT, NORMAL, NON_URGENT }

    private record Plain(String name, String value) implements CallHeader { }

    private CallHeaders() {
    }

    /**
     * Returns any header.
     *
     * @throws IllegalArgumentException if the value has a line break or control character
     */
    public static CallHeader of(String name, String value) {
        return new Plain(Check.headerName(name, "name"), Check.line(Check.requireNonNull(value, "value"), "the value of header " + name));
    }

    /** Returns what the call is about (RFC 3261 §20.36). */
    public static CallHeader subject(String text) {
        return of("Subject", Check.line(text, "text"));
    }

    /** Returns how much the call matters (RFC 3261 §20.26). */
    public static CallHeader priority(Priority priority) {
        return of("Priority", Check.requireNonNull(priority, "priority").name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /**
     * Asks the peer's phone to answer by itself, in the form that most phones understand.
     *
     * @param after how long it shall ring first, in whole seconds
     */
    public static CallHeader autoAnswer(Duration after) {
        return of("Call-Info", "<sip:answer>;answer-after="
                + Check.range(after, Duration.ZERO, Duration.ofSeconds(600), "after").toSeconds());
    }

    /** Asks the peer's phone to answer by itself, or to leave that to a person (RFC 5373). */
    public static CallHeader answerMode(boolean automatic) {
        return of("Answer-Mode", automatic ? "Auto" : "Manual");
    }

    /** Names something about us: {@code icon}, {@code info} or {@code card} (RFC 3261 §20.9). */
    public static CallHeader callInfo(String uri, String purpose) {
        return of("Call-Info", "<" + Check.address(uri, "uri") + ">;purpose=" + Check.word(purpose, "purpose"));
    }

    /** Names the tone the peer is to ring with (RFC 3261 §20.4), a URI as {@code urn:alert:source:external} (RFC 7462). */
    public static CallHeader ringTone(String uri) {
        return of("Alert-Info", "<" + Check.address(uri, "uri") + ">");
    }
}
