package io.earshot.rtp.secure;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What an offer of a handshake and its answer came to. */
public sealed interface HandshakeVerdict {
    /**
     * A handshake follows, or the one before stays good.
     *
     * @param change what brings it to the media port
     * @param answer the attributes of our answer; empty where the peer answered
     * @param anew whether there will be new keys
     */
    record Agreed(HandshakeChange change, List<String> answer, boolean anew) implements HandshakeVerdict {
        public Agreed {
            requireNonNull(change);
            answer = List.copyOf(answer);
        }
    }

    /** The peer names no fingerprint that can be believed. */
    record Absent() implements HandshakeVerdict { }

    /**
     * No media.
     *
     * @param reason a sentence for people
     */
    record Refused(String reason) implements HandshakeVerdict {
        public Refused {
            requireNonNull(reason);
        }
    }
}
