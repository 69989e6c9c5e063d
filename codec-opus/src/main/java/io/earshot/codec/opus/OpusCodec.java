package io.earshot.codec.opus;

import io.earshot.api.codec.spi.AudioCodec;

/**
 * Opus for one call. Encoder and decoder come to be when first used: either takes several hundred kilobytes, and many codecs are opened
 * for one direction only. What Concentus needs for a frame it borrows from its thread's {@code Scratch}, so packets leave no garbage.
 */
final class OpusCodec implements AudioCodec {
    private final EncoderSettings settings;
    private OpusPacketEncoder encoder;
    private OpusPacketDecoder decoder;

    OpusCodec(EncoderSettings settings) {
        this.settings = settings;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        return encoder().encode(pcm, offset, samples, out, outOffset);
    }

    @Override
    public int maxPayload(int samples) {
        return OpusPacketEncoder.MAX_PAYLOAD;
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

    @Override
    public int decodeFec(byte[] payload, int offset, int length, short[] pcm, int pcmOffset, int samples) {
        return decoder().decodeFec(payload, offset, length, pcm, pcmOffset, samples);
    }

    @Override
    public void onNetwork(int targetBitsPerSecond, float lossFraction) {
        encoder().onNetwork(targetBitsPerSecond, lossFraction);
    }

    @Override
    public void resetDecoder() {
        if (decoder != null) {
            decoder.reset();
        }
    }

    private OpusPacketEncoder encoder() {
        if (encoder == null) {
            encoder = new OpusPacketEncoder(settings);
        }
        return encoder;
    }

    private OpusPacketDecoder decoder() {
        if (decoder == null) {
            decoder = new OpusPacketDecoder(settings.inputChannels());
        }
        return decoder;
    }
}
