package io.earshot.codec.l16;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.Objects;

/** Two bytes per sample, the higher first, no state. A payload of half a sample, none, or more than 120 ms is malformed. */
final class L16Codec implements AudioCodec {
    private final int mostSamples;

    L16Codec(int mostSamples) {
        this.mostSamples = mostSamples;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        Objects.checkFromIndexSize(outOffset, 2 * samples, out.length);
        for (int i = 0; i < samples; i++) {
            out[outOffset + 2 * i] = (byte) (pcm[offset + i] >> 8);
            out[outOffset + 2 * i + 1] = (byte) pcm[offset + i];
        }
        return 2 * samples;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        for (int i = 0; i < samples; i++) {
            pcm[pcmOffset + i] = (short) (payload[offset + 2 * i] << 8 | payload[offset + 2 * i + 1] & 0xff);
        }
        return samples;
    }

    @Override
    public int maxPayload(int samples) {
        return 2 * samples;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        return length > 0 && length % 2 == 0 && length / 2 <= mostSamples ? length / 2 : NONE;
    }
}
