package io.earshot.api;

import java.time.Duration;

/**
 * The sound of a call in numbers.
 *
 * @param packetsSent RTP packets sent
 * @param packetsReceived RTP packets received
 * @param packetsLost RTP packets that never came
 * @param lossPercent lost of expected, 0 to 100; what came and was not played is counted apart, see {@link Heard#discardPercent}
 * @param jitter interarrival jitter (RFC 3550 §6.4.1)
 * @param roundTrip network round trip by RTCP; zero while unknown
 * @param bufferDelay playout delay of the jitter buffer now
 * @param concealed sound made up for lost packets
 * @param mos estimated listening quality, 1 to 4.5 (E-model, ITU-T G.107); 0 before sound flows
 * @param heard what playing it took
 * @param far how the peer hears us, as it reports
 * @param path which way it goes
 * @param repair packets that were asked for and repeated
 */
public record CallQuality(long packetsSent, long packetsReceived, long packetsLost, double lossPercent, Duration jitter,
        Duration roundTrip, Duration bufferDelay, Duration concealed, double mos, Heard heard, Far far, CallPath path,
        Repair repair) {
    /** Nothing measured yet. */
    public static final CallQuality NONE = new CallQuality(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0,
        new Heard(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0), new Far(0, Duration.ZERO, 0, Duration.ZERO));

    /** Makes one of which nothing is known of the way. */
    public CallQuality(long packetsSent, long packetsReceived, long packetsLost, double lossPercent, Duration jitter,
            Duration roundTrip, Duration bufferDelay, Duration concealed, double mos, Heard heard, Far far) {
        this(packetsSent, packetsReceived, packetsLost, lossPercent, jitter, roundTrip, bufferDelay, concealed, mos, heard, far,
            CallPath.NONE, Repair.NONE);
    }

    /**
     * What playing the peer's sound took.
     *
     * @param late packets that came too late to be played
     * @param discarded packets that came and were not played: too late, left out to shorten the delay, or pushed out (RFC 3611 §4.7.1)
     * @param discardPercent discarded of expected, 0 to 100; with {@link CallQuality#lossPercent} it makes what is missing
     * @param shortened sound taken out to shorten the delay
     * @param lengthened sound put in to lengthen it
     * @param noise comfort noise played while the peer was silent
     * @param driftPpm by how much the peer's clock is slower than ours, in millionths; 0 until it is known, which takes a minute
     */
    public record Heard(long late, long discarded, double discardPercent, Duration shortened, Duration lengthened,
            Duration noise, double driftPpm) { }

    /**
     * How the peer hears us, by its last report.
     *
     * @param lossPercent packets of ours that did not arrive since its report before, 0 to 100
     * @param jitter interarrival jitter
     * @param mos its listening quality as it says by VoIP metrics (RFC 3611), else as estimated from its losses, 1 to 4.5; 0 while unknown
     * @param bufferDelay its playout delay as it says; zero while unknown
     */
    public record Far(double lossPercent, Duration jitter, double mos, Duration bufferDelay) { }

    /**
     * Packets that were lost and asked for again ({@link io.earshot.api.audio.LossRepair}); what came then does not count as lost.
     *
     * @param requested packets of the peer's that we asked for
     * @param repaired those of them that came after that
     * @param repeated packets of ours that the peer asked for and was sent again
     */
    public record Repair(long requested, long repaired, long repeated) {
        /** Nothing was asked for. */
        public static final Repair NONE = new Repair(0, 0, 0);
    }
}
