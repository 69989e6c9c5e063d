package io.earshot.benchmarks.dsp;

import io.earshot.dsp.voice.GainControl;
import io.earshot.dsp.voice.VoiceDetector;
import java.util.List;
import java.util.Locale;

/**
 * A talker who is suddenly so much louder or quieter: how long the gain needs to come within 3 dB of the gain that the same talker has who
 * always spoke at that level, in seconds of speech and of time, how far beyond that gain it goes, how loud speech is in the end, and the
 * highest sample. The target is -20 dBFS.
 */
final class LevelSteps {
    private static final int FRAME = 80;
    private static final double TARGET = -20;
    private static final int STEP_AT = 2500;
    private static final int SETTLED_AT = 4500;

    private LevelSteps() {
    }

    static void print() {
        VoiceFigures.print("level, target " + TARGET + " dBFS: within 3 dB after; beyond by; speech in the end; highest sample");
        for (double[] step : new double[][] {{-40, -20}, {-20, -40}, {-40, -10}, {-10, -40}, {-30, -10}, {-10, -30}}) {
            for (List<LabelledSpeech> voices : List.of(LabelledSpeech.synthetic(), LabelledSpeech.espeak())) {
                step(step[0], step[1], voices);
            }
        }
    }

    private static void step(double from, double to, List<LabelledSpeech> voices) {
        double slowest = 0;
        double spoken = 0;
        double beyond = 0;
        double peak = 0;
        double level = 0;
        for (LabelledSpeech voice : voices) {
            Levelled reference = Levelled.of(voice, to, to);
            Levelled stepped = Levelled.of(voice, from, to);
            int since = STEP_AT;
            while (!voice.speaking()[since]) { // a step that nobody hears is none yet
                since++;
            }
            int at = since;
            int speech = 0;
            while (Math.abs(stepped.gains[at] - reference.gains[at]) > 3) {
                speech += voice.speaking()[at++] ? 1 : 0;
            }
            slowest = Math.max(slowest, (at - since) / 100.0);
            spoken = Math.max(spoken, speech / 100.0);
            for (; at < stepped.gains.length; at++) {
                double off = stepped.gains[at] - reference.gains[at];
                beyond = Math.max(beyond, to > from ? -off : off);
            }
            peak = Math.max(peak, stepped.peak);
            level += stepped.power / voices.size();
        }
        VoiceFigures.print(String.format(Locale.ROOT, "%3.0f -> %3.0f dBFS: %.1f s of speech, %.1f s (slowest of %d voices); %.1f dB; "
                + "%.1f dBFS; %.1f dBFS", from, to, spoken, slowest, voices.size(), beyond, 10 * Math.log10(2 * level / 32767 / 32767),
                20 * Math.log10(peak / 32767)));
    }

    /** One run. */
    private static final class Levelled {
        private final double[] gains;
        private double peak;
        private double power;

        private Levelled(int frames) {
            gains = new double[frames];
        }

        static Levelled of(LabelledSpeech voice, double from, double to) {
            Levelled run = new Levelled(voice.speaking().length);
            GainControl control = new GainControl(8000, TARGET);
            VoiceDetector detector = new VoiceDetector(8000);
            short[] pcm = new short[FRAME];
            long samples = 0;
            for (int i = 0; i < run.gains.length; i++) {
                double factor = Math.pow(10, ((i < STEP_AT ? from : to) + 20) / 20);
                for (int k = 0; k < FRAME; k++) {
                    pcm[k] = (short) Math.max(-32768, Math.min(32767, Math.round(voice.pcm()[i * FRAME + k] * factor)));
                }
                control.process(pcm, 0, detector.process(pcm, 0));
                run.gains[i] = control.gainDb();
                boolean counts = i >= SETTLED_AT && voice.speaking()[i];
                samples += counts ? FRAME : 0;
                for (short sample : pcm) {
                    run.peak = Math.max(run.peak, Math.abs(sample));
                    run.power += counts ? (double) sample * sample : 0;
                }
            }
            run.power /= samples;
            return run;
        }
    }
}
