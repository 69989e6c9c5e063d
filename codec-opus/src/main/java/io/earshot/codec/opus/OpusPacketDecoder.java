package io.earshot.codec.opus;

import io.earshot.api.codec.spi.AudioCodec;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.Scratch;

/**
 * Decodes Opus packets with Concentus at 48 kHz, into as many channels as are asked for, whatever the packets carry. Concentus gets one
 * frame at a time and an array of its own to decode to: at changes of mode it writes to the array's beginning, not to the given offset.
 */
final class OpusPacketDecoder {
    private static final int SAMPLE_RATE = 48_000;
    /** Concealment comes in steps of 2.5 ms, and not more than 20 ms of it at once. */
    private static final int STEP = 120;
    private static final int MOST_CONCEALED = 960;
    private static final int LONGEST_FRAME = 2880;

    private final OpusDecoder decoder;
    private final OpusPacket packet = new OpusPacket();
    private final int channels;
    private final byte[] single = new byte[1 + OpusPacket.MAX_FRAME_BYTES];
    private final short[] block;

    OpusPacketDecoder(int channels) {
        this.channels = channels;
        block = new short[LONGEST_FRAME * channels];
        try {
            decoder = new OpusDecoder(SAMPLE_RATE, channels);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus decoder", e);
        }
    }

    int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        if (!packet.parse(payload, offset, length)) {
            return AudioCodec.NONE;
        }
        int at = pcmOffset;
        for (int i = 0; i < packet.frames(); i++) {
            int written = frame(payload, i, false, pcm, at);
            if (written == AudioCodec.NONE) {
                return AudioCodec.NONE;
            }
            at += written;
        }
        return at - pcmOffset;
    }

    int duration(byte[] payload, int offset, int length) {
        int samples = packet.duration(payload, offset, length);
        return samples == AudioCodec.NONE ? AudioCodec.NONE : samples * channels;
    }

    int conceal(short[] pcm, int pcmOffset, int samples) {
        int perChannel = wholeSteps(samples);
        int at = pcmOffset;
        for (int left = perChannel; left > 0; left -= MOST_CONCEALED) {
            int written = run(null, 0, Math.min(left, MOST_CONCEALED), false, pcm, at);
            if (written == AudioCodec.NONE) {
                return AudioCodec.NONE;
            }
            at += written;
        }
        return perChannel == 0 ? AudioCodec.NONE : at - pcmOffset;
    }

    /** Recovers the last frame before the packet; what else is missing before that is concealed. */
    int decodeFec(byte[] payload, int offset, int length, short[] pcm, int pcmOffset, int samples) {
        if (!packet.parse(payload, offset, length) || !packet.hasRedundancy(payload)) {
            return AudioCodec.NONE;
        }
        int unrecoverable = (wholeSteps(samples) - packet.frameSamples()) * channels;
        if (unrecoverable < 0) {
            return AudioCodec.NONE;
        }
        int concealed = unrecoverable == 0 ? 0 : conceal(pcm, pcmOffset, unrecoverable);
        int recovered = concealed == AudioCodec.NONE ? AudioCodec.NONE : frame(payload, 0, true, pcm, pcmOffset + concealed);
        return recovered == AudioCodec.NONE ? AudioCodec.NONE : concealed + recovered;
    }

    void reset() {
        decoder.resetState();
    }

    private int wholeSteps(int samples) {
        return Math.min(samples / channels, OpusPacket.MAX_SAMPLES) / STEP * STEP;
    }

    /** Decodes one frame of the packet parsed last, as if it had come in a packet of its own. */
    private int frame(byte[] payload, int index, boolean fec, short[] pcm, int pcmOffset) {
        int length = packet.frameLength(index);
        single[0] = (byte) packet.tocOfOneFrame();
        System.arraycopy(payload, packet.frameOffset(index), single, 1, length);
        return run(single, 1 + length, packet.frameSamples(), fec, pcm, pcmOffset);
    }

    /** What the framing does not reveal Concentus may still stumble over: it then checks itself by assertions, or runs out of an array. */
    private int run(byte[] data, int length, int perChannel, boolean fec, short[] pcm, int pcmOffset) {
        Scratch.open();
        try {
            int samples = decoder.decode(data, 0, length, block, 0, perChannel, fec) * channels;
            System.arraycopy(block, 0, pcm, pcmOffset, samples);
            return samples;
        } catch (OpusException | RuntimeException | AssertionError e) {
            decoder.resetState();
            return AudioCodec.NONE;
        } finally {
            Scratch.close();
        }
    }
}
