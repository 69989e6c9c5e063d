package io.earshot.rtp.secure;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What an offer of keys and its answer came to. */
public sealed interface KeyVerdict {
    /**
     * Encrypted both ways.
     *
     * @param suite the suite that both sides use
     * @param change what brings the keys to the packets
     * @param answer the value of the {@code a=crypto} attribute of our answer; empty where the peer answered
     */
    record Secured(String suite, GuardChange change, Optional<String> answer) implements KeyVerdict {
        public Secured {
            requireNonNull(suite);
            requireNonNull(change);
            requireNonNull(answer);
        }

        /** Tells the suite, never the keys. */
        @Override
        public String toString() {
            return "Secured[" + suite + ']';
        }
    }

    /** In clear, as the policy allows. */
    record InClear() implements KeyVerdict { }

    /**
     * No media.
     *
     * @param reason a sentence for people
     */
    record Refused(String reason) implements KeyVerdict {
        public Refused {
            requireNonNull(reason);
        }
    }
}
