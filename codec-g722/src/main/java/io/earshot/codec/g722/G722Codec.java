package io.earshot.codec.g722;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.Objects;

/** An octet per pair of samples, in packets of any length up to 120 ms; longer or empty payloads are malformed. */
final class G722Codec implements AudioCodec {
    /** 120 ms. */
    private static final int MAX_PAYLOAD = 960;

    private final G722Encoder encoder = new G722Encoder();
    private final G722Decoder decoder;
    private final Concealer concealer;

    G722Codec(Mode mode) {
        decoder = new G722Decoder(mode);
        concealer = new Concealer(decoder);
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        Objects.checkFromIndexSize(outOffset, maxPayload(samples), out.length);
        if (samples % 2 != 0) {
            throw new IllegalArgumentException(samples + " samples are no whole number of octets");
        }
        encoder.encode(pcm, offset, samples, out, outOffset);
        return samples / 2;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        if (samples == NONE) {
            return NONE;
        }
        decoder.decode(payload, offset, length, pcm, pcmOffset);
        concealer.received(pcm, pcmOffset, samples);
        return samples;
    }

    @Override
    public int maxPayload(int samples) {
        return samples / 2;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        return length > 0 && length <= MAX_PAYLOAD ? 2 * length : NONE;
    }

    @Override
    public int conceal(short[] pcm, int pcmOffset, int samples) {
        Objects.checkFromIndexSize(pcmOffset, samples, pcm.length);
        int even = samples & ~1;
        concealer.conceal(pcm, pcmOffset, even);
        return even == 0 ? NONE : even;
    }

    @Override
    public void resetDecoder() {
        decoder.reset();
        concealer.reset();
    }
}
