package io.earshot.rtp.packet;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.earshot.rtp.wire.Wire;
import java.nio.ByteBuffer;

/**
 * Reads one RTP packet in place (RFC 3550 §5.1). Call {@link #wrap(byte[], int, int)} and use the accessors only after
 * {@link RtpVerdict#OK}; all offsets are absolute in {@link #buffer()}. Confined to one thread, reused for every packet.
 */
public final class RtpPacket {
    /** Length of the fixed header. */
    public static final int HEADER_BYTES = 12;
    static final int VERSION = 2;
    static final int FLAGS_OFFSET = 0;
    static final int TYPE_OFFSET = 1;
    static final int SEQUENCE_OFFSET = 2;
    static final int TIMESTAMP_OFFSET = 4;
    static final int SSRC_OFFSET = 8;
    static final int CSRC_OFFSET = HEADER_BYTES;
    static final int PADDING_FLAG = 0x20;
    static final int EXTENSION_FLAG = 0x10;
    static final int CSRC_COUNT_MASK = 0x0F;
    static final int MARKER_FLAG = 0x80;
    static final int PAYLOAD_TYPE_MASK = 0x7F;
    private static final int EXTENSION_HEAD_BYTES = 4;

    private final RtpLimits limits;
    private byte[] buffer = new byte[HEADER_BYTES];
    private byte[] copy = new byte[0];
    private int offset;
    private int length;
    private int extensionOffset;
    private int extensionLength;
    private int payloadOffset;
    private int payloadLength;

    /** Makes a flyweight with the default limits. */
    public RtpPacket() {
        this(RtpLimits.DEFAULT);
    }

    /** Makes a flyweight. */
    public RtpPacket(RtpLimits limits) {
        this.limits = requireNonNull(limits, "limits");
    }

    /**
     * Looks at a packet. After any verdict but {@link RtpVerdict#OK} the accessors mean nothing.
     *
     * @throws IndexOutOfBoundsException when offset and length are no range of the array: that is the caller's mistake
     */
    public RtpVerdict wrap(byte[] bytes, int packetOffset, int packetLength) {
        checkFromIndexSize(packetOffset, packetLength, bytes.length);
        if (packetLength < HEADER_BYTES) {
            return RtpVerdict.TOO_SHORT;
        }
        if (packetLength > limits.maxPacketBytes()) {
            return RtpVerdict.TOO_LONG;
        }
        int flags = bytes[packetOffset + FLAGS_OFFSET];
        if ((flags >> 6 & 3) != VERSION) {
            return RtpVerdict.BAD_VERSION;
        }
        int end = packetOffset + packetLength;
        int at = packetOffset + HEADER_BYTES + 4 * (flags & CSRC_COUNT_MASK);
        if (at > end) {
            return RtpVerdict.CSRC_OVERRUN;
        }
        int extension = at;
        int extensionBytes = 0;
        if ((flags & EXTENSION_FLAG) != 0) {
            if (at + EXTENSION_HEAD_BYTES > end) {
                return RtpVerdict.EXTENSION_OVERRUN;
            }
            extensionBytes = 4 * Wire.u16(bytes, at + 2);
            at += EXTENSION_HEAD_BYTES + extensionBytes;
            if (at > end) {
                return RtpVerdict.EXTENSION_OVERRUN;
            }
            if (extensionBytes > limits.maxExtensionBytes()) {
                return RtpVerdict.EXTENSION_TOO_LONG;
            }
        }
        int padding = 0;
        if ((flags & PADDING_FLAG) != 0) {
            padding = at < end ? Wire.u8(bytes, end - 1) : 0;
            if (padding == 0 || padding > end - at) {
                return RtpVerdict.BAD_PADDING;
            }
        }
        buffer = bytes;
        offset = packetOffset;
        length = packetLength;
        extensionOffset = extension + EXTENSION_HEAD_BYTES;
        extensionLength = extensionBytes;
        payloadOffset = at;
        payloadLength = end - at - padding;
        return RtpVerdict.OK;
    }

    /**
     * Looks at the bytes between position and limit, which stay where they are. A buffer without an accessible array (direct or
     * read-only) is copied into this flyweight's own array; the copy grows to the largest such packet once and is then reused.
     */
    public RtpVerdict wrap(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (bytes.hasArray()) {
            return wrap(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
        }
        if (count > limits.maxPacketBytes()) {
            return RtpVerdict.TOO_LONG;
        }
        if (copy.length < count) {
            copy = new byte[limits.maxPacketBytes()];
        }
        bytes.get(bytes.position(), copy, 0, count);
        return wrap(copy, 0, count);
    }

    /** Returns the array that holds the packet. */
    public byte[] buffer() {
        return buffer;
    }

    /** Returns where the packet starts. */
    public int offset() {
        return offset;
    }

    /** Returns the length of the whole packet in bytes. */
    public int length() {
        return length;
    }

    /** Tells whether the marker is set; in audio it means the first packet of a talk-spurt (RFC 3551 §4.1). */
    public boolean marker() {
        return (buffer[offset + TYPE_OFFSET] & MARKER_FLAG) != 0;
    }

    /** Returns the payload type, 0 to 127. */
    public int payloadType() {
        return buffer[offset + TYPE_OFFSET] & PAYLOAD_TYPE_MASK;
    }

    /** Returns the sequence number, 0 to 65535. */
    public int sequence() {
        return Wire.u16(buffer, offset + SEQUENCE_OFFSET);
    }

    /** Returns the 32 bits of the timestamp; see {@link RtpTimestamp}. */
    public int timestamp() {
        return Wire.i32(buffer, offset + TIMESTAMP_OFFSET);
    }

    /** Returns the 32 bits of the synchronisation source. */
    public int ssrc() {
        return Wire.i32(buffer, offset + SSRC_OFFSET);
    }

    /** Returns the number of contributing sources, 0 to 15. */
    public int csrcCount() {
        return buffer[offset + FLAGS_OFFSET] & CSRC_COUNT_MASK;
    }

    /**
     * Returns one contributing source.
     *
     * @param index 0 to {@link #csrcCount()} - 1
     */
    public int csrc(int index) {
        if (index < 0 || index >= csrcCount()) {
            throw new IndexOutOfBoundsException(index);
        }
        return Wire.i32(buffer, offset + CSRC_OFFSET + 4 * index);
    }

    /** Tells whether there is a header extension, be it an empty one. */
    public boolean hasExtension() {
        return (buffer[offset + FLAGS_OFFSET] & EXTENSION_FLAG) != 0;
    }

    /** Returns the 16 bits "defined by profile" before the extension, or 0 without one. */
    public int extensionProfile() {
        return hasExtension() ? Wire.u16(buffer, extensionOffset - EXTENSION_HEAD_BYTES) : 0;
    }

    /** Returns where the extension's data starts. */
    public int extensionOffset() {
        return extensionOffset;
    }

    /** Returns the length of the extension's data in bytes, 0 without one. */
    public int extensionLength() {
        return extensionLength;
    }

    /** Returns where the payload starts. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Returns the length of the payload in bytes, padding excluded; may be 0. */
    public int payloadLength() {
        return payloadLength;
    }
}
