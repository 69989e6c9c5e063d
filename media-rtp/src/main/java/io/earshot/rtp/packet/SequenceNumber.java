package io.earshot.rtp.packet;

/** Arithmetic modulo 2^16 on RTP sequence numbers. */
public final class SequenceNumber {
    private static final int MASK = 0xFFFF;

    private SequenceNumber() {
    }

    /** Returns the number after this one, 0 to 65535. */
    public static int next(int sequence) {
        return sequence + 1 & MASK;
    }

    /** Returns how far {@code a} is ahead of {@code b}, -32768 to 32767; right while the two are less than half the circle apart. */
    public static int difference(int a, int b) {
        return (short) (a - b);
    }

    /** Tells whether {@code a} comes after {@code b}. */
    public static boolean isAfter(int a, int b) {
        return difference(a, b) > 0;
    }

    /** Returns the number with these low 16 bits that is nearest to an extended number of which one is known. */
    public static long extend(int sequence, long near) {
        return near + difference(sequence, (int) near);
    }
}
