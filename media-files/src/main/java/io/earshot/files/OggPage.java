package io.earshot.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Collects packets and makes Ogg pages of them (RFC 3533 §6). A packet does not go on in the next page. */
final class OggPage {
    /** The page begins a stream. */
    static final int FIRST = 2;
    /** The page ends a stream. */
    static final int LAST = 4;

    private static final int HEADER_BYTES = 27;
    private static final int MOST_SEGMENTS = 255;
    private static final int[] CRC = crcTable();

    private final int serial;
    private final byte[] lacing = new byte[MOST_SEGMENTS];
    private final byte[] body;
    private final ByteBuffer out;
    private final int mostPackets;
    private int segments;
    private int filled;
    private int packets;
    private int sequence;

    /** Makes the pages of one stream. */
    OggPage(int serial, int mostPackets, int mostBytes) {
        this.serial = serial;
        this.mostPackets = mostPackets;
        body = new byte[mostBytes];
        out = ByteBuffer.allocate(HEADER_BYTES + MOST_SEGMENTS + mostBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ 0x04C11DB7 : value << 1;
            }
            table[i] = value;
        }
        return table;
    }

    /** Returns the packets collected. */
    int packets() {
        return packets;
    }

    /** Returns the bytes of the page as it stands. */
    int bytes() {
        return packets == 0 ? 0 : HEADER_BYTES + segments + filled;
    }

    /** Adds a packet; whoever adds more than the page can hold is told so. */
    void add(byte[] packet, int length) {
        if (packets == mostPackets || segments + length / 255 + 1 > MOST_SEGMENTS) {
            throw new IllegalStateException("the page is full");
        }
        System.arraycopy(packet, 0, body, filled, length);
        filled += length;
        for (int left = length; left >= 255; left -= 255) {
            lacing[segments++] = (byte) 255;
        }
        lacing[segments++] = (byte) (length % 255);
        packets++;
    }

    /** Returns the page, valid until the next call, and begins another. */
    ByteBuffer finish(long granule, int flags) {
        out.clear();
        out.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags).putLong(granule).putInt(serial);
        out.putInt(sequence++).putInt(0).put((byte) segments).put(lacing, 0, segments).put(body, 0, filled).flip();
        int crc = 0;
        for (int i = 0; i < out.limit(); i++) {
            crc = crc << 8 ^ CRC[crc >>> 24 ^ out.get(i) & 0xFF];
        }
        out.putInt(22, crc);
        segments = 0;
        filled = 0;
        packets = 0;
        return out;
    }

    /** The page that was finished last did not get into the file: the next one takes its number. */
    void takeBack() {
        sequence--;
    }
}
