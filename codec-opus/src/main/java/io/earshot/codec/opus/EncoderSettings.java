package io.earshot.codec.opus;

import io.github.jaredmdobson.concentus.OpusBandwidth;

/**
 * How to encode for a peer.
 *
 * @param inputChannels channels of the PCM that comes in
 * @param codedChannels channels to code, at most as many
 * @param bandwidth the widest that is of use to the peer and that we have said we capture
 * @param bitrate bits per second to start with
 * @param maxBitrate bits per second that the peer allows
 * @param constantBitrate every packet of one length
 * @param fec carry in-band FEC once packets get lost
 * @param dtx send nothing in silence
 */
record EncoderSettings(int inputChannels, int codedChannels, OpusBandwidth bandwidth, int bitrate, int maxBitrate, boolean constantBitrate,
        boolean fec, boolean dtx) {

    /** Derives them from what was negotiated; what the peer said of its receiving side is what counts (RFC 7587 §7.1). */
    static EncoderSettings of(int inputChannels, OpusParameters local, OpusParameters remote) {
        int coded = inputChannels == 2 && remote.stereo() ? 2 : 1;
        int highestRate = Math.min(remote.maxPlaybackRate(), local.maxCaptureRate());
        int allowed = remote.maxAverageBitrate() == 0 ? OpusParameters.MAX_BITRATE : remote.maxAverageBitrate();
        int wanted = speechBitrate(highestRate) * (coded == 2 ? 2 : 1);
        return new EncoderSettings(inputChannels, coded, bandwidth(highestRate), Math.min(wanted, allowed), allowed, remote.cbr(),
            remote.useInbandFec(), remote.useDtx());
    }

    private static OpusBandwidth bandwidth(int rate) {
        if (rate < 12_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND;
        }
        if (rate < 16_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND;
        }
        if (rate < 24_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND;
        }
        return rate < 48_000 ? OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND : OpusBandwidth.OPUS_BANDWIDTH_FULLBAND;
    }

    /** The upper ends of the sweet spots for speech (RFC 7587 §3.1.1), with room for FEC in wideband. */
    private static int speechBitrate(int rate) {
        if (rate < 16_000) {
            return rate < 12_000 ? 12_000 : 16_000;
        }
        return rate < 24_000 ? 24_000 : 32_000;
    }
}
