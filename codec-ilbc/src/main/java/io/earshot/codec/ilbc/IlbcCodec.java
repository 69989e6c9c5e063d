package io.earshot.codec.ilbc;

import io.earshot.api.codec.spi.AudioCodec;

/**
 * iLBC for one call. A payload is frames one behind the other (RFC 3952 §3.2). A peer that sends the other frame length than was agreed is
 * understood too: its payloads tell by their size.
 */
final class IlbcCodec implements AudioCodec {
    private static final int MAX_SAMPLES = 960;

    private final IlbcMode mode;
    private final FrameDecoder[] decoders = new FrameDecoder[IlbcMode.values().length];
    private IlbcMode received;
    private FrameEncoder encoder;

    IlbcCodec(IlbcMode mode) {
        this.mode = mode;
        received = mode;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int frames = samples / mode.samples;
        if (frames < 1 || samples != frames * mode.samples) {
            throw new IllegalArgumentException("not a whole number of frames of " + mode.samples + " samples: " + samples);
        }
        if (encoder == null) {
            encoder = new FrameEncoder(mode);
        }
        for (int i = 0; i < frames; i++) {
            encoder.encode(pcm, offset + i * mode.samples, out, outOffset + i * mode.bytes);
        }
        return frames * mode.bytes;
    }

    @Override
    public int maxPayload(int samples) {
        return samples / mode.samples * mode.bytes;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        IlbcMode told = modeOf(length);
        int samples = told == null ? 0 : length / told.bytes * told.samples;
        return samples > 0 && samples <= MAX_SAMPLES ? samples : NONE;
    }

    private IlbcMode modeOf(int length) {
        IlbcMode other = mode == IlbcMode.MILLIS_20 ? IlbcMode.MILLIS_30 : IlbcMode.MILLIS_20;
        return length % mode.bytes == 0 ? mode : length % other.bytes == 0 ? other : null;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        if (samples != NONE) {
            received = modeOf(length);
            FrameDecoder decoder = decoder();
            for (int i = 0; i < length / received.bytes; i++) {
                decoder.decode(payload, offset + i * received.bytes, pcm, pcmOffset + i * received.samples);
            }
        }
        return samples;
    }

    @Override
    public int conceal(short[] pcm, int pcmOffset, int samples) {
        int frames = Math.min(samples, MAX_SAMPLES) / received.samples;
        for (int i = 0; i < frames; i++) {
            decoder().conceal(pcm, pcmOffset + i * received.samples);
        }
        return frames == 0 ? NONE : frames * received.samples;
    }

    @Override
    public void resetDecoder() {
        for (FrameDecoder decoder : decoders) {
            if (decoder != null) {
                decoder.reset();
            }
        }
    }

    private FrameDecoder decoder() {
        FrameDecoder decoder = decoders[received.ordinal()];
        if (decoder == null) {
            decoder = new FrameDecoder(received);
            decoders[received.ordinal()] = decoder;
        }
        return decoder;
    }
}
