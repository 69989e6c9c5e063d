package io.earshot.codec.g729;

import java.util.SplittableRandom;

/** Signals and streams that are the same on every machine: integers only. */
final class TestSignals {
    static final int FRAME = 80;

    private TestSignals() {
    }

    /** Voiced and unvoiced stretches through a moving resonance, loud and soft, with pauses of faint noise between. */
    static short[] speechLike(int frames) {
        short[] pcm = new short[frames * FRAME];
        SplittableRandom random = new SplittableRandom(729);
        int y1 = 0;
        int y2 = 0;
        int toPulse = 0;
        int level = 0;
        int kind = 0;
        int resonance = 0;
        for (int i = 0; i < pcm.length; i++) {
            if (i % (40 * FRAME) == 0) {
                kind = random.nextInt(4);
                level = 1 << random.nextInt(5, 14);
                resonance = kind == 0 ? 4_000 : random.nextInt(-28_000, 31_000);
            }
            int excitation = random.nextInt(-12, 13);
            if (kind == 1) {
                excitation += random.nextInt(-level / 4, level / 4 + 1);
            } else if (kind > 1 && --toPulse <= 0) {
                toPulse = 45 + 30 * kind - i / FRAME % 40;
                excitation += level;
            }
            int y = excitation + (resonance * y1 - (kind == 0 ? 3_000 : 15_600) * y2 >> 14);
            y = Math.max(-200_000, Math.min(200_000, y));
            y2 = y1;
            y1 = y;
            pcm[i] = (short) Math.max(-32768, Math.min(32767, y));
        }
        return pcm;
    }

    /** Anything that fits into 16 bits. */
    static short[] noise(int frames) {
        short[] pcm = new short[frames * FRAME];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) random.nextInt();
        }
        return pcm;
    }

    /** A stream of random frames: speech, SID and lost ones, as runs. Lost frames are empty. */
    static byte[][] stream(int frames) {
        byte[][] stream = new byte[frames][];
        SplittableRandom random = new SplittableRandom(3);
        int kind = 0;
        for (int i = 0; i < frames; i++) {
            if (random.nextInt(12) == 0) {
                kind = random.nextInt(3);
            }
            stream[i] = new byte[kind == 0 ? 10 : kind == 1 ? 0 : random.nextInt(4) == 0 ? 2 : 0];
            random.nextBytes(stream[i]);
        }
        return stream;
    }
}
