package io.earshot.codec.speex;

import org.xiph.speex.Bits;
import org.xiph.speex.Encoder;

/** Makes payloads of whole frames with JSpeex. */
final class SpeexPacketEncoder {
    /** Of 10; the next step costs half as much again for a fraction of a decibel. */
    private static final int COMPLEXITY = 3;
    /** More than the longest frame of any band: 492, 352 and 36 bits. */
    static final int MAX_FRAME_BYTES = 112;

    private final SpeexBand band;
    private final SpeexParameters wishes;
    private final Encoder encoder;
    private final Bits bits = new Bits();
    private final SpeexFraming framing;
    private final float[] frame;
    private final byte[] zeros = new byte[SpeexFraming.MAX_FRAMES * MAX_FRAME_BYTES];

    SpeexPacketEncoder(SpeexBand band, SpeexParameters wishes) {
        this.band = band;
        this.wishes = wishes;
        framing = new SpeexFraming(band);
        frame = new float[band.frameSamples()];
        encoder = BandEncoder.open(band);
        encoder.setComplexity(COMPLEXITY);
        encoder.setVbr(wishes.rate() == SpeexParameters.Rate.VARIABLE);
        encoder.setVad(wishes.rate() == SpeexParameters.Rate.VOICE_ACTIVITY);
        encoder.setDtx(wishes.comfortNoise());
        bits.init();
        use(wishes.modes().get(0));
    }

    void onNetwork(int targetBitsPerSecond) {
        if (targetBitsPerSecond > 0) {
            use(wishes.modeFor(band, targetBitsPerSecond));
        }
    }

    private void use(int mode) {
        if (wishes.rate() == SpeexParameters.Rate.VARIABLE) {
            encoder.setVbrQuality(band.quality(mode));
        } else if (band == SpeexBand.NARROW) {
            encoder.setMode(mode);
        } else {
            encoder.setQuality(mode);
        }
    }

    /** Returns the bytes written. */
    int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int frames = samples / frame.length;
        if (frames < 1 || frames > SpeexFraming.MAX_FRAMES || samples != frames * frame.length) {
            throw new IllegalArgumentException("not a whole number of frames of 20 ms up to 120 ms: " + samples + " samples");
        }
        bits.read_from(zeros, 0, zeros.length); // rewinds and clears
        for (int i = 0; i < frames; i++) {
            for (int j = 0; j < frame.length; j++) {
                frame[j] = pcm[offset + i * frame.length + j];
            }
            encoder.encode(bits, frame);
        }
        int length = bits.getBufferSize();
        System.arraycopy(bits.getBuffer(), 0, out, outOffset, length);
        pad(out, outOffset, length, frames);
        return length;
    }

    /** Fills the last octet with a zero and ones (RFC 5574 §3.3), so that nobody takes what is left for a frame of silence. */
    private void pad(byte[] out, int offset, int length, int frames) {
        framing.count(out, offset, length, frames);
        int free = length * 8 - framing.bits();
        if (free > 0 && free < 8) {
            out[offset + length - 1] |= (byte) ((1 << free - 1) - 1);
        }
    }
}
