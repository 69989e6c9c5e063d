package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.rtp.comfort.PauseDetector;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What silence suppression sends of quiet speech in a noisy room. */
@Tag("rfc3389")
class SpeechInNoiseTest {
    private static final int BLOCK = 160;

    /** Shares of speech and of pauses that are sent as sound, and of speech if energy alone decided. */
    private static double[] sent(double noiseDbfs, double speechDbfs) {
        Pauses pauses = new Pauses();
        PauseDetector energy = new PauseDetector();
        double loud = 0;
        SyntheticSpeech speech = new SyntheticSpeech(8000, 11);
        Random random = new Random(5);
        double sigma = 32_768 * Math.pow(10, noiseDbfs / 20);
        double factor = Math.pow(10, (speechDbfs + 20) / 20);
        double[] all = new double[2];
        double[] sent = new double[2];
        short[] pcm = new short[BLOCK];
        boolean[] speaking = new boolean[BLOCK];
        int silent = 0;
        for (int i = 0; i < 6000; i++) {
            speech.read(pcm, speaking, 0, BLOCK);
            for (int k = 0; k < BLOCK; k++) {
                pcm[k] = (short) Math.round(pcm[k] * factor + sigma * random.nextGaussian());
            }
            boolean sound = pauses.next(pcm, BLOCK, 20) == Pauses.Verdict.SOUND;
            loud += !energy.isPause(pcm, 0, BLOCK, 20) && speaking[BLOCK / 2] ? 1 : 0;
            silent = speaking[BLOCK / 2] ? 0 : silent + 1;
            int part = speaking[BLOCK / 2] ? 0 : 1;
            if (part == 0 || silent > 20) { // the hang-over of a pause is no error
                all[part]++;
                sent[part] += sound ? 1 : 0;
            }
        }
        return new double[] {sent[0] / all[0], sent[1] / all[1], loud / all[0]};
    }

    @Test void speechThatIsHardlyLouderThanTheRoomIsSent() {
        double[] shares = sent(-50, -45);
        assertTrue(shares[0] > 0.65, "of the speech " + shares[0]);
        assertTrue(shares[0] > shares[2] + 0.2, "by energy alone " + shares[2]);
        assertTrue(shares[1] < 0.15, "of long pauses " + shares[1]);
    }
}
