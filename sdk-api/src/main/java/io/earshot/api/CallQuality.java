package io.earshot.api;

import java.time.Duration;

/**
 * The sound of a call in numbers.
 *
 * @param packetsSent RTP packets sent
 * @param packetsReceived RTP packets received
 * @param packetsLost RTP packets that never came
 * @param lossPercent lost of expected, 0 to 100
 * @param jitter interarrival jitter (RFC 3550 §6.4.1)
 * @param roundTrip network round trip by RTCP; zero while unknown
 * @param bufferDelay playout delay of the jitter buffer now
 * @param concealed sound made up for lost packets
 * @param mos estimated listening quality, 1 to 4.5 (E-model, ITU-T G.107); 0 before sound flows
 */
public record CallQuality(long packetsSent, long packetsReceived, long packetsLost, double lossPercent, Duration jitter,
        Duration roundTrip, Duration bufferDelay, Duration concealed, double mos) {
    /** Nothing measured yet. */
    public static final CallQuality NONE = new CallQuality(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
}
