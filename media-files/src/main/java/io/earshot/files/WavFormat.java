package io.earshot.files;

/**
 * What the {@code fmt} chunk of a WAV file says.
 *
 * @param encoding how a sample is stored
 * @param bitsPerSample stored bits of one sample
 * @param channels 1 or 2
 * @param sampleRate frames per second
 */
public record WavFormat(Encoding encoding, int bitsPerSample, int channels, int sampleRate) {
    /** How a sample is stored, with its format tag. */
    public enum Encoding {
        /** Linear integers: 8 bit unsigned; 16, 24 and 32 bit signed. */
        PCM(1),
        /** IEEE 754, 32 bit, full scale 1.0. */
        FLOAT(3),
        /** ITU-T G.711 A-law. */
        A_LAW(6),
        /** ITU-T G.711 µ-law. */
        MU_LAW(7);

        final int tag;

        Encoding(int tag) {
            this.tag = tag;
        }
    }

    /** Returns the bytes of one sample of every channel. */
    public int bytesPerFrame() {
        return channels * bitsPerSample / 8;
    }
}
