package io.earshot.codec.g722;

/** The SB-ADPCM decoder of G.722 §4. Confined to one thread; allocates only when made. */
final class G722Decoder {
    /** Samples by which splitting and joining delay the sound. */
    static final int FOLLOW_DELAY = 22;

    private final Mode mode;
    private final Qmf join = new Qmf();
    private final Qmf split = new Qmf();
    private final LowerBand lower = new LowerBand();
    private final HigherBand higher = new HigherBand();
    private final int[] low = new int[Qmf.BLOCK];
    private final int[] high = new int[Qmf.BLOCK];
    private final short[] unheard = new short[2 * Qmf.BLOCK];

    G722Decoder(Mode mode) {
        this.mode = mode;
    }

    void reset() {
        join.reset();
        split.reset();
        lower.reset();
        higher.reset();
    }

    /** Writes two samples per octet. */
    void decode(byte[] in, int offset, int octets, short[] pcm, int pcmOffset) {
        for (int at = 0; at < octets; at += Qmf.BLOCK) {
            int count = Math.min(Qmf.BLOCK, octets - at);
            for (int i = 0; i < count; i++) {
                int code = in[offset + at + i];
                low[i] = lowSample(code);
                high[i] = highSample(code);
            }
            join.join(low, high, count, pcm, pcmOffset + 2 * at);
        }
    }

    /** Forgets what {@link #follow} heard, and hears the first of what it is to follow. */
    void prepareToFollow(short[] pcm, int offset) {
        split.split(pcm, offset, FOLLOW_DELAY / 2, low, high);
    }

    /**
     * Adapts to sound that was made up as if it had been received. Encoding it moves the predictors and step sizes just as decoding would,
     * so that the next real packet finds them nearly where the encoder has them.
     *
     * @param pcm what is {@link #FOLLOW_DELAY} samples ahead of what is played, since that is how late the filters are
     * @param pairs at most {@link Qmf#BLOCK}
     */
    void follow(short[] pcm, int offset, int pairs) {
        split.split(pcm, offset, pairs, low, high);
        for (int i = 0; i < pairs; i++) {
            lower.encode(low[i]);
            higher.encode(high[i]);
        }
        join.join(low, high, pairs, unheard, 0);
    }

    /** Decodes the lower sub-band's part of an octet. */
    int lowSample(int code) {
        return lower.decode(code & 63, mode);
    }

    /** Decodes the higher sub-band's part of an octet. */
    int highSample(int code) {
        return higher.decode(code >> 6 & 3);
    }
}
