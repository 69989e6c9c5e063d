package io.earshot.testkit;

/**
 * A simulation that goes on for ever without time moving, as when a state machine asks to be woken at a deadline that has passed, is
 * woken, and asks for the same again. Fails the test; the message names the culprit.
 */
public final class StandstillError extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** Makes the error with a message that says who stands still and when. */
    public StandstillError(String message) {
        super(message);
    }
}
