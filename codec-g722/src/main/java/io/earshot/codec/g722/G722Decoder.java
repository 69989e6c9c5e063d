package io.earshot.codec.g722;

/** The SB-ADPCM decoder of G.722 §4. Confined to one thread; allocates only when made. */
final class G722Decoder {
    private final Mode mode;
    private final Qmf join = new Qmf();
    private final Qmf split = new Qmf();
    private final LowerBand lower = new LowerBand();
    private final HigherBand higher = new HigherBand();
    private final int[] low = new int[Qmf.BLOCK];
    private final int[] high = new int[Qmf.BLOCK];

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

    /** Decodes the lower sub-band's part of an octet. */
    int lowSample(int code) {
        return lower.decode(code & 63, mode);
    }

    /** Decodes the higher sub-band's part of an octet. */
    int highSample(int code) {
        return higher.decode(code >> 6 & 3);
    }
}
