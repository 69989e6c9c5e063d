package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Why a call ended. Every call ends in exactly one {@link SipEvent.Ended} with one of these. */
public sealed interface EndCause permits EndCause.LocalHangup, EndCause.RemoteHangup, EndCause.Cancelled, EndCause.Declined,
    EndCause.Replaced, Failure {
    /** Returns a sentence a human can act on, without a final line break. */
    String sentence();

    /** Which end did something. */
    enum Side { LOCAL, REMOTE }

    /** We hung an established call up. */
    record LocalHangup() implements EndCause {
        @Override
        public String sentence() {
            return "The call was hung up";
        }
    }

    /**
     * The peer hung an established call up (BYE).
     *
     * @param reason the Reason header of the BYE (RFC 3326), as sent
     */
    record RemoteHangup(Optional<String> reason) implements EndCause {
        public RemoteHangup {
            requireNonNull(reason, "reason");
        }

        @Override
        public String sentence() {
            return "The other side hung up" + reason.map(text -> " (" + text + ")").orElse("");
        }
    }

    /**
     * The caller gave up before the call was answered.
     *
     * @param by LOCAL when we were the caller
     * @param reason the Reason header of the CANCEL (RFC 3326), for instance {@code SIP;cause=200;text="Call completed elsewhere"}
     */
    record Cancelled(Side by, Optional<String> reason) implements EndCause {
        public Cancelled {
            requireNonNull(by, "by");
            requireNonNull(reason, "reason");
        }

        @Override
        public String sentence() {
            return (by == Side.LOCAL ? "The call was cancelled" : "The caller cancelled the call")
                + reason.map(text -> " (" + text + ")").orElse("");
        }
    }

    /**
     * We refused or redirected an incoming call.
     *
     * @param status what it was answered with, 300 to 699
     */
    record Declined(int status) implements EndCause {
        @Override
        public String sentence() {
            return "The incoming call was refused with " + status;
        }
    }

    /**
     * Another call took the place of this one (RFC 3891): the peer transferred it, or somebody picked it up.
     *
     * @param by the call that goes on
     */
    record Replaced(SessionId by) implements EndCause {
        public Replaced {
            requireNonNull(by, "by");
        }

        @Override
        public String sentence() {
            return "The call was replaced by another one";
        }
    }
}
