package io.earshot.codec.g722;

/**
 * The modes of G.722 §1.3, in which the decoder takes 64, 56 or 48 kbit/s of each octet as audio. The encoder knows no modes: what it
 * writes can be cut to any of them, because the bits that auxiliary data may take are the least ones of the lower sub-band.
 */
enum Mode {
    /** 64 kbit/s. */
    MODE_1(64_000, 0),
    /** 56 kbit/s: the last bit of an octet is not audio. */
    MODE_2(56_000, 1),
    /** 48 kbit/s: the last two bits of an octet are not audio. */
    MODE_3(48_000, 2);

    private final int bitRate;
    private final int unused;

    Mode(int bitRate, int unused) {
        this.bitRate = bitRate;
        this.unused = unused;
    }

    /** Returns how many of an octet's last bits are not audio. */
    int unusedBits() {
        return unused;
    }

    /** Returns the mode of so many bits per second, the first for rates that there are not. */
    static Mode of(int bitRate) {
        for (Mode mode : values()) {
            if (mode.bitRate == bitRate) {
                return mode;
            }
        }
        return MODE_1;
    }
}
