package io.earshot.rtp.session;

/**
 * How a stream is doing, both ways; a snapshot.
 *
 * @param sent packets sent
 * @param sentBytes payload bytes sent
 * @param received packets received, duplicates included
 * @param receivedBytes payload bytes received
 * @param lost packets that never came, not below 0
 * @param lossPercent {@code lost} over the packets expected
 * @param jitter interarrival jitter (RFC 3550 A.8) in milliseconds
 * @param rtt round-trip time in milliseconds by the last report, -1 if unknown
 * @param duplicates packets that came twice
 * @param reordered packets overtaken by a later one
 * @param late packets that came too late to be played
 * @param discarded packets that arrived and were not played: too late, left out, or pushed out
 * @param discardPercent {@code discarded} over the packets expected
 * @param concealed audio made up for what was missing, in milliseconds
 * @param buffered audio waiting in the jitter buffer, in milliseconds
 * @param mos estimated quality of what we hear, 1 to 4.5; see {@link EModel}
 * @param remoteLossPercent loss of what we send since the peer's previous report, as its last one says; -1 if there was none
 * @param remoteJitter jitter of what we send in milliseconds, by the peer's last report; -1 if there was none
 * @param remoteMos estimated quality of what the peer hears; 0 if it has not reported
 * @param rejected packets from addresses that are not the peer's
 * @param malformed packets that are not well-formed
 */
public record RtpStatistics(long sent, long sentBytes, long received, long receivedBytes, long lost, double lossPercent, double jitter,
        double rtt, long duplicates, long reordered, long late, long discarded,
        double discardPercent, long concealed, double buffered, double mos,
        double remoteLossPercent, double remoteJitter, double remoteMos, long rejected, long malformed) implements RtpFigures {
    /** Returns figures as they are now. */
    public static RtpStatistics of(RtpFigures now) {
        return new RtpStatistics(now.sent(), now.sentBytes(), now.received(), now.receivedBytes(), now.lost(), now.lossPercent(),
            now.jitter(), now.rtt(), now.duplicates(), now.reordered(), now.late(), now.discarded(), now.discardPercent(),
            now.concealed(), now.buffered(), now.mos(), now.remoteLossPercent(), now.remoteJitter(), now.remoteMos(), now.rejected(),
            now.malformed());
    }
}
