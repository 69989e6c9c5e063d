package io.earshot.benchmarks.dsp;

import io.earshot.dsp.voice.NoiseSuppressor;
import io.earshot.dsp.voice.VoiceDetector;
import io.earshot.testkit.audio.SyntheticNoise;
import java.util.List;
import java.util.Locale;

/** Tables of noise suppression and of speech detection: kinds of noise by signal-to-noise ratio, measured over the speech, 0 to 4 kHz. */
final class NoiseTables {
    private static final int FRAME = 80;
    private static final int SETTLED = 200;
    private static final int DEPTH = 15;
    private static final double[] RATIOS = {-5, 0, 5, 10, 20};

    private NoiseTables() {
    }

    static void suppression() {
        VoiceFigures.print("noise suppression of " + DEPTH + " dB: gain of the ratio of speech to error in speech "
            + "/ how much quieter pauses are, dB");
        each(NoiseTables::suppressed);
    }

    static void detection() {
        VoiceFigures.print("speech detection: precision / recall");
        each(NoiseTables::detected);
        StringBuilder line = new StringBuilder("noise alone that is taken for speech:");
        for (SyntheticNoise.Kind kind : SyntheticNoise.Kind.values()) {
            SyntheticNoise noise = new SyntheticNoise(kind, 8000, 1000, 77);
            VoiceDetector detector = new VoiceDetector(8000);
            short[] pcm = new short[FRAME];
            int told = 0;
            for (int i = 0; i < 12_000; i++) {
                for (int k = 0; k < FRAME; k++) {
                    pcm[k] = saturated(noise.next());
                }
                told += detector.process(pcm, 0) ? 1 : 0;
            }
            line.append(String.format(Locale.ROOT, " %s %.1f %%", kind, told / 120.0));
        }
        VoiceFigures.print(line.toString());
    }

    private interface Measure {
        double[] of(List<LabelledSpeech> voices, SyntheticNoise.Kind kind, double ratio);
    }

    private static void each(Measure measure) {
        List<List<LabelledSpeech>> sets = List.of(LabelledSpeech.synthetic(), LabelledSpeech.espeak());
        for (int s = 0; s < sets.size(); s++) {
            for (SyntheticNoise.Kind kind : SyntheticNoise.Kind.values()) {
                StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-9s %-6s", s == 0 ? "synthetic" : "espeak-ng", kind));
                for (double ratio : sets.get(s).isEmpty() ? new double[0] : RATIOS) {
                    double[] figures = measure.of(sets.get(s), kind, ratio);
                    line.append(String.format(Locale.ROOT, " | %2.0f dB: %.2f / %.2f", ratio, figures[0], figures[1]));
                }
                VoiceFigures.print(line.toString());
            }
        }
    }

    private static double[] suppressed(List<LabelledSpeech> voices, SyntheticNoise.Kind kind, double ratio) {
        double[] power = new double[4];
        for (int v = 0; v < voices.size(); v++) {
            LabelledSpeech voice = voices.get(v);
            SyntheticNoise noise = new SyntheticNoise(kind, 8000, LabelledSpeech.RMS * Math.pow(10, -ratio / 20), 50 + v);
            NoiseSuppressor suppressor = new NoiseSuppressor(8000, DEPTH);
            short[] pcm = new short[FRAME];
            double before = 0;
            int pause = 0;
            for (int i = 0; i < voice.speaking().length; i++) {
                double in = mix(voice, noise, i, pcm);
                suppressor.process(pcm, 0); // gives the frame before
                boolean speech = i > 0 && voice.speaking()[i - 1];
                pause = speech ? 0 : pause + 1;
                for (int k = 0; k < FRAME && i > SETTLED; k++) {
                    double error = pcm[k] - voice.pcm()[(i - 1) * FRAME + k];
                    power[speech ? 1 : 3] += pause > 0 && pause < 7 ? 0 : error * error;
                }
                power[speech ? 0 : 2] += i > SETTLED && (pause == 0 || pause > 6) ? before : 0;
                before = in;
            }
        }
        return new double[] {10 * Math.log10(power[0] / power[1]), 10 * Math.log10(power[2] / power[3])};
    }

    private static double[] detected(List<LabelledSpeech> voices, SyntheticNoise.Kind kind, double ratio) {
        double told = 0;
        double spoken = 0;
        double both = 0;
        for (int v = 0; v < voices.size(); v++) {
            LabelledSpeech voice = voices.get(v);
            SyntheticNoise noise = new SyntheticNoise(kind, 8000, LabelledSpeech.RMS * Math.pow(10, -ratio / 20), 50 + v);
            VoiceDetector detector = new VoiceDetector(8000);
            short[] pcm = new short[FRAME];
            for (int i = 0; i < voice.speaking().length; i++) {
                mix(voice, noise, i, pcm);
                boolean heard = detector.process(pcm, 0);
                told += heard ? 1 : 0;
                spoken += voice.speaking()[i] ? 1 : 0;
                both += heard && voice.speaking()[i] ? 1 : 0;
            }
        }
        return new double[] {both / told, both / spoken};
    }

    /** Returns the energy of the noise in the frame. */
    private static double mix(LabelledSpeech voice, SyntheticNoise noise, int frame, short[] pcm) {
        double energy = 0;
        for (int k = 0; k < FRAME; k++) {
            short clean = voice.pcm()[frame * FRAME + k];
            pcm[k] = saturated(clean + noise.next());
            energy += (double) (pcm[k] - clean) * (pcm[k] - clean);
        }
        return energy;
    }

    private static short saturated(double value) {
        return (short) Math.max(-32768, Math.min(32767, Math.round(value)));
    }
}
