package io.earshot.rtp.packet;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.wire.Wire;

/**
 * Steps through the elements of a header extension in the one-byte or two-byte form (RFC 8285 §4.2, §4.3). An extension of another
 * profile has no elements; one whose last element runs past the end yields those before it.
 */
public final class HeaderExtensions {
    private static final int ONE_BYTE_PROFILE = 0xBEDE;
    private static final int TWO_BYTE_PROFILE = 0x1000;
    private static final int RESERVED_ID = 15;

    private byte[] buffer = new byte[0];
    private int at;
    private int end;
    private boolean twoByte;
    private int id;
    private int offset;
    private int length;

    /** Makes a reader; {@code wrap} comes first. */
    public HeaderExtensions() {
    }

    /** Starts over with a packet that was wrapped well. */
    public HeaderExtensions wrap(RtpPacket packet) {
        requireNonNull(packet, "packet");
        buffer = packet.buffer();
        at = packet.extensionOffset();
        twoByte = (packet.extensionProfile() & 0xFFF0) == TWO_BYTE_PROFILE;
        boolean known = twoByte || packet.extensionProfile() == ONE_BYTE_PROFILE;
        end = known ? at + packet.extensionLength() : at;
        return this;
    }

    /** Moves to the next element; {@code false} when there is none. */
    public boolean next() {
        while (at < end) {
            int head = Wire.u8(buffer, at);
            if (head == 0) {
                at++; // padding between elements
                continue;
            }
            return twoByte ? nextTwoByte(head) : nextOneByte(head);
        }
        return false;
    }

    private boolean nextOneByte(int head) {
        int elementId = head >> 4;
        return elementId == RESERVED_ID ? stop() : take(elementId, at + 1, (head & 0x0F) + 1);
    }

    private boolean nextTwoByte(int head) {
        return at + 2 > end ? stop() : take(head, at + 2, Wire.u8(buffer, at + 1));
    }

    private boolean take(int elementId, int dataOffset, int dataLength) {
        if (dataOffset + dataLength > end) {
            return stop();
        }
        id = elementId;
        offset = dataOffset;
        length = dataLength;
        at = dataOffset + dataLength;
        return true;
    }

    private boolean stop() {
        at = end;
        return false;
    }

    /** Returns the element's local identifier: 0 to 14 in the one-byte form, 1 to 255 in the two-byte form. */
    public int id() {
        return id;
    }

    /** Returns where the element's data starts in the packet's buffer. */
    public int offset() {
        return offset;
    }

    /** Returns the length of the element's data, 0 to 255. */
    public int length() {
        return length;
    }
}
