package io.earshot.rtp.rtcp;

import io.earshot.rtp.wire.Wire;

/** Steps through the items of a source description (RFC 3550 §6.5). Confined to one thread, reusable. */
public final class SourceDescription {
    /** The item that names an endpoint for good. */
    public static final int CNAME = 1;
    private static final int END = 0;

    private byte[] buffer = new byte[0];
    private int at;
    private int end;
    private int chunksLeft;
    private boolean inChunk;
    private int chunkStart;
    private int ssrc;
    private int item;
    private int offset;
    private int length;

    /** Makes a reader; {@code wrap} comes first. */
    public SourceDescription() {
    }

    /** Starts over with a compound that stands at a {@link RtcpType#SOURCE_DESCRIPTION}. */
    public SourceDescription wrap(RtcpCompound compound) {
        if (compound.type() != RtcpType.SOURCE_DESCRIPTION) {
            throw new IllegalStateException("not a source description");
        }
        buffer = compound.buffer();
        at = compound.offset() + RtcpCompound.HEAD_BYTES;
        end = compound.bodyEnd();
        chunksLeft = compound.count();
        inChunk = false;
        return this;
    }

    /** Tells whether so many chunks fill the range, each ended by a null item and padded to 32 bits. */
    static boolean wellFormed(byte[] bytes, int from, int to, int chunks) {
        int at = from;
        for (int chunk = 0; chunk < chunks; chunk++) {
            int start = at;
            at += 4;
            while (at < to && bytes[at] != END) {
                at += at + 1 < to ? 2 + Wire.u8(bytes, at + 1) : 2;
            }
            if (at >= to) {
                return false;
            }
            at = chunkEnd(start, at);
        }
        return at <= to;
    }

    private static int chunkEnd(int start, int endItem) {
        return start + (endItem - start + 4 & ~3);
    }

    /** Moves to the next item of any source; {@code false} when there is none. */
    public boolean next() {
        while (inChunk || chunksLeft > 0) {
            if (!inChunk) {
                chunksLeft--;
                ssrc = Wire.i32(buffer, at);
                chunkStart = at;
                at += 4;
                inChunk = true;
            }
            if (buffer[at] != END) {
                item = Wire.u8(buffer, at);
                length = Wire.u8(buffer, at + 1);
                offset = at + 2;
                at = offset + length;
                return true;
            }
            at = Math.min(chunkEnd(chunkStart, at), end);
            inChunk = false;
        }
        return false;
    }

    /** Returns the source that the item is about. */
    public int ssrc() {
        return ssrc;
    }

    /** Returns the item's type, {@link #CNAME} for one. */
    public int item() {
        return item;
    }

    /** Returns where the item's text (UTF-8) starts in the compound's buffer. */
    public int offset() {
        return offset;
    }

    /** Returns the length of the item's text in bytes, 0 to 255. */
    public int length() {
        return length;
    }
}
