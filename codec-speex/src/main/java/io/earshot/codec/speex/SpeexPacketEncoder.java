package io.earshot.codec.speex;

/** Makes payloads of whole frames. */
final class SpeexPacketEncoder {
    /** More than the longest frame of any band: 492, 352 and 36 bits. */
    static final int MAX_FRAME_BYTES = 112;

    private final SpeexBand band;
    private final SpeexParameters wishes;
    private final LayerEncoder encoder;
    private final BitWriter bits = new BitWriter();
    private final float[] frame;

    SpeexPacketEncoder(SpeexBand band, SpeexParameters wishes) {
        this.band = band;
        this.wishes = wishes;
        frame = new float[band.frameSamples()];
        encoder = LayerEncoder.open(band);
        encoder.setDiscontinuous(wishes.comfortNoise());
        if (wishes.rate() == SpeexParameters.Rate.VOICE_ACTIVITY) {
            encoder.setVoiceActivity();
        }
        use(wishes.modes().get(0));
    }

    void onNetwork(int targetBitsPerSecond) {
        if (targetBitsPerSecond > 0) {
            use(wishes.modeFor(band, targetBitsPerSecond));
        }
    }

    private void use(int mode) {
        if (wishes.rate() == SpeexParameters.Rate.VARIABLE) {
            encoder.setVariable(band.quality(mode));
        } else {
            encoder.setMode(mode);
        }
    }

    /** Returns the bytes written. */
    int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int frames = samples / frame.length;
        if (frames < 1 || frames > SpeexFraming.MAX_FRAMES || samples != frames * frame.length) {
            throw new IllegalArgumentException("not a whole number of frames of 20 ms up to 120 ms: " + samples + " samples");
        }
        bits.open(out, outOffset);
        for (int i = 0; i < frames; i++) {
            for (int j = 0; j < frame.length; j++) {
                frame[j] = pcm[offset + i * frame.length + j];
            }
            encoder.encode(frame, bits);
        }
        return bits.finish();
    }
}
