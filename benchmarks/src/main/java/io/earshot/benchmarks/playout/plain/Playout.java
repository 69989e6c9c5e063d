package io.earshot.benchmarks.playout.plain;

/** What to play next, as {@link JitterBuffer#next} says. */
public enum Playout {
    /** Decode and play the packet in the view. */
    PACKET,
    /** Decode the packet in the view to keep the decoder's history, but do not play it: the delay is too long. */
    SKIP,
    /** A packet is lost: conceal its duration. If {@link Frame#hasFec()} the view holds the packet after it, for in-band FEC. */
    LOST,
    /** The next packet is late: conceal, and expect it still. */
    UNDERRUN,
    /** The delay is too short: conceal once, without losing a packet, to lengthen it. */
    EXPAND,
    /** The sender is silent (discontinuous transmission), or its next talk-spurt is not due yet. */
    GAP,
    /** Nothing was received yet, or nothing for long. */
    EMPTY
}
