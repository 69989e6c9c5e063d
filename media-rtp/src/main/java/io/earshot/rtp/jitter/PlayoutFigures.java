package io.earshot.rtp.jitter;

/**
 * What became of the audio on its way to the listener, as figures to be asked for: of the moment, where they come from what plays it, or
 * as they were ({@link PlayoutStatistics}). Asking allocates nothing.
 */
public interface PlayoutFigures {
    /** Returns the audio decoded and played, in milliseconds. */
    long played();

    /** Returns the audio made up for what was lost or late, in milliseconds. */
    long concealed();

    /** Returns the packets that came after their time. */
    long late();

    /** Returns the packets left out to shorten the delay. */
    long skipped();

    /** Returns the packets pushed out by newer ones. */
    long overflowed();

    /** Returns the audio taken out by playing faster, in milliseconds. */
    long shortened();

    /** Returns the audio put in by playing slower, in milliseconds. */
    long lengthened();

    /** Returns the comfort noise played while the sender was silent, in milliseconds. */
    long noise();

    /** Returns by how much the sender's clock is slower than ours, in millionths; 0 until it is known. */
    double driftPpm();

    /** Returns the audio held now, undecoded and decoded, in milliseconds. */
    double buffered();

    /** Returns the delay over the fastest packets that is aimed at, in milliseconds. */
    double target();

    /** Returns the packets that arrived and were not played (RFC 3611 §4.7.1). */
    default long discarded() {
        return late() + skipped() + overflowed();
    }
}
