package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;

/**
 * What goes to a peer as soon as its address for sound is known, in early media too, so that a NAT in front of us lets its sound in before
 * we send any. Sent at once and only before our first sound; not where ICE or a handshake of DTLS opens the NAT itself. Immutable.
 *
 * @param packets how many, 0 to 10; a port of its own for RTCP gets one
 * @param form what they are
 */
public record NatOpening(int packets, Form form) {
    /** Nothing: the first packet of sound or the keep-alive opens the NAT. */
    public static final NatOpening NONE = new NatOpening(0, Form.SHORT);
    private static final int MOST = 10;

    /** What a packet is. */
    public enum Form {
        /** Two bytes, CR and LF, that no peer takes for sound; in clear also where the sound is encrypted. */
        SHORT,
        /** A packet of silence in the codec of the call, which delays our sound by its length; {@link #SHORT} while we may not send. */
        SILENCE
    }

    /** Checks the range. */
    public NatOpening {
        Check.range(packets, 0, MOST, "packets");
        requireNonNull(form, "form");
    }

    /** Returns that many short packets, 0 to 10. */
    public static NatOpening of(int packets) {
        return new NatOpening(packets, Form.SHORT);
    }
}
