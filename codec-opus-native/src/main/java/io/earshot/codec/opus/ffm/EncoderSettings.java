package io.earshot.codec.opus.ffm;

import io.earshot.api.codec.spi.FormatParameters;

/**
 * How to encode for a peer, as RFC 7587 section 6.1 has it say.
 *
 * @param inputChannels channels of the PCM that comes in
 * @param codedChannels channels to code, at most as many
 * @param bandwidth libopus' number of the widest that is of use to the peer and that we have said we capture
 * @param bitrate bits per second to start with
 * @param maxBitrate bits per second that the peer allows
 * @param constantBitrate every packet of one length
 * @param fec carry in-band FEC once packets get lost
 * @param dtx send nothing in silence
 */
record EncoderSettings(int inputChannels, int codedChannels, int bandwidth, int bitrate, int maxBitrate, boolean constantBitrate,
        boolean fec, boolean dtx) {
    static final int MIN_BITRATE = 6_000;
    static final int MAX_BITRATE = 510_000;
    private static final int NARROWBAND = 1101;

    static EncoderSettings of(int inputChannels, FormatParameters local, FormatParameters remote) {
        int coded = inputChannels == 2 && flag(remote, "stereo") ? 2 : 1;
        int rate = Math.min(remote.getInt("maxplaybackrate").orElse(48_000), local.getInt("sprop-maxcapturerate").orElse(48_000));
        int said = remote.getInt("maxaveragebitrate").orElse(0);
        int allowed = said == 0 ? MAX_BITRATE : clamp(said, MIN_BITRATE, MAX_BITRATE);
        int step = rate < 12_000 ? 0 : rate < 16_000 ? 1 : rate < 24_000 ? 2 : rate < 48_000 ? 3 : 4;
        int[] speech = {12_000, 16_000, 24_000, 32_000, 32_000}; // the upper ends of the sweet spots of section 3.1.1
        return new EncoderSettings(inputChannels, coded, NARROWBAND + step, Math.min(speech[step] * coded, allowed), allowed,
            flag(remote, "cbr"), flag(remote, "useinbandfec"), flag(remote, "usedtx"));
    }

    static boolean flag(FormatParameters fmtp, String name) {
        return fmtp.getInt(name).orElse(0) == 1;
    }

    static int clamp(int value, int least, int most) {
        return Math.max(least, Math.min(value, most));
    }
}
