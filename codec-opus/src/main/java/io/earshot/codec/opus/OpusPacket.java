package io.earshot.codec.opus;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.Arrays;

/**
 * The framing of an Opus packet (RFC 6716 §3), read without decoding it. One instance reads one packet after another, so that reading
 * allocates nothing; its answers are those of the last {@link #parse}.
 */
final class OpusPacket {
    /** Requirement R2: no frame is longer. */
    static final int MAX_FRAME_BYTES = 1275;
    /** Samples of 120 ms at 48 kHz; requirement R5: no packet is longer. */
    static final int MAX_SAMPLES = 5760;

    /** As many frames of 2.5 ms fit 120 ms. */
    private static final int MAX_FRAMES = 48;
    private static final int PADDING = 0x40;
    private static final int VARIABLE = 0x80;
    private static final int STEREO = 0x04;
    /** Configurations from here on are CELT only (table 2), from 12 to here hybrid, below SILK only. */
    private static final int FIRST_CELT = 16;
    private static final int FIRST_HYBRID = 12;

    private int toc;
    private int frames;
    private final int[] lengths = new int[MAX_FRAMES];
    private int dataOffset;
    private int at;
    private int left;

    /** Reads the packet's framing and tells whether it is well formed; the other methods ask for one that is. */
    boolean parse(byte[] packet, int offset, int length) {
        if (length < 1) {
            return false;
        }
        toc = packet[offset] & 0xFF;
        at = offset + 1;
        left = length - 1;
        return switch (toc & 3) {
            case 0 -> equal(1);
            case 1 -> equal(2);
            case 2 -> unequal(packet, 2);
            default -> counted(packet);
        };
    }

    /** Code 3: a frame count byte, then padding if there is some, then frames of equal or of announced length. */
    private boolean counted(byte[] packet) {
        if (left < 1) {
            return false;
        }
        int head = packet[at] & 0xFF;
        skip(1);
        int count = head & 0x3F;
        if (count == 0 || count * frameSamples() > MAX_SAMPLES) {
            return false;
        }
        if ((head & PADDING) != 0 && !skipPadding(packet)) {
            return false;
        }
        return (head & VARIABLE) != 0 ? unequal(packet, count) : equal(count);
    }

    private boolean skipPadding(byte[] packet) {
        int padding = 0;
        int chunk;
        do {
            if (left < 1) {
                return false;
            }
            chunk = packet[at] & 0xFF;
            skip(1);
            padding += Math.min(chunk, 254);
        } while (chunk == 255);
        left -= padding; // it stands at the end
        return left >= 0;
    }

    private boolean equal(int count) {
        frames = count;
        dataOffset = at;
        Arrays.fill(lengths, 0, count, left / count);
        return left % count == 0 && left / count <= MAX_FRAME_BYTES;
    }

    /** Frames of different lengths: all but the last announce theirs. */
    private boolean unequal(byte[] packet, int count) {
        frames = count;
        int sum = 0;
        for (int i = 0; i < count - 1; i++) {
            lengths[i] = lengthField(packet);
            if (lengths[i] < 0) {
                return false;
            }
            sum += lengths[i];
        }
        dataOffset = at;
        lengths[count - 1] = left - sum;
        return left >= sum && left - sum <= MAX_FRAME_BYTES;
    }

    /** Reads a length of one or two bytes (§3.2.1), at most 1275; negative when the packet ends too early. */
    private int lengthField(byte[] packet) {
        if (left < 1) {
            return -1;
        }
        int first = packet[at] & 0xFF;
        skip(1);
        if (first < 252) {
            return first;
        }
        if (left < 1) {
            return -1;
        }
        int second = packet[at] & 0xFF;
        skip(1);
        return second * 4 + first;
    }

    private void skip(int bytes) {
        at += bytes;
        left -= bytes;
    }

    /** Returns the number of frames. */
    int frames() {
        return frames;
    }

    /** Returns the bytes of a frame; 0 stands for one that was not sent. */
    int frameLength(int index) {
        return lengths[index];
    }

    /** Returns where a frame begins. */
    int frameOffset(int index) {
        int offset = dataOffset;
        for (int i = 0; i < index; i++) {
            offset += lengths[i];
        }
        return offset;
    }

    /** Returns the first byte that a packet of one of these frames would have. */
    int tocOfOneFrame() {
        return toc & ~3;
    }

    /** Returns the samples per channel at 48 kHz of the whole packet. */
    int samples() {
        return frames * frameSamples();
    }

    /** Returns the samples per channel at 48 kHz of one of its frames (table 2). */
    int frameSamples() {
        int configuration = toc >> 3;
        if (configuration >= FIRST_CELT) {
            return 120 << (configuration & 3);
        }
        if (configuration >= FIRST_HYBRID) {
            return 480 << (configuration & 1);
        }
        return (configuration & 3) == 3 ? 2880 : 480 << (configuration & 3);
    }

    /**
     * Tells whether the first frame also holds, at a lower bit rate, the audio before it. The flags stand at the front of the SILK layer's
     * data, as bits of even odds, which the range coder puts into the first byte (§4.2.3): one for the voice activity of each 20 ms of
     * each channel, behind those of a channel the one that is asked here.
     */
    boolean hasRedundancy(byte[] packet) {
        if (toc >> 3 >= FIRST_CELT || lengths[0] < 1) {
            return false;
        }
        int silkFrames = Math.max(1, frameSamples() / 960);
        int flags = packet[dataOffset] & 0xFF;
        boolean first = (flags >> 7 - silkFrames & 1) != 0;
        boolean second = (toc & STEREO) != 0 && (flags >> 6 - 2 * silkFrames & 1) != 0;
        return first || second;
    }

    /** Returns {@link AudioCodec#NONE} for a malformed packet and its samples per channel otherwise. */
    int duration(byte[] packet, int offset, int length) {
        return parse(packet, offset, length) ? samples() : AudioCodec.NONE;
    }
}
