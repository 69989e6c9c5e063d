package io.earshot.codec.speex;

import io.earshot.api.codec.spi.AudioCodec;

/**
 * Finds the frames in a payload without decoding them (RFC 5574 §3.3). A payload is bits: frames, and requests between them, up to a
 * terminator or until fewer bits are left than the shortest frame has. One instance reads one payload after another; {@link #start} and
 * {@link #end} answer for the last one.
 */
final class SpeexFraming {
    /** 120 ms. */
    static final int MAX_FRAMES = 6;
    /** Longer than any payload of so many frames; the rest of it could only be requests. */
    static final int MAX_BYTES = 900;

    /** Bits of a narrowband frame by mode, the layer bit and the mode included. */
    private static final int[] NARROW_BITS = {5, 43, 119, 160, 220, 300, 364, 492, 79};
    /** The same for the layers above; the remaining modes do not exist. */
    private static final int[] LAYER_BITS = {4, 36, 112, 192, 352};
    /** Bits of the requests of mode 14, by their code. */
    private static final int[] REQUEST_BITS = {1, 1, 4, 4, 4, 4, 4, 4, 8, 8, 16, 16, 32, 32, 64, 64};
    private static final int TERMINATOR = 15;
    private static final int REQUEST = 14;
    private static final int USER_REQUEST = 13;
    private static final int SHORTEST = 5;
    private static final int LAYER_HEAD = 4;
    /** A narrowband decoder passes over the layers of wider frames, of which there are two at most. */
    private static final int FOREIGN_LAYERS = 2;

    private final int layers;
    private byte[] payload = new byte[0];
    private int at;
    private int end;
    private final int[] starts = new int[MAX_FRAMES];
    private final int[] ends = new int[MAX_FRAMES];

    SpeexFraming(SpeexBand band) {
        layers = band.layers();
    }

    /** Returns the number of frames, or {@link AudioCodec#NONE} when there is none, there are too many, or one is broken. */
    int count(byte[] bytes, int offset, int length) {
        if (length > MAX_BYTES) {
            return AudioCodec.NONE;
        }
        payload = bytes;
        at = offset * 8;
        end = at + length * 8;
        int frames = 0;
        while (skipLayers(FOREIGN_LAYERS)) {
            if (end - at < SHORTEST) {
                return frames == 0 ? AudioCodec.NONE : frames;
            }
            int mode = peek(1, 4);
            if (mode == TERMINATOR) {
                return frames == 0 ? AudioCodec.NONE : frames;
            }
            if (mode == REQUEST || mode == USER_REQUEST) {
                skipRequest(mode);
                continue;
            }
            if (peek(0, 1) != 0 || mode >= NARROW_BITS.length) {
                return AudioCodec.NONE;
            }
            int start = at;
            at += NARROW_BITS[mode];
            if (!skipLayers(layers) || at > end || frames == MAX_FRAMES) {
                return AudioCodec.NONE;
            }
            starts[frames] = start;
            ends[frames] = at;
            frames++;
        }
        return AudioCodec.NONE;
    }

    /** Returns the bit that a frame begins with, counted from the beginning of the array. */
    int start(int frame) {
        return starts[frame];
    }

    /** Returns the bit behind a frame. */
    int end(int frame) {
        return ends[frame];
    }

    private void skipRequest(int mode) {
        at += SHORTEST;
        if (end - at < 4) {
            at = end;
        } else {
            int code = peek(0, 4);
            at += 4 + (mode == REQUEST ? REQUEST_BITS[code] : 5 + 8 * code);
        }
    }

    /** Passes over layers, if there are some; tells whether they are such that exist and are whole. */
    private boolean skipLayers(int most) {
        for (int i = 0; i < most && end - at >= LAYER_HEAD && peek(0, 1) != 0; i++) {
            int mode = peek(1, 3);
            if (mode >= LAYER_BITS.length || end - at < LAYER_BITS[mode]) {
                return false;
            }
            at += LAYER_BITS[mode];
        }
        return true;
    }

    private int peek(int ahead, int count) {
        int value = 0;
        for (int i = at + ahead; i < at + ahead + count; i++) {
            value = value << 1 | payload[i >> 3] >> 7 - (i & 7) & 1;
        }
        return value;
    }
}
