package io.earshot.codec.speex;

import io.earshot.api.codec.spi.AudioCodec;

/** Decodes payloads that are well framed. */
final class SpeexPacketDecoder {
    private final SpeexBand band;
    private final SpeexFraming framing;
    private final BitReader bits = new BitReader();
    private final float[] frame;
    private LayerDecoder decoder;

    SpeexPacketDecoder(SpeexBand band) {
        this.band = band;
        framing = new SpeexFraming(band);
        frame = new float[band.frameSamples()];
        decoder = LayerDecoder.open(band);
    }

    int duration(byte[] payload, int offset, int length) {
        int frames = framing.count(payload, offset, length);
        return frames == AudioCodec.NONE ? AudioCodec.NONE : frames * frame.length;
    }

    int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int frames = framing.count(payload, offset, length);
        if (frames == AudioCodec.NONE) {
            return AudioCodec.NONE;
        }
        for (int i = 0; i < frames; i++) {
            bits.open(payload, framing.start(i), framing.end(i));
            decoder.decode(bits, frame);
            if (!write(pcm, pcmOffset + i * frame.length)) {
                return AudioCodec.NONE;
            }
        }
        return frames * frame.length;
    }

    int conceal(short[] pcm, int pcmOffset, int samples) {
        int frames = Math.min(samples / frame.length, SpeexFraming.MAX_FRAMES);
        for (int i = 0; i < frames; i++) {
            decoder.conceal(frame);
            if (!write(pcm, pcmOffset + i * frame.length)) {
                return AudioCodec.NONE;
            }
        }
        return frames == 0 ? AudioCodec.NONE : frames * frame.length;
    }

    void reset() {
        decoder = LayerDecoder.open(band);
    }

    /** Rounds a frame. Should parameters that no encoder makes have driven a filter to infinity, all begins anew. */
    private boolean write(short[] pcm, int pcmOffset) {
        for (int i = 0; i < frame.length; i++) {
            float sample = frame[i];
            if (Float.isNaN(sample) || Float.isInfinite(sample)) {
                reset();
                return false;
            }
            pcm[pcmOffset + i] = (short) Math.max(-32_768, Math.min(32_767, Math.round(sample)));
        }
        return true;
    }
}
