package io.earshot.rtp.audio;

import static java.util.Objects.checkFromIndexSize;

/** Puts payloads before into each packet (RFC 2198). Confined to one thread; allocates only when payloads grow. */
final class Redundancy {
    private static final int MOST_COPIES = 15;
    /** Headers of a repeated block and of the new one. */
    private static final int HEADER_BYTES = 4;
    private static final int LAST_HEADER_BYTES = 1;
    private static final int MOST_TICKS = (1 << 14) - 1;
    private static final int MOST_BYTES = (1 << 10) - 1;
    /** A packet stays below what every path carries. */
    private static final int MOST_TOGETHER = 1200;

    /** The payloads before, of which {@link #newest} is the last; those before it stand below, around the end. */
    private final Kept[] kept;
    private int newest;
    private int held;

    private static final class Kept {
        byte[] bytes = new byte[0];
        int length;
        long ticks;
        int type;
    }

    /** Makes one that repeats so many payloads in each packet, 1 to 15. */
    Redundancy(int copies) {
        if (copies < 1 || copies > MOST_COPIES) {
            throw new IllegalArgumentException("copies must be 1 to " + MOST_COPIES + ", not " + copies);
        }
        kept = new Kept[copies];
        for (int i = 0; i < copies; i++) {
            kept[i] = new Kept();
        }
    }

    int copies() {
        return kept.length;
    }

    /** Returns the most bytes that a payload of so many becomes. */
    int mostBytes(int payload) {
        return LAST_HEADER_BYTES + payload + kept.length * (HEADER_BYTES + payload);
    }

    /** Forgets the payloads before, as after a pause. */
    void reset() {
        held = 0;
    }

    private Kept before(int back) {
        return kept[Math.floorMod(newest - back, kept.length)];
    }

    /** How many of the latest fit the headers and one packet. */
    private int fitting(int length, long ticks) {
        int together = LAST_HEADER_BYTES + length;
        int count = 0;
        while (count < held) {
            Kept one = before(count);
            long age = ticks - one.ticks;
            together += HEADER_BYTES + one.length;
            if (one.length == 0 || age <= 0 || age > MOST_TICKS || one.length > MOST_BYTES || together > MOST_TOGETHER) {
                break;
            }
            count++;
        }
        return count;
    }

    /**
     * Packs a payload that stands at {@code offset}; it moves up.
     *
     * @param out has room for {@link #mostBytes}
     * @param ticks the payload's time
     * @return the bytes of the whole
     */
    int pack(byte[] out, int offset, int length, int payloadType, long ticks) {
        int repeats = fitting(length, ticks);
        int front = LAST_HEADER_BYTES + HEADER_BYTES * repeats;
        int block = offset + front;
        for (int back = 0; back < repeats; back++) {
            front += before(back).length;
        }
        checkFromIndexSize(offset, front + length, out.length);
        System.arraycopy(out, offset, out, offset + front, length);
        int header = offset;
        for (int back = repeats - 1; back >= 0; back--) { // the oldest first
            Kept one = before(back);
            long age = ticks - one.ticks;
            out[header] = (byte) (0x80 | one.type);
            out[header + 1] = (byte) (age >> 6);
            out[header + 2] = (byte) (age << 2 | one.length >> 8);
            out[header + 3] = (byte) one.length;
            header += HEADER_BYTES;
            System.arraycopy(one.bytes, 0, out, block, one.length);
            block += one.length;
        }
        out[header] = (byte) payloadType;
        keep(out, offset + front, length, payloadType, ticks);
        return front + length;
    }

    private void keep(byte[] from, int offset, int length, int payloadType, long ticks) {
        newest = (newest + 1) % kept.length;
        held = Math.min(kept.length, held + 1);
        Kept one = kept[newest];
        if (one.bytes.length < length) {
            one.bytes = new byte[length];
        }
        System.arraycopy(from, offset, one.bytes, 0, length);
        one.length = length;
        one.ticks = ticks;
        one.type = payloadType;
    }
}
