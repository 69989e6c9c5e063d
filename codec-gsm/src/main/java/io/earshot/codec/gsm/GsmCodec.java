package io.earshot.codec.gsm;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.Objects;

/**
 * Frames of 33 bytes, one after the other (RFC 3551 §4.5.8.1). A payload that is no whole number of them, lasts more than 120 ms, or
 * has a frame without the signature is malformed and leaves the decoder as it was. Concealed audio comes in any length; what is left
 * of a made-up frame when the next real one arrives is dropped.
 */
final class GsmCodec implements AudioCodec {
    private static final int MAX_FRAMES = 6;

    private final GsmEncoder encoder = new GsmEncoder();
    private final GsmDecoder decoder = new GsmDecoder();
    private final Substitution substitution = new Substitution();
    private final Frame frame = new Frame();
    private final short[] madeUp = new short[Frame.SAMPLES];
    private int madeUpUsed = Frame.SAMPLES;

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int length = maxPayload(samples);
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        Objects.checkFromIndexSize(outOffset, length, out.length);
        if (samples % Frame.SAMPLES != 0) {
            throw new IllegalArgumentException(samples + " samples are no whole number of frames of " + Frame.SAMPLES);
        }
        for (int i = 0; i < samples / Frame.SAMPLES; i++) {
            encoder.encode(pcm, offset + i * Frame.SAMPLES, out, outOffset + i * Frame.BYTES);
        }
        return length;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        if (samples == NONE) {
            return NONE;
        }
        for (int i = 0; i < samples / Frame.SAMPLES; i++) {
            frame.unpack(payload, offset + i * Frame.BYTES);
            decoder.decode(frame, pcm, pcmOffset + i * Frame.SAMPLES);
        }
        substitution.good(frame);
        madeUpUsed = Frame.SAMPLES;
        return samples;
    }

    @Override
    public int maxPayload(int samples) {
        return samples / Frame.SAMPLES * Frame.BYTES;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        int frames = length / Frame.BYTES;
        if (frames < 1 || frames > MAX_FRAMES || length % Frame.BYTES != 0) {
            return NONE;
        }
        for (int i = 0; i < frames; i++) {
            if (!Frame.signed(payload, offset + i * Frame.BYTES)) {
                return NONE;
            }
        }
        return frames * Frame.SAMPLES;
    }

    @Override
    public int conceal(short[] pcm, int pcmOffset, int samples) {
        Objects.checkFromIndexSize(pcmOffset, samples, pcm.length);
        int done = 0;
        while (done < samples) {
            if (madeUpUsed == Frame.SAMPLES) {
                decoder.decode(substitution.next(), madeUp, 0);
                madeUpUsed = 0;
            }
            int count = Math.min(samples - done, Frame.SAMPLES - madeUpUsed);
            System.arraycopy(madeUp, madeUpUsed, pcm, pcmOffset + done, count);
            madeUpUsed += count;
            done += count;
        }
        return samples;
    }

    @Override
    public void resetDecoder() {
        decoder.reset();
        substitution.reset();
        madeUpUsed = Frame.SAMPLES;
    }
}
