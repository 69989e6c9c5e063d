package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * What an account does when others transfer its calls. Immutable; the {@code with} methods return changed copies.
 *
 * @param accept whether to call whom a peer refers us to, when no handler decides; never for requests outside our calls
 * @param replace whether a call may take the place of one we have (RFC 3891): it is then answered by itself
 * @param keepReplaced whether the call that was replaced stays, instead of being hung up
 * @param ending what becomes of our call to the one who transferred us, once the target has answered
 */
public record TransferRules(boolean accept, boolean replace, boolean keepReplaced, Ending ending) {
    /** Everything is accepted; the old call is left to the other side for a few seconds, and hung up then. */
    public static final TransferRules DEFAULT = new TransferRules(true, true, false, Ending.SOON);

    /** What becomes of the call that was transferred. */
    public enum Ending {
        /** We hang it up at once. */
        AT_ONCE,
        /** The other side has 4 s to hang it up, then we do. */
        SOON,
        /** It is for the other side, or for the program. */
        NEVER
    }

    public TransferRules {
        requireNonNull(ending, "ending");
    }

    /** Returns a copy that accepts transfers, or refuses them with 603. */
    public TransferRules withAccept(boolean yes) {
        return new TransferRules(yes, replace, keepReplaced, ending);
    }

    /** Returns a copy that lets calls be replaced, or refuses that with 603. */
    public TransferRules withReplace(boolean yes) {
        return new TransferRules(accept, yes, keepReplaced, ending);
    }

    /** Returns a copy that keeps replaced calls. */
    public TransferRules withKeepReplaced(boolean yes) {
        return new TransferRules(accept, replace, yes, ending);
    }

    /** Returns a copy that ends transferred calls at another time. */
    public TransferRules withEnding(Ending when) {
        return new TransferRules(accept, replace, keepReplaced, when);
    }
}
