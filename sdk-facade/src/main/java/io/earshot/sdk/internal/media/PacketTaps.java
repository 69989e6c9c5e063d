package io.earshot.sdk.internal.media;

import io.earshot.api.audio.MediaFeed.Side;
import java.util.ArrayList;
import java.util.List;

/** Who sees the RTP packets of a call, decrypted. Confined to the media loop; nobody keeps the arrays. */
final class PacketTaps {
    private static final int HEADER_BYTES = 12;

    private final List<Tap> taps = new ArrayList<>();

    /** Sees one packet. */
    interface Tap {
        void packet(Side side, byte[] bytes, int offset, int length, int headerLength);
    }

    void add(Tap tap) {
        taps.add(tap);
    }

    void remove(Tap tap) {
        taps.remove(tap);
    }

    /** Shows a packet that came or goes. */
    void show(Side side, byte[] bytes, int offset, int length) {
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).packet(side, bytes, offset, length, headerLength(bytes, offset, length));
        }
    }

    /** Returns the bytes before the payload (RFC 3550 §5.1), -1 for what is no RTP packet. */
    static int headerLength(byte[] bytes, int offset, int length) {
        if (length < HEADER_BYTES || (bytes[offset] & 0xC0) != 0x80) {
            return -1;
        }
        int header = HEADER_BYTES + 4 * (bytes[offset] & 0x0F);
        if ((bytes[offset] & 0x10) != 0) {
            if (length < header + 4) {
                return -1;
            }
            header += 4 + 4 * ((bytes[offset + header + 2] & 0xFF) << 8 | bytes[offset + header + 3] & 0xFF);
        }
        return header <= length ? header : -1;
    }

    /** Returns the bytes of padding at the end (RFC 3550 §5.1). */
    static int padding(byte[] bytes, int offset, int length) {
        return (bytes[offset] & 0x20) == 0 ? 0 : bytes[offset + length - 1] & 0xFF;
    }
}
