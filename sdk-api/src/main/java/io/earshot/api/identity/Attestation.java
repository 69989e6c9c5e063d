package io.earshot.api.identity;

import io.earshot.api.check.Check;
import java.util.Optional;

/** How far the signing provider vouches for the caller (SHAKEN's {@code attest}, RFC 8588 §4). */
public enum Attestation {
    /** A: the provider knows the customer, and that he may use the number. */
    FULL("A"),
    /** B: the provider knows the customer, but not whether the number is his. */
    PARTIAL("B"),
    /** C: the provider only knows where it took the call over. */
    GATEWAY("C");

    private final String letter;

    Attestation(String letter) {
        this.letter = letter;
    }

    /** Returns A, B or C. */
    public String letter() {
        return letter;
    }

    /** Returns the level with this letter; empty for any other text. */
    public static Optional<Attestation> of(String letter) {
        Check.requireNonNull(letter, "letter");
        for (Attestation level : values()) {
            if (level.letter.equals(letter)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
