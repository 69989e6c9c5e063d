package io.earshot.sip.events;

/**
 * A remark for people.
 *
 * @param language a language tag; empty when it is not said
 * @param text the remark
 */
public record Note(String language, String text) {
    /** Returns a remark in a language that is not said. */
    public static Note of(String text) {
        return new Note("", text);
    }
}
