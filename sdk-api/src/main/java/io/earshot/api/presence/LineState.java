package io.earshot.api.presence;

import java.util.List;
import java.util.Optional;

/**
 * What is going on at a line (RFC 4235).
 *
 * @param calls its calls; one that has just ended is told of once more
 */
public record LineState(List<LineCall> calls) {
    /** A lamp. */
    public enum Lamp { IDLE, RINGING, BUSY }

    /** How far a call is. */
    public enum Stage { TRYING, PROCEEDING, EARLY, CONFIRMED, TERMINATED, UNKNOWN }

    /** Whose call it was, seen from the line. */
    public enum Direction { INITIATOR, RECIPIENT, UNKNOWN }

    /**
     * A call of a line.
     *
     * @param id names it while it lasts
     * @param remote the address of the other side
     * @param remoteName the name of the other side
     * @param callId the Call-ID, when it is told
     * @param localTag the tag of the line's end of the dialog
     * @param remoteTag the tag of the other end
     */
    public record LineCall(String id, Direction direction, Stage stage, Optional<String> remote, Optional<String> remoteName,
            Optional<String> callId, Optional<String> localTag, Optional<String> remoteTag) {
        /**
         * Returns the Replaces header (RFC 3891) by which the other side's end of this call can be taken over, as a pick-up does; empty
         * when the line does not tell enough.
         */
        public Optional<String> replaces() {
            boolean known = callId.isPresent() && localTag.isPresent() && remoteTag.isPresent();
            return known ? Optional.of(callId.get() + ";to-tag=" + remoteTag.get() + ";from-tag=" + localTag.get()
                    + (stage == Stage.CONFIRMED ? "" : ";early-only")) : Optional.empty();
        }
    }

    public LineState {
        calls = List.copyOf(calls);
    }

    /** Returns the lamp: busy with an answered or outgoing call, ringing with one that is coming in. */
    public Lamp lamp() {
        Lamp lamp = Lamp.IDLE;
        for (LineCall call : calls) {
            boolean incoming = call.direction == Direction.RECIPIENT && call.stage != Stage.CONFIRMED;
            if (call.stage != Stage.TERMINATED) {
                lamp = incoming && lamp != Lamp.BUSY ? Lamp.RINGING : incoming ? lamp : Lamp.BUSY;
            }
        }
        return lamp;
    }
}
