package io.earshot.sip.transaction;

/** What the four state machines have in common: the inputs that are not messages, and steps to poll after every input. */
sealed interface Machine permits InviteClientTransaction, NonInviteClientTransaction, InviteServerTransaction, NonInviteServerTransaction {
    /** Returns the next step; the last one is always {@link Step.Wait}. */
    Step poll();

    /** Tells the time. Afterwards the deadline is later than {@code now}. */
    void onTime(long now);

    /** Something this transaction sent, or would send, cannot get through. */
    void onTransportError(String reason);

    /** Tells whether all that is left to do is to absorb repetitions of what was answered, or of an ACK. */
    default boolean isLingering() {
        return false;
    }

    /** Tells whether this machine has done all it will ever do. */
    boolean isTerminated();
}
