package io.earshot.rtp.session;

/** Says when what is missing would be played, so that nobody asks for what would come too late. */
@FunctionalInterface
public interface PlayoutClock {
    /** Returns in how many nanoseconds a packet that is not here would be played; negative if it is too late for it. */
    long playsIn(int sequence, long now);
}
