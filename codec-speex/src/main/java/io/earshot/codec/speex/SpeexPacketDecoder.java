package io.earshot.codec.speex;

import io.earshot.api.codec.spi.AudioCodec;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.xiph.speex.Bits;
import org.xiph.speex.Decoder;

/** Decodes payloads with JSpeex, which gets to see only such as are well framed. */
final class SpeexPacketDecoder {
    /** JSpeex looks one bit beyond a frame; zeros there mean that nothing follows. */
    private static final int ZEROS_BEHIND = 8;

    private final SpeexBand band;
    private final SpeexFraming framing;
    private final Bits bits = new Bits();
    private final byte[] payloadAndZeros = new byte[SpeexFraming.MAX_BYTES + ZEROS_BEHIND];
    private final float[] frame;
    private Decoder decoder;

    SpeexPacketDecoder(SpeexBand band) {
        this.band = band;
        framing = new SpeexFraming(band);
        frame = new float[band.frameSamples()];
        bits.init();
        decoder = BandDecoder.open(band);
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
        System.arraycopy(payload, offset, payloadAndZeros, 0, length);
        Arrays.fill(payloadAndZeros, length, length + ZEROS_BEHIND, (byte) 0);
        bits.read_from(payloadAndZeros, 0, length + ZEROS_BEHIND);
        for (int i = 0; i < frames; i++) {
            if (!decode(bits, pcm, pcmOffset + i * frame.length)) {
                return AudioCodec.NONE;
            }
        }
        return frames * frame.length;
    }

    int conceal(short[] pcm, int pcmOffset, int samples) {
        int frames = Math.min(samples / frame.length, SpeexFraming.MAX_FRAMES);
        for (int i = 0; i < frames; i++) {
            if (!decode(null, pcm, pcmOffset + i * frame.length)) {
                return AudioCodec.NONE;
            }
        }
        return frames == 0 ? AudioCodec.NONE : frames * frame.length;
    }

    void reset() {
        decoder = BandDecoder.open(band);
    }

    /** Decodes or, without bits, conceals a frame. Parameters that no encoder makes drive filters to infinity; then all begins anew. */
    private boolean decode(Bits from, short[] pcm, int pcmOffset) {
        try {
            decoder.decode(from, frame);
        } catch (StreamCorruptedException | RuntimeException e) {
            reset();
            return false;
        }
        for (int i = 0; i < frame.length; i++) {
            float sample = frame[i];
            if (Float.isNaN(sample) || Float.isInfinite(sample)) {
                reset();
                return false;
            }
            pcm[pcmOffset + i] = (short) Math.round(Math.max(-32_768, Math.min(32_767, sample)));
        }
        return true;
    }
}
