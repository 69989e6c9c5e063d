package io.earshot.rtp.jitter;

/**
 * A jitter buffer's counters since it was made.
 *
 * @param inserted packets offered
 * @param played packets handed out for playing
 * @param lost packets concealed because a later one was due
 * @param late packets that came after their time
 * @param duplicates packets that came twice
 * @param skipped packets left out to shorten the delay
 * @param recovered packets that another one brought along after they were lost (RFC 2198)
 * @param underruns times that nothing was there to play
 * @param overflows packets pushed out by newer ones
 * @param resynchronisations jumps of sequence number or timestamp that were followed
 * @param suspects packets dropped for being far from the stream
 */
public record JitterStatistics(long inserted, long played, long lost, long late, long duplicates, long skipped, long recovered,
        long underruns, long overflows, long resynchronisations, long suspects) {
}
