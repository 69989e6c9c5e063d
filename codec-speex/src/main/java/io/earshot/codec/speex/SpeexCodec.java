package io.earshot.codec.speex;

import io.earshot.api.codec.spi.AudioCodec;

/** Speex for one call. Encoder and decoder come to be when first used: many codecs are opened for one direction only. */
final class SpeexCodec implements AudioCodec {
    private final SpeexBand band;
    private final SpeexParameters wishes;
    private SpeexPacketEncoder encoder;
    private SpeexPacketDecoder decoder;

    SpeexCodec(SpeexBand band, SpeexParameters wishes) {
        this.band = band;
        this.wishes = wishes;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        return encoder().encode(pcm, offset, samples, out, outOffset);
    }

    @Override
    public int maxPayload(int samples) {
        return samples / band.frameSamples() * SpeexPacketEncoder.MAX_FRAME_BYTES;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        return decoder().decode(payload, offset, length, pcm, pcmOffset);
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        return decoder().duration(payload, offset, length);
    }

    @Override
    public int conceal(short[] pcm, int pcmOffset, int samples) {
        return decoder().conceal(pcm, pcmOffset, samples);
    }

    /** Speex has no redundancy: the rate is all that adapts. */
    @Override
    public void onNetwork(int targetBitsPerSecond, float lossFraction) {
        encoder().onNetwork(targetBitsPerSecond);
    }

    @Override
    public void resetDecoder() {
        if (decoder != null) {
            decoder.reset();
        }
    }

    private SpeexPacketEncoder encoder() {
        if (encoder == null) {
            encoder = new SpeexPacketEncoder(band, wishes);
        }
        return encoder;
    }

    private SpeexPacketDecoder decoder() {
        if (decoder == null) {
            decoder = new SpeexPacketDecoder(band);
        }
        return decoder;
    }
}
