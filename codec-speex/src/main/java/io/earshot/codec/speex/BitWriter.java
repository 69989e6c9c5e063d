package io.earshot.codec.speex;

/** Writes bits, the most significant first. */
final class BitWriter {
    private byte[] bytes = new byte[0];
    private int start;
    private int at;

    void open(byte[] out, int offset) {
        bytes = out;
        start = offset;
        at = offset * 8;
    }

    void write(int value, int count) {
        for (int bit = count - 1; bit >= 0; bit--, at++) {
            if ((at & 7) == 0) {
                bytes[at >> 3] = 0;
            }
            bytes[at >> 3] |= (byte) ((value >> bit & 1) << 7 - (at & 7));
        }
    }

    /** Fills the last octet with a zero and ones (RFC 5574 §3.3); returns the octets written. */
    int finish() {
        if ((at & 7) != 0) {
            write(0, 1);
            while ((at & 7) != 0) {
                write(1, 1);
            }
        }
        return (at >> 3) - start;
    }
}
