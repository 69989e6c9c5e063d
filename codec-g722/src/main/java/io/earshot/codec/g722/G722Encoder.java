package io.earshot.codec.g722;

/** The SB-ADPCM encoder of G.722 §3. Confined to one thread; allocates only when made. */
final class G722Encoder {
    private final Qmf qmf = new Qmf();
    private final LowerBand lower = new LowerBand();
    private final HigherBand higher = new HigherBand();
    private final int[] low = new int[Qmf.BLOCK];
    private final int[] high = new int[Qmf.BLOCK];

    /** Writes one octet per pair of samples. */
    void encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int octets = samples / 2;
        for (int at = 0; at < octets; at += Qmf.BLOCK) {
            int count = Math.min(Qmf.BLOCK, octets - at);
            qmf.split(pcm, offset + 2 * at, count, low, high);
            for (int i = 0; i < count; i++) {
                out[outOffset + at + i] = (byte) code(low[i], high[i]);
            }
        }
    }

    /** Codes one sample of each sub-band. */
    int code(int lowSample, int highSample) {
        return higher.encode(highSample) << 6 | lower.encode(lowSample);
    }
}
