package io.earshot.rtp.session;

/**
 * How a stream is doing, both ways, as figures to be asked for: of the moment, where they come from a session, or as they were
 * ({@link RtpStatistics}). Asking allocates nothing.
 */
public interface RtpFigures {
    /** Returns the packets sent. */
    long sent();

    /** Returns the payload bytes sent. */
    long sentBytes();

    /** Returns the packets received, duplicates included. */
    long received();

    /** Returns the payload bytes received. */
    long receivedBytes();

    /** Returns the packets that never came, not below 0. */
    long lost();

    /** Returns {@link #lost} over the packets expected, 0 to 100. */
    double lossPercent();

    /** Returns the interarrival jitter (RFC 3550 A.8) in milliseconds. */
    double jitter();

    /** Returns the round-trip time in milliseconds by the last report, -1 if unknown. */
    double rtt();

    /** Returns the packets that came twice. */
    long duplicates();

    /** Returns the packets overtaken by a later one. */
    long reordered();

    /** Returns the packets that came too late to be played. */
    long late();

    /** Returns the packets that arrived and were not played: too late, left out, or pushed out. */
    long discarded();

    /** Returns {@link #discarded} over the packets expected, 0 to 100. */
    double discardPercent();

    /** Returns the audio made up for what was missing, in milliseconds. */
    long concealed();

    /** Returns the audio waiting in the jitter buffer, in milliseconds. */
    double buffered();

    /** Returns the estimated quality of what we hear, 1 to 4.5; see {@link EModel}. */
    double mos();

    /** Returns the loss of what we send since the peer's previous report, as its last one says; -1 if there was none. */
    double remoteLossPercent();

    /** Returns the jitter of what we send in milliseconds, by the peer's last report; -1 if there was none. */
    double remoteJitter();

    /** Returns the estimated quality of what the peer hears; 0 if it has not reported. */
    double remoteMos();

    /** Returns the packets from addresses that are not the peer's. */
    long rejected();

    /** Returns the packets that are not well-formed. */
    long malformed();
}
