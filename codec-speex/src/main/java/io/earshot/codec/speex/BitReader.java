package io.earshot.codec.speex;

/** Reads bits, the most significant first; behind the end there are zeros. */
final class BitReader {
    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    /** Reads from there on; positions are in bits from the beginning of the array. */
    void open(byte[] from, int first, int behind) {
        bytes = from;
        at = first;
        end = behind;
    }

    /** Tells whether the next bit is set, and leaves it there. */
    boolean marked() {
        return at < end && (bytes[at >> 3] >> 7 - (at & 7) & 1) != 0;
    }

    int read(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value = value << 1 | (at < end ? bytes[at >> 3] >> 7 - (at & 7) & 1 : 0);
        }
        return value;
    }
}
