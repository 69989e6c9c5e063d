package io.earshot.codec.g722;

/**
 * Hides losses: plays a continuation of the past, in full for 10 ms, then fading until silence at 60 ms, and blends it into what comes
 * next for 4 ms. Until then the decoder follows the continuation without the fading, since the far encoder went on in full as well.
 */
final class Concealer {
    private static final int FULL = 160;
    private static final int FADE = 800;
    private static final int JOIN = 64;
    private static final int AHEAD = G722Decoder.FOLLOW_DELAY;
    private static final int BLOCK = 2 * Qmf.BLOCK;

    private final G722Decoder decoder;
    private final Extrapolation extrapolation = new Extrapolation();
    /** What is made up but not yet played, then what is being made up. */
    private final short[] stream = new short[AHEAD + BLOCK];
    private boolean active;
    /** Samples played of the present continuation, up to where it is silent. */
    private int played;

    Concealer(G722Decoder decoder) {
        this.decoder = decoder;
    }

    void reset() {
        extrapolation.reset();
        active = false;
    }

    /** Takes note of what was decoded, and blends its beginning if it follows a loss. */
    void received(short[] pcm, int offset, int samples) {
        if (active) {
            active = false;
            extrapolation.generate(stream, AHEAD, JOIN - AHEAD);
            int count = Math.min(JOIN, samples);
            for (int i = 0; i < count; i++) {
                pcm[offset + i] = (short) ((faded(stream[i]) * (count - i) + pcm[offset + i] * i) / count);
            }
        }
        extrapolation.remember(pcm, offset, samples);
    }

    /**
     * Fills in for what was lost.
     *
     * @param samples an even number
     */
    void conceal(short[] pcm, int offset, int samples) {
        if (!active) {
            active = true;
            played = 0;
            extrapolation.start();
            extrapolation.generate(stream, 0, AHEAD);
            decoder.prepareToFollow(stream, 0);
        }
        for (int at = 0; at < samples; at += BLOCK) {
            int count = Math.min(BLOCK, samples - at);
            extrapolation.generate(stream, AHEAD, count);
            if (played < FULL + FADE) {
                decoder.follow(stream, AHEAD, count / 2);
            }
            for (int i = 0; i < count; i++) {
                pcm[offset + at + i] = (short) faded(stream[i]);
            }
            System.arraycopy(stream, count, stream, 0, AHEAD);
        }
        extrapolation.remember(pcm, offset, samples);
    }

    private int faded(short sample) {
        int left = FULL + FADE - played;
        played += left > 0 ? 1 : 0;
        return left >= FADE ? sample : sample * left / FADE;
    }
}
