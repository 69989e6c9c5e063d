package io.earshot.codec.opus;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusConstants;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMode;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import io.github.jaredmdobson.concentus.Scratch;

/** Makes Opus packets of 10 to 120 ms with Concentus. */
final class OpusPacketEncoder {
    /** More does not fit a datagram on an ordinary path; it is also the most for a single frame. */
    static final int MAX_PAYLOAD = OpusPacket.MAX_FRAME_BYTES;
    private static final int SAMPLE_RATE = 48_000;
    private static final int PER_MILLI = SAMPLE_RATE / 1000;
    /** Of 10; twice as fast as the most, and the difference at the bit rates of speech is small. */
    private static final int COMPLEXITY = 5;
    /** What is expected to get lost, in percent, as long as nobody has reported; FEC is off at 0. */
    private static final int UNREPORTED_LOSS = 5;
    /** The encoder asks to keep packets of this length to itself (RFC 6716 §2.1.9): they say silence. */
    private static final int SILENT_BYTES = 2;
    private static final int LONGEST_LENGTH_FIELD = 2;

    private final OpusEncoder encoder;
    private final EncoderSettings settings;
    private final byte[] frame = new byte[MAX_PAYLOAD];
    private final byte[] frames = new byte[MAX_PAYLOAD];
    private final int[] lengths = new int[12];

    OpusPacketEncoder(EncoderSettings settings) {
        this.settings = settings;
        try {
            encoder = new OpusEncoder(SAMPLE_RATE, settings.inputChannels(), OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus encoder", e);
        }
        encoder.setComplexity(COMPLEXITY);
        release();
        encoder.setBitrate(settings.bitrate());
        encoder.setUseVBR(!settings.constantBitrate());
        encoder.setUseInbandFEC(settings.fec());
        encoder.setPacketLossPercent(settings.fec() ? UNREPORTED_LOSS : 0);
        encoder.setUseDTX(settings.dtx());
    }

    void onNetwork(int targetBitsPerSecond, float lossFraction) {
        if (targetBitsPerSecond > 0) {
            encoder.setBitrate(OpusParameters.clamp(targetBitsPerSecond, OpusParameters.MIN_BITRATE, settings.maxBitrate()));
        }
        encoder.setPacketLossPercent(OpusParameters.clamp(Math.round(lossFraction * 100), 0, 100));
    }

    /** Returns the bytes written, 0 for silence that need not be sent. */
    int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int perChannel = samples / settings.inputChannels();
        int millis = perChannel / PER_MILLI;
        if (millis < 10 || millis > 120 || millis % 10 != 0 || samples != millis * PER_MILLI * settings.inputChannels()) {
            throw new IllegalArgumentException("not a whole number of frames of 10 ms up to 120 ms: " + samples + " samples");
        }
        try {
            if (millis == 10 || millis == 20 || millis == 40 || millis == 60) {
                int length = frame(pcm, offset, perChannel, out, outOffset, MAX_PAYLOAD);
                return isSilence(length) ? 0 : length;
            }
            int frameMillis = millis % 20 == 0 ? 20 : 10;
            return several(pcm, offset, frameMillis * PER_MILLI, millis / frameMillis, out, outOffset);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus encoder", e);
        }
    }

    private int frame(short[] pcm, int offset, int perChannel, byte[] out, int outOffset, int room) throws OpusException {
        Scratch.open();
        try {
            return encoder.encode(pcm, offset, perChannel, out, outOffset, room);
        } finally {
            Scratch.close();
        }
    }

    private boolean isSilence(int length) {
        return settings.dtx() && length <= SILENT_BYTES;
    }

    /** Packet times that no single frame has: frames of one configuration share a packet of code 3 (RFC 6716 §3.2.5). */
    private int several(short[] pcm, int offset, int frameSamples, int count, byte[] out, int outOffset) throws OpusException {
        int room = (MAX_PAYLOAD - 2) / count - LONGEST_LENGTH_FIELD;
        int toc = 0;
        int sum = 0;
        boolean silent = true;
        for (int i = 0; i < count; i++) {
            int at = offset + i * frameSamples * settings.inputChannels();
            int length = frame(pcm, at, frameSamples, frame, 0, room);
            if (i == 0) {
                toc = frame[0] & 0xFC;
                hold();
            }
            silent &= isSilence(length);
            lengths[i] = (frame[0] & 0xFC) == toc ? length - 1 : 0; // an empty frame is concealed (RFC 6716 §3.2.1)
            System.arraycopy(frame, 1, frames, sum, lengths[i]);
            sum += lengths[i];
        }
        release();
        return silent ? 0 : pack(toc, count, sum, out, outOffset);
    }

    /** Keeps the configuration of the frame just encoded. */
    private void hold() {
        encoder.setForceMode(OpusPacketInfo.getEncoderMode(frame, 0));
        encoder.setBandwidth(OpusPacketInfo.getBandwidth(frame, 0));
        encoder.setForceChannels(OpusPacketInfo.getNumEncodedChannels(frame, 0));
    }

    /** Leaves the configuration to the encoder, within the settings. */
    private void release() {
        encoder.setForceMode(OpusMode.MODE_AUTO);
        encoder.setBandwidth(OpusBandwidth.OPUS_BANDWIDTH_AUTO);
        encoder.setMaxBandwidth(settings.bandwidth());
        encoder.setForceChannels(settings.codedChannels() == settings.inputChannels() ? OpusConstants.OPUS_AUTO : 1);
    }

    private int pack(int toc, int count, int sum, byte[] out, int outOffset) {
        int at = outOffset;
        out[at++] = (byte) (toc | 3);
        out[at++] = (byte) (0x80 | count);
        for (int i = 0; i < count - 1; i++) {
            int length = lengths[i];
            if (length < 252) {
                out[at++] = (byte) length;
            } else {
                int low = 252 + (length & 3);
                out[at++] = (byte) low;
                out[at++] = (byte) (length - low >> 2);
            }
        }
        System.arraycopy(frames, 0, out, at, sum);
        return at + sum - outOffset;
    }
}
