package io.earshot.rtp.audio;

import static java.util.Objects.checkFromIndexSize;

/** Puts the payload before into each packet (RFC 2198). Confined to one thread; allocates only when payloads grow. */
final class Redundancy {
    /** Header of the repeated block, header of the new one. */
    static final int HEADER_BYTES = 5;

    private static final int MOST_TICKS = (1 << 14) - 1;
    private static final int MOST_BYTES = (1 << 10) - 1;
    /** A packet stays below what every path carries. */
    private static final int MOST_TOGETHER = 1200;

    private byte[] kept = new byte[0];
    private int keptLength;
    private long keptTicks;
    private int keptType;

    /** Forgets the payload before, as after a pause. */
    void reset() {
        keptLength = 0;
    }

    /**
     * Packs a payload that stands at {@code offset}; it moves up.
     *
     * @param out has room for {@link #HEADER_BYTES} and the payload before as well
     * @param ticks the payload's time
     * @return the bytes of the whole
     */
    int pack(byte[] out, int offset, int length, int payloadType, long ticks) {
        long age = ticks - keptTicks;
        boolean repeats = keptLength > 0 && age > 0 && age <= MOST_TICKS && keptLength <= MOST_BYTES
            && keptLength + length + HEADER_BYTES <= MOST_TOGETHER;
        int front = repeats ? HEADER_BYTES + keptLength : 1;
        checkFromIndexSize(offset, front + length, out.length);
        System.arraycopy(out, offset, out, offset + front, length);
        if (repeats) {
            out[offset] = (byte) (0x80 | keptType);
            out[offset + 1] = (byte) (age >> 6);
            out[offset + 2] = (byte) (age << 2 | keptLength >> 8);
            out[offset + 3] = (byte) keptLength;
            System.arraycopy(kept, 0, out, offset + HEADER_BYTES, keptLength);
        }
        out[offset + (repeats ? HEADER_BYTES - 1 : 0)] = (byte) payloadType;
        keep(out, offset + front, length, payloadType, ticks);
        return front + length;
    }

    private void keep(byte[] from, int offset, int length, int payloadType, long ticks) {
        if (kept.length < length) {
            kept = new byte[length];
        }
        System.arraycopy(from, offset, kept, 0, length);
        keptLength = length;
        keptTicks = ticks;
        keptType = payloadType;
    }
}
