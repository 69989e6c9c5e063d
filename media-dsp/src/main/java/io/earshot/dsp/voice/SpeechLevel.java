package io.earshot.dsp.voice;

/**
 * How loud somebody speaks: the mean power of four seconds of speech, and as soon as it is clear that it changed, that of what came since.
 * It is clear after 400 ms that are 8 dB louder, or after twice 400 ms that are 6 dB quieter. Fed with frames of 10 ms that hold speech.
 */
final class SpeechLevel {
    private static final int BLOCK_FRAMES = 40;
    private static final int MEMORY_FRAMES = 400;
    private static final double LOUDER = 6.3;
    private static final double QUIETER = 0.25;

    private double power;
    private int frames;
    private double block;
    private int blockFrames;
    private double blockBefore = Double.MAX_VALUE;

    /** Returns the mean power of a sample: 0 before the first frame. */
    double power() {
        return power;
    }

    /** Takes the mean power of a sample of the next frame. */
    void add(double frame) {
        frames = Math.min(frames + 1, MEMORY_FRAMES);
        power += (frame - power) / frames;
        block += frame / BLOCK_FRAMES;
        blockFrames++;
        if (blockFrames < BLOCK_FRAMES) {
            return;
        }
        if (block > LOUDER * power) {
            power = block;
            frames = BLOCK_FRAMES;
        } else if (block < QUIETER * power && blockBefore < QUIETER * power) {
            power = (block + blockBefore) / 2;
            frames = 2 * BLOCK_FRAMES;
        }
        blockBefore = block;
        block = 0;
        blockFrames = 0;
    }
}
