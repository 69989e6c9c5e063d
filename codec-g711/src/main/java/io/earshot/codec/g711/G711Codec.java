package io.earshot.codec.g711;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.Objects;

/**
 * One byte per sample, no state between samples, hence no concealment of its own. An empty payload is malformed: it says nothing of how
 * long it lasts; so is one of more than 120 ms, the most that a caller has room for.
 */
final class G711Codec implements AudioCodec {
    /** 120 ms at 8 kHz. */
    private static final int MAX_PAYLOAD = 960;

    private final CompandingLaw law;

    G711Codec(CompandingLaw law) {
        this.law = law;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        Objects.checkFromIndexSize(outOffset, samples, out.length);
        law.encode(pcm, offset, samples, out, outOffset);
        return samples;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        if (samples != NONE) {
            law.decode(payload, offset, samples, pcm, pcmOffset);
        }
        return samples;
    }

    @Override
    public int maxPayload(int samples) {
        return samples;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        return length > 0 && length <= MAX_PAYLOAD ? length : NONE;
    }
}
