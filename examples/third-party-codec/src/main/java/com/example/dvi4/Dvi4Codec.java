package com.example.dvi4;

import io.earshot.api.codec.spi.AudioCodec;

/**
 * Adaptive differences of four bits. Each packet begins with the predicted sample and the step's index, so that losses do not last. The
 * header's sample itself is not played (RFC 3551 §4.5.1).
 */
final class Dvi4Codec implements AudioCodec {
    private static final int HEADER = 4;
    private static final int MOST_SAMPLES = 960;
    private static final int[] CHANGE = {-1, -1, -1, -1, 2, 4, 6, 8};
    private static final int[] STEP = {
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130,
        143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282,
        1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493,
        10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};

    private final Predictor encoder = new Predictor();
    private final Predictor decoder = new Predictor();

    /** What both sides know. */
    private static final class Predictor {
        private int sample;
        private int index;

        int encode(int pcm) {
            int step = STEP[index];
            int difference = pcm - sample;
            int code = difference < 0 ? 8 : 0;
            int left = Math.abs(difference);
            for (int bit = 4; bit > 0; bit >>= 1, step >>= 1) {
                if (left >= step) {
                    code |= bit;
                    left -= step;
                }
            }
            decode(code);
            return code;
        }

        int decode(int code) {
            int step = STEP[index];
            int difference = (step >> 3) + ((code & 4) != 0 ? step : 0) + ((code & 2) != 0 ? step >> 1 : 0)
                + ((code & 1) != 0 ? step >> 2 : 0);
            int next = (code & 8) != 0 ? sample - difference : sample + difference;
            sample = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, next));
            index = Math.max(0, Math.min(STEP.length - 1, index + CHANGE[code & 7]));
            return sample;
        }
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        out[outOffset] = (byte) (encoder.sample >> 8);
        out[outOffset + 1] = (byte) encoder.sample;
        out[outOffset + 2] = (byte) encoder.index;
        out[outOffset + 3] = 0;
        for (int i = 0; i < samples; i += 2) {
            int high = encoder.encode(pcm[offset + i]);
            out[outOffset + HEADER + i / 2] = (byte) (high << 4 | encoder.encode(pcm[offset + i + 1]));
        }
        return HEADER + samples / 2;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
        int samples = duration(payload, offset, length);
        if (samples == NONE || (payload[offset + 2] & 0xff) >= STEP.length) {
            return NONE;
        }
        decoder.sample = payload[offset] << 8 | payload[offset + 1] & 0xff;
        decoder.index = payload[offset + 2];
        for (int i = 0; i < samples; i += 2) {
            int pair = payload[offset + HEADER + i / 2];
            pcm[pcmOffset + i] = (short) decoder.decode(pair >> 4 & 15);
            pcm[pcmOffset + i + 1] = (short) decoder.decode(pair & 15);
        }
        return samples;
    }

    @Override
    public int maxPayload(int samples) {
        return HEADER + (samples + 1) / 2;
    }

    @Override
    public int duration(byte[] payload, int offset, int length) {
        int samples = (length - HEADER) * 2;
        return samples > 0 && samples <= MOST_SAMPLES ? samples : NONE;
    }
}
