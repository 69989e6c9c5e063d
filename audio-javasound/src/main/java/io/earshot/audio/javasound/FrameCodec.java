package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.PcmFormat;

/**
 * Between blocks of 10 ms of a card's bytes and those of the samples that are wanted: channels and rates. One object serves one
 * direction of one line; the buffers are its own and are used again for every block.
 */
final class FrameCodec {
    private final PcmFormat card;
    private final PcmFormat wanted;
    private final byte[] bytes;
    private final short[] samples;
    private final short[][] planes;
    private final short[][] converted;
    private final RateConverter[] converters;

    FrameCodec(PcmFormat card, PcmFormat wanted) {
        this.card = card;
        this.wanted = wanted;
        int cardFrames = frames(card);
        int wantedFrames = frames(wanted);
        int most = Math.max(cardFrames, wantedFrames) + 4;
        int channels = Math.max(card.channels(), wanted.channels());
        bytes = new byte[(card.sampleRate() == wanted.sampleRate() ? cardFrames : cardFrames + 4) * 2 * card.channels()];
        samples = new short[most * channels];
        planes = new short[channels][most];
        converted = new short[channels][most];
        converters = new RateConverter[card.sampleRate() == wanted.sampleRate() ? 0 : Math.min(card.channels(), wanted.channels())];
    }

    /** Frames of 10 ms; 441 at 44.1 kHz. */
    private static int frames(PcmFormat format) {
        return format.sampleRate() / 100;
    }

    boolean isMono() {
        return wanted.channels() == 1;
    }

    int maxWanted() {
        return samples.length;
    }

    /** Returns the samples: {@link #decode} fills them, {@link #encode} reads them. */
    short[] wanted() {
        return samples;
    }

    /** Returns the bytes of 10 ms: {@link #decode} reads them, {@link #encode} fills them. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns how many bytes the card gives for a block. */
    int cardBytes() {
        return frames(card) * 2 * card.channels();
    }

    /** Turns the card's bytes into samples, and returns how many. */
    int decode() {
        int frames = frames(card);
        split(frames);
        int channels = Math.min(card.channels(), wanted.channels());
        if (card.channels() == 2 && wanted.channels() == 1) {
            for (int i = 0; i < frames; i++) {
                planes[0][i] = (short) (planes[0][i] + planes[1][i] >> 1);
            }
        }
        int count = convert(frames, channels, card.sampleRate(), wanted.sampleRate());
        int out = wanted.channels();
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < out; c++) {
                samples[i * out + c] = converted[Math.min(c, channels - 1)][i];
            }
        }
        return count * out;
    }

    private void split(int frames) {
        int channels = card.channels();
        for (int i = 0; i < frames * channels; i++) {
            planes[i % channels][i / channels] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
        }
    }

    /** Turns so many samples into the card's bytes, and returns how many. */
    int encode(int count) {
        int in = wanted.channels();
        int channels = Math.min(card.channels(), in);
        int frames = count / in;
        for (int i = 0; i < frames; i++) {
            if (in == 2 && channels == 1) {
                planes[0][i] = (short) (samples[2 * i] + samples[2 * i + 1] >> 1);
            } else {
                for (int c = 0; c < in; c++) {
                    planes[c][i] = samples[i * in + c];
                }
            }
        }
        int made = convert(frames, channels, wanted.sampleRate(), card.sampleRate());
        int out = card.channels();
        for (int i = 0; i < made; i++) {
            for (int c = 0; c < out; c++) {
                short value = converted[Math.min(c, channels - 1)][i];
                bytes[2 * (i * out + c)] = (byte) value;
                bytes[2 * (i * out + c) + 1] = (byte) (value >> 8);
            }
        }
        return 2 * made * out;
    }

    private int convert(int frames, int channels, int from, int to) {
        int made = frames;
        for (int c = 0; c < channels; c++) {
            if (from == to) {
                System.arraycopy(planes[c], 0, converted[c], 0, frames);
            } else {
                if (converters[c] == null) {
                    converters[c] = new RateConverter(from, to);
                }
                made = converters[c].process(planes[c], frames, converted[c]);
            }
        }
        return made;
    }
}
