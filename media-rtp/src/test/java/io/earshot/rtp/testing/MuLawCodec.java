package io.earshot.rtp.testing;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;

/** G.711 µ-law by its formula, for tests that want real audio without a codec module. */
public final class MuLawCodec implements AudioCodec {
    /** PCMU as RFC 3551 has it. */
    public static final CodecDescriptor DESCRIPTOR = new CodecDescriptor("PCMU", 8000, 8000, 1, 0, 10, 20, 500);
    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        for (int i = 0; i < samples; i++) {
            int sample = pcm[offset + i];
            int sign = sample < 0 ? 0x80 : 0;
            int magnitude = Math.min(CLIP, Math.abs(sample)) + BIAS;
            int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
            int mantissa = magnitude >> exponent + 3 & 0x0F;
            out[outOffset + i] = (byte) ~(sign | exponent << 4 | mantissa);
        }
        return samples;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        for (int i = 0; i < length; i++) {
            int code = ~payload[offset + i] & 0xFF;
            int magnitude = ((code & 0x0F) << 3) + BIAS << (code >> 4 & 7);
            pcm[pcmOffset + i] = (short) ((code & 0x80) == 0 ? magnitude - BIAS : BIAS - magnitude);
        }
        return length;
    }

    @Override
    public int maxPayload(int samples) {
        return samples;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        return length;
    }
}
