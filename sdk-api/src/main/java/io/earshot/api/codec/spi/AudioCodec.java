package io.earshot.api.codec.spi;

/**
 * Encoder and decoder of one call. Confined to one thread. Nothing here allocates in steady state, blocks, or throws on hostile
 * payloads. PCM is 16 bit linear at the descriptor's sample rate, channels interleaved; counts are samples of all channels together.
 */
public interface AudioCodec extends AutoCloseable {
    /** The verdict on a payload that cannot be decoded, and the answer of an optional operation that a codec does not have. */
    int NONE = -1;

    /**
     * Encodes one packet's worth of samples.
     *
     * @param samples a whole number of frames
     * @param out must have room for the packet from {@code outOffset}; {@link #maxPayload(int)} says how much
     * @return the bytes written; 0 when the codec's silence suppression has nothing to send for this packet
     */
    int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset);

    /**
     * Decodes one RTP payload.
     *
     * @param pcm must have room for 120 ms from {@code pcmOffset}
     * @return the samples written, or {@link #NONE} if the payload is malformed; then {@code pcm} is undefined
     */
    int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset);

    /** Returns the most bytes that {@link #encode} writes for so many samples. */
    int maxPayload(int samples);

    /**
     * Tells how many samples a payload holds without decoding it, or {@link #NONE} if that cannot be told. The jitter buffer asks.
     */
    int duration(byte[] payload, int offset, int length);

    /**
     * Fills in for a lost packet with the codec's own concealment.
     *
     * @return the samples written, or {@link #NONE} when the codec has none and generic concealment should do it
     */
    default int conceal(short[] pcm, int pcmOffset, int samples) {
        return NONE;
    }

    /**
     * Recovers the packet <em>before</em> this one from the redundancy inside (in-band FEC).
     *
     * @return the samples written, or {@link #NONE} when the payload holds no such data
     */
    default int decodeFec(byte[] payload, int offset, int length, short[] pcm, int pcmOffset, int samples) {
        return NONE;
    }

    /** Adapts the encoder to the network, as RTCP reports it; a codec of fixed rate ignores it. */
    default void onNetwork(int targetBitsPerSecond, float lossFraction) {
    }

    /** Forgets the decoder's history, as after a change of source. */
    default void resetDecoder() {
    }

    /** Frees what the codec holds outside the heap. Doing so twice is harmless. */
    @Override
    default void close() {
    }
}
