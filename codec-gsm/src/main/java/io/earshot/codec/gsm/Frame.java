package io.earshot.codec.gsm;

/**
 * The 76 parameters of one 20 ms frame, GSM 06.10 table 1.1, and their packing into 33 bytes for RTP (RFC 3551 §4.5.8.1): a signature of
 * four bits, then every parameter most significant bit first in the order of the standard.
 */
final class Frame {
    /** Samples of a frame. */
    static final int SAMPLES = 160;
    /** Samples of a subframe. */
    static final int SUB_SAMPLES = 40;
    static final int SUBFRAMES = 4;
    /** Octets of a frame in RTP. */
    static final int BYTES = 33;
    /** Coefficients of the short term filter. */
    static final int ORDER = 8;
    /** Pulses of a subframe's residual. */
    static final int PULSES = 13;

    private static final int SIGNATURE = 0xd;
    private static final int[] LAR_BITS = {6, 6, 5, 5, 4, 4, 3, 3};

    /** Coded log-area ratios, LARc. */
    final int[] lar = new int[ORDER];
    /** Long term lag per subframe, Nc; what comes from the network may lie outside 40 to 120. */
    final int[] lag = new int[SUBFRAMES];
    /** Coded long term gain per subframe, bc. */
    final int[] gain = new int[SUBFRAMES];
    /** Position of the pulse grid per subframe, Mc. */
    final int[] grid = new int[SUBFRAMES];
    /** Coded block amplitude per subframe, xmaxc. */
    final int[] amplitude = new int[SUBFRAMES];
    /** Coded pulses, xMc, of one subframe after the other. */
    final int[] pulse = new int[SUBFRAMES * PULSES];

    /** Tells whether 33 bytes carry the signature of a frame; any other bits are legal. */
    static boolean signed(byte[] in, int offset) {
        return (in[offset] >> 4 & 0xf) == SIGNATURE;
    }

    void copyFrom(Frame other) {
        System.arraycopy(other.lar, 0, lar, 0, lar.length);
        System.arraycopy(other.lag, 0, lag, 0, lag.length);
        System.arraycopy(other.gain, 0, gain, 0, gain.length);
        System.arraycopy(other.grid, 0, grid, 0, grid.length);
        System.arraycopy(other.amplitude, 0, amplitude, 0, amplitude.length);
        System.arraycopy(other.pulse, 0, pulse, 0, pulse.length);
    }

    /** Writes 33 bytes. */
    void pack(byte[] out, int offset) {
        int at = offset;
        long bits = SIGNATURE;
        int held = 4;
        for (int i = 0; i < ORDER; i++) {
            bits = bits << LAR_BITS[i] | lar[i];
        }
        held += 36;
        for (int sub = 0; sub < SUBFRAMES; sub++) { // 40 bits are whole bytes, and so are the 56 of each subframe
            at = flush(bits, held, out, at);
            bits = lag[sub] << 10 | gain[sub] << 8 | grid[sub] << 6 | amplitude[sub];
            for (int i = 0; i < PULSES; i++) {
                bits = bits << 3 | pulse[sub * PULSES + i];
            }
            held = 56;
        }
        flush(bits, held, out, at);
    }

    private static int flush(long bits, int count, byte[] out, int offset) {
        int at = offset;
        for (int shift = count - 8; shift >= 0; shift -= 8) {
            out[at++] = (byte) (bits >> shift);
        }
        return at;
    }

    /** Reads 33 bytes, whose signature has been checked. */
    void unpack(byte[] in, int offset) {
        long bits = word(in, offset, 5);
        for (int i = ORDER - 1; i >= 0; i--) {
            lar[i] = (int) bits & (1 << LAR_BITS[i]) - 1;
            bits >>= LAR_BITS[i];
        }
        for (int sub = 0; sub < SUBFRAMES; sub++) {
            bits = word(in, offset + 5 + sub * 7, 7);
            for (int i = PULSES - 1; i >= 0; i--) {
                pulse[sub * PULSES + i] = (int) bits & 7;
                bits >>= 3;
            }
            amplitude[sub] = (int) bits & 63;
            grid[sub] = (int) bits >> 6 & 3;
            gain[sub] = (int) bits >> 8 & 3;
            lag[sub] = (int) bits >> 10 & 127;
        }
    }

    private static long word(byte[] in, int offset, int bytes) {
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            bits = bits << 8 | in[offset + i] & 0xff;
        }
        return bits;
    }
}
