package io.earshot.codec.opus;

import io.earshot.api.codec.spi.FormatParameters;

/**
 * What {@code a=fmtp} says of Opus (RFC 7587 §6.1), with the RFC's defaults for what it does not say. All of it tells how its sender wants
 * to receive, but for the two {@code sprop-} parameters, which tell what it is going to send. Values outside their range count as the
 * nearest that is allowed; what is no number at all is ignored.
 *
 * @param maxPlaybackRate the highest sample rate that is of use to the receiver, 8000 to 48000
 * @param maxAverageBitrate bits per second, 6000 to 510000, or 0 when nothing was said
 * @param stereo whether the receiver likes two channels
 * @param cbr whether the receiver wants a constant bit rate
 * @param useInbandFec whether the receiver makes use of in-band FEC
 * @param useDtx whether the receiver likes silence suppressed
 * @param maxCaptureRate the highest sample rate that the sender is going to capture at, 8000 to 48000
 * @param sendsStereo whether the sender is likely to send two channels
 */
record OpusParameters(int maxPlaybackRate, int maxAverageBitrate, boolean stereo, boolean cbr, boolean useInbandFec, boolean useDtx,
        int maxCaptureRate, boolean sendsStereo) {
    static final int MIN_BITRATE = 6_000;
    static final int MAX_BITRATE = 510_000;
    private static final int MIN_RATE = 8_000;
    private static final int MAX_RATE = 48_000;

    static OpusParameters of(FormatParameters fmtp) {
        int bitrate = fmtp.getInt("maxaveragebitrate").orElse(0);
        return new OpusParameters(rate(fmtp, "maxplaybackrate"), bitrate == 0 ? 0 : clamp(bitrate, MIN_BITRATE, MAX_BITRATE),
            flag(fmtp, "stereo"), flag(fmtp, "cbr"), flag(fmtp, "useinbandfec"), flag(fmtp, "usedtx"),
            rate(fmtp, "sprop-maxcapturerate"), flag(fmtp, "sprop-stereo"));
    }

    private static int rate(FormatParameters fmtp, String name) {
        return clamp(fmtp.getInt(name).orElse(MAX_RATE), MIN_RATE, MAX_RATE);
    }

    private static boolean flag(FormatParameters fmtp, String name) {
        return fmtp.getInt(name).orElse(0) == 1;
    }

    static int clamp(int value, int least, int most) {
        return Math.max(least, Math.min(value, most));
    }
}
