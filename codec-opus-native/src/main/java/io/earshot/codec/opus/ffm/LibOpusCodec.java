package io.earshot.codec.opus.ffm;

import io.earshot.api.codec.spi.AudioCodec;

/** Opus for one call; encoder and decoder come to be when first used. Their memory is outside the heap until {@link #close}. */
final class LibOpusCodec implements AudioCodec {
    private final LibOpus library;
    private final EncoderSettings settings;
    private NativeEncoder encoder;
    private NativeDecoder decoder;
    private boolean closed;

    LibOpusCodec(LibOpus library, EncoderSettings settings) {
        this.library = library;
        this.settings = settings;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        return encoder().encode(pcm, offset, samples, out, outOffset);
    }

    @Override
    public int maxPayload(int samples) {
        return NativeEncoder.MAX_PAYLOAD;
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
        if (decoder != null && !closed) {
            decoder.reset();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (encoder != null) {
            encoder.close();
        }
        if (decoder != null) {
            decoder.close();
        }
    }

    private NativeEncoder encoder() {
        refuseIfClosed();
        if (encoder == null) {
            encoder = new NativeEncoder(library, settings);
        }
        return encoder;
    }

    private NativeDecoder decoder() {
        refuseIfClosed();
        if (decoder == null) {
            decoder = new NativeDecoder(library, settings.inputChannels());
        }
        return decoder;
    }

    /** C would not forgive it. */
    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("this Opus codec has been closed");
        }
    }
}
