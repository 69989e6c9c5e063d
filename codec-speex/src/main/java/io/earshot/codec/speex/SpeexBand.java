package io.earshot.codec.speex;

/** The three bands of Speex; each wider one is a layer on top of the narrower. */
enum SpeexBand {
    NARROW(8_000, 3, new int[] {0, 2_150, 5_950, 8_000, 11_000, 15_000, 18_200, 24_600, 3_950}),
    WIDE(16_000, 8, new int[] {3_950, 5_750, 7_750, 9_800, 12_800, 16_800, 20_600, 23_800, 27_800, 34_200, 42_200}),
    ULTRA_WIDE(32_000, 8, new int[] {4_150, 7_550, 9_550, 11_600, 14_600, 18_600, 22_400, 25_600, 29_600, 36_000, 44_000});

    private final int sampleRate;
    private final int defaultMode;
    private final int[] bitrates;

    SpeexBand(int sampleRate, int defaultMode, int[] bitrates) {
        this.sampleRate = sampleRate;
        this.defaultMode = defaultMode;
        this.bitrates = bitrates;
    }

    int sampleRate() {
        return sampleRate;
    }

    /** Returns the samples of a frame, which lasts 20 ms. */
    int frameSamples() {
        return sampleRate / 50;
    }

    /** Returns how many layers come on top of the narrowband one. */
    int layers() {
        return ordinal();
    }

    /** Returns the mode that is preferred where {@code a=fmtp} names none (RFC 5574 §6). */
    int defaultMode() {
        return defaultMode;
    }

    /** Returns the mode of least bit rate. */
    int lowestMode() {
        return this == NARROW ? 1 : 0;
    }

    int highestMode() {
        return bitrates.length - 1;
    }

    boolean hasMode(int mode) {
        return mode >= lowestMode() && mode <= highestMode();
    }

    /** Returns the bits per second of a mode at constant bit rate. */
    int bitrate(int mode) {
        return bitrates[mode];
    }

    /** Returns the quality, 0 to 10, that stands for a mode where the bit rate varies. */
    int quality(int mode) {
        if (this != NARROW) {
            return mode;
        }
        return switch (mode) {
            case 1 -> 0;
            case 8 -> 1;
            case 2 -> 2;
            case 3 -> 4;
            case 4 -> 6;
            case 5 -> 8;
            case 6 -> 9;
            default -> 10;
        };
    }
}
