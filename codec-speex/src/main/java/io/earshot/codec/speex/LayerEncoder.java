package io.earshot.codec.speex;

/** One layer's encoder, with those below it. What the layer above wants to know of the last frame is here. */
abstract class LayerEncoder {
    static final int SUBFRAMES = 4;

    /** The gain of each subframe's filter where the layer above begins. */
    final float[] gainAtEdge = new float[SUBFRAMES];
    /** The level of each subframe's excitation, and of that without the pitch. */
    final float[] excitation = new float[SUBFRAMES];
    final float[] innovation = new float[SUBFRAMES];

    static LayerEncoder open(SpeexBand band) {
        return switch (band) {
            case NARROW -> new NarrowEncoder(false);
            case WIDE -> new BandEncoder(new NarrowEncoder(true), 160);
            case ULTRA_WIDE -> new BandEncoder(new BandEncoder(new NarrowEncoder(true), 160), 320);
        };
    }

    /** Writes a frame; what is in the array is used up. */
    abstract void encode(float[] in, BitWriter bits);

    /** Sets a constant rate: of narrowband the mode's number, above that the mode's number as RFC 5574 counts them. */
    abstract void setMode(int mode);

    /** Lets the rate follow the sound, around a quality of 0 to 10. */
    abstract void setVariable(float quality);

    /** Lets noise have the least rate. */
    abstract void setVoiceActivity();

    /** Lets lasting silence have next to nothing, where the rate is not constant. */
    abstract void setDiscontinuous(boolean on);

    /** Whether the last frame has no content. */
    abstract boolean silent();

    /** Returns what the last frame deserved, where the rate is not constant. */
    abstract float quality();

    /** Returns what a frame must deserve to get a mode, between the columns of whole qualities. */
    static float threshold(float[] byQuality, float quality) {
        int below = Math.min(9, (int) quality);
        return (quality - below) * byQuality[below + 1] + (1 + below - quality) * byQuality[below];
    }
}
