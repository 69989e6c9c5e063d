package io.earshot.rtp.rtcp;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.wire.Wire;

/**
 * Reads a generic negative acknowledgement (RFC 4585 §6.2.1) of a compound in place: the numbers of packets that somebody misses.
 * Confined to one thread, reusable.
 */
public final class GenericNack {
    static final int FORMAT = 1;
    private static final int HEAD_BYTES = 12;
    private static final int ENTRY_BYTES = 4;

    private RtcpCompound compound;
    private int at;
    private int sequence;
    private int following;

    /** Makes a view; {@link #wrap} comes first. */
    public GenericNack() {
    }

    /** Looks at the current packet of a checked compound; {@code false} if it is something else. */
    public boolean wrap(RtcpCompound checked) {
        compound = requireNonNull(checked, "checked");
        at = checked.offset() + HEAD_BYTES;
        following = 0;
        return checked.type() == RtcpType.TRANSPORT_FEEDBACK && checked.count() == FORMAT;
    }

    /** Returns the source whose packets are missing. */
    public int source() {
        return Wire.i32(compound.buffer(), compound.offset() + 8);
    }

    /** Returns the next sequence number, -1 when there is none. */
    public int next() {
        if (following != 0) {
            int step = Integer.numberOfTrailingZeros(following) + 1;
            following >>>= step;
            sequence = sequence + step & 0xFFFF;
            return sequence;
        }
        if (at + ENTRY_BYTES > compound.bodyEnd()) {
            return -1;
        }
        sequence = Wire.u16(compound.buffer(), at);
        following = Wire.u16(compound.buffer(), at + 2);
        at += ENTRY_BYTES;
        return sequence;
    }
}
