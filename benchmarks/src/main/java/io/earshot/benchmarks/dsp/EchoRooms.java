package io.earshot.benchmarks.dsp;

import io.earshot.dsp.voice.EchoCanceller;
import io.earshot.testkit.audio.SimulatedRoom;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Echo cancellation in simulated rooms at 8 kHz: the far side speaks for 40 s, the near side from 15 to 25 s. Echo return loss enhancement
 * is that of the whole canceller (filter and suppressor); near-end speech is compared with its error, echo included.
 */
final class EchoRooms {
    private static final int FRAME = 80;
    private static final int DOUBLE_TALK = 1500;
    private static final int AFTER = 2500;
    private static final int FRAMES = 4000;
    private static final String[] PARTS = {"0-2 s", "2-5 s", "5-15 s", "double talk", "first second after it", "second", "3rd to 5th",
        "later"};

    private EchoRooms() {
    }

    static void print() {
        double[] least = new double[PARTS.length];
        double[] mean = new double[PARTS.length];
        Arrays.fill(least, Double.MAX_VALUE);
        int rooms = 0;
        for (double reverberation : new double[] {0.15, 0.3, 0.5}) {
            for (int delay : new int[] {10, 60, 180}) {
                for (int talkers = 0; talkers < 4; talkers++) {
                    double[] figures = room(reverberation, delay, 1000 + 10 * talkers);
                    rooms++;
                    for (int part = 0; part < PARTS.length; part++) {
                        least[part] = Math.min(least[part], figures[part]);
                        mean[part] += (figures[part] - mean[part]) / rooms;
                    }
                }
            }
        }
        VoiceFigures.print("echo in 9 rooms (0.15 to 0.5 s, 10 to 180 ms) with 4 pairs of talkers each; ERLE, in double talk near-end "
            + "speech over its error: mean, least, dB");
        for (int part = 0; part < PARTS.length; part++) {
            VoiceFigures.print(String.format(Locale.ROOT, "%-22s %5.1f %5.1f", PARTS[part], mean[part], least[part]));
        }
    }

    private static int part(int frame) {
        int after = frame - AFTER;
        if (frame < DOUBLE_TALK) {
            return frame < 200 ? 0 : frame < 500 ? 1 : 2;
        }
        return after < 0 ? 3 : after < 100 ? 4 : after < 200 ? 5 : after < 500 ? 6 : 7;
    }

    private static double[] room(double reverberation, int delay, int seed) {
        EchoCanceller canceller = new EchoCanceller(8000, true);
        SimulatedRoom room = SimulatedRoom.of(8000, reverberation, delay, 0.4, seed);
        SyntheticSpeech far = new SyntheticSpeech(8000, seed + 1);
        SyntheticSpeech talker = new SyntheticSpeech(8000, seed + 2);
        Random random = new Random(seed + 3);
        short[] played = new short[FRAME];
        short[] microphone = new short[FRAME];
        short[] near = new short[FRAME];
        short[] before = new short[FRAME];
        double[] in = new double[PARTS.length];
        double[] out = new double[PARTS.length];
        for (int i = 0; i < FRAMES; i++) {
            far.read(played, 0, FRAME);
            talker.read(near, 0, FRAME);
            boolean both = part(i) == 3;
            double heard = 0;
            for (int k = 0; k < FRAME; k++) {
                near[k] = both ? near[k] : 0;
                double echo = room.hear(played[k]);
                microphone[k] = (short) Math.max(-32768, Math.min(32767, Math.round(echo + 3 * random.nextGaussian() + near[k])));
                heard += echo * echo;
            }
            canceller.playback(played, 0);
            canceller.capture(microphone, 0); // gives the frame before
            int part = part(i);
            for (int k = 0; k < FRAME && i != AFTER; k++) {
                in[part] += both ? (double) before[k] * before[k] : heard / FRAME;
                out[part] += (double) (microphone[k] - (both ? before[k] : 0)) * (microphone[k] - (both ? before[k] : 0));
            }
            System.arraycopy(near, 0, before, 0, FRAME);
        }
        double[] figures = new double[PARTS.length];
        for (int part = 0; part < figures.length; part++) { // no echo, nothing to enhance
            figures[part] = in[part] < 1e5 ? 99 : 10 * Math.log10(in[part] / out[part]);
        }
        return figures;
    }
}
