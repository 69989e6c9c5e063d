package io.earshot.rtp.packet;

import static java.util.Objects.requireNonNull;

/**
 * A view of the payload of RFC 2198: the audio of now behind copies of earlier audio. Reusable, keeps no copy, reads nothing past the
 * end whatever the lengths say.
 *
 * <pre>{@code
 * if (blocks.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
 *     for (int i = 0; i < blocks.count(); i++) ... // the oldest first, the primary one last
 * }
 * }</pre>
 */
public final class RedundantBlocks {
    /** Blocks looked at; a payload with more is refused. */
    public static final int MOST = 8;
    private static final int HEAD_BYTES = 4;

    private final int[] types = new int[MOST];
    private final int[] behind = new int[MOST];
    private final int[] offsets = new int[MOST];
    private final int[] lengths = new int[MOST];
    private byte[] buffer = new byte[0];
    private int count;

    /** Makes a view of nothing. */
    public RedundantBlocks() {
    }

    /** Looks at a payload; {@code false} if its heads or lengths do not fit into it, or if it has more than {@link #MOST} blocks. */
    public boolean wrap(byte[] bytes, int offset, int length) {
        buffer = requireNonNull(bytes, "bytes");
        count = 0;
        int end = offset + length;
        int at = offset;
        int blocks = 0;
        while (at < end && (bytes[at] & 0x80) != 0) {
            if (at + HEAD_BYTES > end || blocks == MOST - 1) {
                return false;
            }
            int head = (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
            types[blocks] = bytes[at] & 0x7F;
            behind[blocks] = head >>> 10;
            lengths[blocks] = head & 0x3FF;
            at += HEAD_BYTES;
            blocks++;
        }
        if (at >= end) {
            return false;
        }
        types[blocks] = bytes[at] & 0x7F;
        behind[blocks] = 0;
        at++;
        for (int i = 0; i < blocks; i++) {
            offsets[i] = at;
            at += lengths[i];
        }
        if (at > end) {
            return false;
        }
        offsets[blocks] = at;
        lengths[blocks] = end - at;
        count = blocks + 1;
        return true;
    }

    /** Returns the blocks, the primary one included; 0 after a refusal. */
    public int count() {
        return count;
    }

    /** Returns the array that the blocks lie in. */
    public byte[] buffer() {
        return buffer;
    }

    /** Returns the payload type of a block. */
    public int payloadType(int block) {
        return types[block];
    }

    /** Returns by how many timestamp ticks a block is older than the packet; 0 for the primary one. */
    public int ticksBehind(int block) {
        return behind[block];
    }

    /** Returns where a block begins. */
    public int offset(int block) {
        return offsets[block];
    }

    /** Returns the length of a block in bytes; it may be 0. */
    public int length(int block) {
        return lengths[block];
    }
}
