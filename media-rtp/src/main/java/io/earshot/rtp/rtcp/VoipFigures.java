package io.earshot.rtp.rtcp;

/**
 * What one end says of the sound that it receives (RFC 3611 §4.7), as figures to be asked for: of the moment, or as they were
 * ({@link VoipMetrics}). Shares are in 1/256. Asking allocates nothing.
 */
public interface VoipFigures {
    /** Returns the SSRC that is received; 0 while there is nothing to say. */
    int source();

    /** Returns the share lost on the network. */
    int lossRate();

    /** Returns the share that came too late, or was left out. */
    int discardRate();

    /** Returns the share missing within bursts. */
    int burstDensity();

    /** Returns the share missing between bursts. */
    int gapDensity();

    /** Returns the mean length of a burst in milliseconds. */
    int burstMillis();

    /** Returns the mean length between bursts in milliseconds. */
    int gapMillis();

    /** Returns the round trip by RTCP in milliseconds, 0 while unknown. */
    int roundTripMillis();

    /** Returns the delay of this end in milliseconds, buffer and both sides of the sound system included. */
    int endSystemMillis();

    /** Returns the quality of the network and this end (ITU-T G.107), 0 to 100, {@link VoipMetrics#UNKNOWN} otherwise. */
    int rFactor();

    /** Returns listening quality times 10, 10 to 50, {@link VoipMetrics#UNKNOWN} otherwise. */
    int mosLq();

    /** Returns conversational quality times 10, 10 to 50, {@link VoipMetrics#UNKNOWN} otherwise. */
    int mosCq();

    /** Returns the playout delay now, in milliseconds. */
    int bufferMillis();

    /** Returns the greatest that it can become now, in milliseconds. */
    int bufferMost();

    /** Returns the greatest that it can ever become, in milliseconds. */
    int bufferLimit();
}
