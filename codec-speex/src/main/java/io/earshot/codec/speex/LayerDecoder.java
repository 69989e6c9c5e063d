package io.earshot.codec.speex;

/** One layer's decoder, with those below it. What the layer above wants to know of the last frame is here. */
abstract class LayerDecoder {
    static final int SUBFRAMES = 4;

    /** The gain of each subframe's filter where the layer above begins. */
    final float[] gainAtEdge = new float[SUBFRAMES];
    /** What drove the filters, before the pitch, at this layer's rate. */
    final float[] innovation;

    LayerDecoder(int frameSamples) {
        innovation = new float[frameSamples];
    }

    static LayerDecoder open(SpeexBand band) {
        return switch (band) {
            case NARROW -> new NarrowDecoder(false);
            case WIDE -> new BandDecoder(new NarrowDecoder(true), 160);
            case ULTRA_WIDE -> new BandDecoder(new BandDecoder(new NarrowDecoder(true), 160), 320);
        };
    }

    /** Decodes a frame, which {@link SpeexFraming} has found to be whole. */
    abstract void decode(BitReader bits, float[] out);

    /** Makes up a frame. */
    abstract void conceal(float[] out);

    /** Whether the far end sends nothing for now. */
    abstract boolean pausing();

    /** Returns the level of a subframe's excitation. */
    abstract float excitation(int subframe);
}
