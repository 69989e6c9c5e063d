package io.earshot.rtp.testing;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.rtp.wire.Wire;
import java.util.function.IntConsumer;

/**
 * A codec whose payloads are eight bytes: which packet it is, how many samples it stands for, and how loud they are. It decodes to a
 * 200 Hz tone and tells which packets it decoded.
 */
public final class TaggedCodec implements AudioCodec {
    /** 8000 Hz, mono, dynamic. */
    public static final CodecDescriptor DESCRIPTOR = new CodecDescriptor("X-TAGGED", 8000, 8000, 1, CodecDescriptor.DYNAMIC, 10, 20, 1);
    private static final int BYTES = 8;

    private final IntConsumer decoded;
    private int phase;

    /** Makes a codec that reports the index of each packet it decodes. */
    public TaggedCodec(IntConsumer decoded) {
        this.decoded = decoded;
    }

    /** Returns a payload. */
    public static byte[] payload(int index, int samples, int level) {
        byte[] out = new byte[BYTES];
        Wire.put32(out, 0, index);
        Wire.put16(out, 4, samples);
        Wire.put16(out, 6, level);
        return out;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int level = 0;
        for (int i = 0; i < samples; i++) {
            level = Math.max(level, Math.abs(pcm[offset + i]));
        }
        if (level == 0) {
            return 0;
        }
        System.arraycopy(payload(0, samples, level), 0, out, outOffset, BYTES);
        return BYTES;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        if (samples == NONE) {
            return NONE;
        }
        decoded.accept(Wire.i32(payload, offset));
        int level = Wire.u16(payload, offset + 6);
        for (int i = 0; i < samples; i++) {
            pcm[pcmOffset + i] = (short) (level * Math.sin(2 * Math.PI * phase++ / 40));
        }
        return samples;
    }

    @Override
    public int maxPayload(int samples) {
        return BYTES;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        return length == BYTES ? Wire.u16(payload, offset + 4) : NONE;
    }
}
