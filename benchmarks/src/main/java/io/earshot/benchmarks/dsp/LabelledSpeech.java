package io.earshot.benchmarks.dsp;

import io.earshot.benchmarks.playout.Speech;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Speech at 8 kHz and -20 dBFS (a sine of full scale has 0) while it lasts, and the truth about where it is, for frames of 10 ms. None of
 * it was used to tune what is measured with it: that was done with other seeds, languages, voices and texts.
 *
 * @param speaking false in pauses between phrases; a plosive's silence is speech
 */
record LabelledSpeech(short[] pcm, boolean[] speaking) {
    static final double RMS = 2317;
    private static final int FRAME = 80;
    private static final int SECONDS = 60;
    private static final int LONGEST_SILENCE = 20;
    private static final int BREAK_FRAMES = 80;
    private static final String[][] SAID = {
        {"de+m1", "Guten Tag, mein Name ist Schneider. Ich habe gestern eine Rechnung bekommen, die nicht stimmt. Können Sie bitte "
            + "nachsehen, ob der Betrag richtig ist? Vielen Dank, ich warte so lange."},
        {"fr+f1", "Bonjour, je voudrais parler à votre collègue du service technique. La ligne est mauvaise depuis ce matin, et je "
            + "n'entends presque rien. Pouvez-vous me rappeler plus tard?"},
        {"es+m7", "Buenos días, quisiera cambiar la fecha de mi viaje. Salimos el lunes por la mañana, pero mi hermana llega el domingo. "
            + "Gracias por su ayuda."},
        {"it+f4", "Buongiorno, vorrei sapere quando arriva il mio pacco. L'ho ordinato due settimane fa, e non ho ancora ricevuto niente. "
            + "Grazie mille."}};

    /** Returns talkers of the test kit. */
    static List<LabelledSpeech> synthetic() {
        List<LabelledSpeech> all = new ArrayList<>();
        for (int seed = 10; seed < 14; seed++) {
            short[] pcm = new short[SECONDS * 8000];
            boolean[] truth = new boolean[pcm.length];
            new SyntheticSpeech(8000, seed).read(pcm, truth, 0, pcm.length);
            boolean[] speaking = new boolean[pcm.length / FRAME];
            for (int i = 0; i < speaking.length; i++) {
                speaking[i] = truth[i * FRAME + FRAME / 2];
            }
            all.add(levelled(pcm, speaking));
        }
        return all;
    }

    /** Returns four voices of espeak-ng in four languages: nothing where it is not installed. */
    static List<LabelledSpeech> espeak() {
        List<LabelledSpeech> all = new ArrayList<>();
        for (String[] voice : SAID) {
            short[] said = Speech.espeak(voice[0], 155, voice[1]);
            if (said.length == 0) {
                return List.of();
            }
            short[] pcm = new short[SECONDS * 8000];
            int turn = said.length + BREAK_FRAMES * FRAME;
            for (int i = 0; i < pcm.length; i++) {
                int at = (i + BREAK_FRAMES * FRAME / 2) % turn - BREAK_FRAMES * FRAME;
                pcm[i] = at < 0 ? 0 : said[at];
            }
            all.add(levelled(pcm, heard(pcm)));
        }
        return all;
    }

    /** Speech is what is within 40 dB of the mean of the loud frames, and silences of up to 200 ms between such. */
    private static boolean[] heard(short[] pcm) {
        double[] power = new double[pcm.length / FRAME];
        for (int i = 0; i < pcm.length; i++) {
            power[i / FRAME] += (double) pcm[i] * pcm[i] / FRAME;
        }
        double loudest = Arrays.stream(power).max().orElse(0);
        double mean = Arrays.stream(power).filter(p -> p > loudest / 1000).average().orElse(0);
        boolean[] speaking = new boolean[power.length];
        int last = -LONGEST_SILENCE - 1;
        for (int i = 0; i < power.length; i++) {
            if (power[i] > mean / 10_000) {
                Arrays.fill(speaking, i - last <= LONGEST_SILENCE ? last : i, i + 1, true);
                last = i;
            }
        }
        return speaking;
    }

    private static LabelledSpeech levelled(short[] pcm, boolean[] speaking) {
        double power = 0;
        long samples = 0;
        for (int i = 0; i < pcm.length; i++) {
            if (speaking[i / FRAME]) {
                power += (double) pcm[i] * pcm[i];
                samples++;
            }
        }
        double factor = RMS / Math.sqrt(power / samples);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.max(-32768, Math.min(32767, Math.round(pcm[i] * factor)));
        }
        return new LabelledSpeech(pcm, speaking);
    }
}
