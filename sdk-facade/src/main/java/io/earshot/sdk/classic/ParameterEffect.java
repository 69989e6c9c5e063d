package io.earshot.sdk.classic;

/** What a parameter does in this implementation. */
sealed interface ParameterEffect {
    /** Its owner reads it. */
    ParameterEffect IMPLEMENTED = new Implemented();

    /** Read, and does what it says. */
    record Implemented() implements ParameterEffect { }

    /**
     * Accepted; what it was for is had in another way.
     *
     * @param equivalent the way, for the documentation
     */
    record Mapped(String equivalent) implements ParameterEffect { }

    /**
     * Accepted so that old configurations keep working, and without effect, which is logged once.
     *
     * @param reason why, for the log and the documentation
     */
    record None(String reason) implements ParameterEffect { }

    /** Returns its word for tables. */
    default String word() {
        return this instanceof Implemented ? "implemented" : this instanceof Mapped ? "mapped" : "without effect";
    }
}
