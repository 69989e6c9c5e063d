package io.earshot.ice.turn;

import java.util.Arrays;

/** ChannelData messages: RFC 8656 §12.4. */
final class ChannelData {
    static final int FIRST = 0x4000;
    static final int LAST = 0x4FFF;

    private ChannelData() {
    }

    static boolean looksLike(byte[] data, int offset, int length) {
        return length >= 4 && (data[offset] & 0xF0) == 0x40;
    }

    static int number(byte[] data, int offset) {
        return (data[offset] & 0xFF) << 8 | data[offset + 1] & 0xFF;
    }

    /** The length of the payload as declared. */
    static int declared(byte[] data, int offset) {
        return (data[offset + 2] & 0xFF) << 8 | data[offset + 3] & 0xFF;
    }

    /** Wraps a payload; over a stream it is padded to a multiple of four. */
    static byte[] wrap(int number, byte[] payload, boolean padded) {
        byte[] out = new byte[padded ? 4 + payload.length + 3 & ~3 : 4 + payload.length];
        out[0] = (byte) (number >>> 8);
        out[1] = (byte) number;
        out[2] = (byte) (payload.length >>> 8);
        out[3] = (byte) payload.length;
        System.arraycopy(payload, 0, out, 4, payload.length);
        return out;
    }

    static byte[] payload(byte[] data, int offset) {
        return Arrays.copyOfRange(data, offset + 4, offset + 4 + declared(data, offset));
    }
}
