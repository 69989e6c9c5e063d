package io.earshot.sdk.window;

import io.earshot.api.CallQuality;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as a window shows it. Immutable.
 *
 * @param line its number, from 1
 * @param state as STATUS has it: InProgress, Ringing, Speaking, Muted, Hold
 * @param incoming whether the peer called
 * @param peer the user part of the peer's address
 * @param name the peer's display name; empty when it has none
 * @param since when it was connected; empty before
 * @param muted whether our microphone or the speaker is muted
 * @param hold 0 nobody holds it, 2 we, 3 the peer, 4 both
 * @param encrypted -1 not known, 0 no, 1 partially, 2 yes, 3 always
 * @param codec with its rate, as PCMU/8000; empty before there is one
 * @param quality how it sounds
 */
public record LineView(int line, String state, boolean incoming, String peer, String name, Optional<Instant> since, boolean muted, int hold,
        int encrypted, String codec, CallQuality quality) {
    /** Tells whether it rings here and waits for an answer. */
    public boolean isRingingHere() {
        return incoming && state.equals("Ringing");
    }

    /** Tells whether we hold it. */
    public boolean isHeldHere() {
        return hold == 2 || hold == 4;
    }

    /** Tells whether it has been answered. */
    public boolean isConnected() {
        return since.isPresent();
    }
}
