package io.earshot.benchmarks.dsp;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.time.Ticker;
import io.earshot.dsp.LevelMeter;
import io.earshot.dsp.voice.EchoCanceller;
import io.earshot.dsp.voice.GainControl;
import io.earshot.dsp.voice.HowlingGuard;
import io.earshot.dsp.voice.NoiseSuppressor;
import io.earshot.dsp.voice.SoftwareVoiceProcessor;
import io.earshot.dsp.voice.VoiceDetector;
import io.earshot.testkit.audio.SimulatedRoom;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Figures of voice processing, on synthesised speech in simulated rooms: echo, noise, speech detection, level, feedback, cost. */
public final class VoiceFigures {
    private VoiceFigures() {
    }

    /** Prints the tables, or those named: {@code echo noise voice level howling cost}. */
    public static void main(String[] arguments) {
        List<String> tables = arguments.length == 0 ? List.of("echo", "noise", "voice", "level", "howling", "cost") : List.of(arguments);
        if (tables.contains("echo")) {
            for (double reverberation : new double[] {0.15, 0.3, 0.5}) {
                echo(8000, reverberation, 10);
                echo(8000, reverberation, 180);
            }
            echo(16_000, 0.3, 60);
        }
        for (double snr : tables.contains("noise") ? new double[] {0, 5, 10, 20} : new double[0]) {
            noise(snr);
        }
        for (double snr : tables.contains("voice") ? new double[] {0, 5, 10, 20, 60} : new double[0]) {
            voice(snr);
        }
        if (tables.contains("level")) {
            level(-20, -40);
            level(-40, -20);
            level(-45, -8);
        }
        for (double gain : tables.contains("howling") ? new double[] {0.35, 0.5, 0.7} : new double[0]) {
            howling(gain);
        }
        for (int rate : tables.contains("cost") ? new int[] {8000, 16_000, 48_000} : new int[0]) {
            cost(rate);
        }
    }

    private static void echo(int rate, double reverberation, int delay) {
        int n = rate / 100;
        StringBuilder line = new StringBuilder();
        for (boolean suppression : new boolean[] {false, true}) {
            EchoCanceller canceller = new EchoCanceller(rate, suppression);
            SimulatedRoom room = SimulatedRoom.of(rate, reverberation, delay, 0.4, 3);
            SyntheticSpeech far = new SyntheticSpeech(rate, 1);
            SyntheticSpeech talker = new SyntheticSpeech(rate, 2);
            Random random = new Random(4);
            short[] played = new short[n];
            short[] microphone = new short[n];
            short[] near = new short[n];
            short[] before = new short[n];
            double[] in = new double[4];
            double[] out = new double[4];
            double speech = 0;
            double harm = 0;
            for (int i = 0; i < 3500; i++) {
                far.read(played, 0, n);
                talker.read(near, 0, n);
                boolean doubleTalk = i >= 1500 && i < 2500;
                for (int k = 0; k < n; k++) {
                    double heard = room.hear(played[k]) + 3 * random.nextGaussian();
                    if (!doubleTalk) {
                        near[k] = 0;
                    }
                    microphone[k] = (short) Math.max(-32768, Math.min(32767, Math.round(heard + near[k])));
                }
                int part = i < 200 ? 0 : i < 1500 ? i < 500 ? 1 : 2 : i < 2500 ? -1 : 3;
                for (int k = 0; k < n && part >= 0; k++) {
                    in[part] += microphone[k] * microphone[k];
                }
                canceller.playback(played, 0);
                canceller.capture(microphone, 0);
                for (int k = 0; k < n; k++) {
                    short wanted = suppression ? before[k] : near[k];
                    if (part >= 0) {
                        out[part] += microphone[k] * microphone[k];
                    } else {
                        speech += (double) wanted * wanted;
                        harm += (double) (microphone[k] - wanted) * (microphone[k] - wanted);
                    }
                }
                System.arraycopy(near, 0, before, 0, n);
            }
            line.append(String.format(Locale.ROOT, "%s ERLE 0-2 s %4.1f, 2-5 s %4.1f, 5-15 s %4.1f, after double talk %4.1f dB; "
                    + "near speech/error %4.1f dB",
                    suppression ? "; with suppression" : "", db(in[0] / out[0]), db(in[1] / out[1]), db(in[2] / out[2]),
                    db(in[3] / out[3]), db(speech / harm)));
        }
        print(String.format(Locale.ROOT, "echo %5d Hz RT60 %.2f s delay %3d ms:%s", rate, reverberation, delay, line));
    }

    private static void noise(double snr) {
        int n = 160;
        NoiseSuppressor suppressor = new NoiseSuppressor(16_000, 18);
        SyntheticSpeech speech = new SyntheticSpeech(16_000, 5);
        Random random = new Random(6);
        short[] clean = new short[n];
        boolean[] speaking = new boolean[n];
        short[] before = new short[n];
        int quiet = 0;
        short[] noisy = new short[n];
        double coloured = 0;
        double[] power = new double[6];
        double sigma = 3276.7 / Math.sqrt(2) * Math.pow(10, -snr / 20) * 0.7;
        for (int i = 0; i < 6000; i++) {
            speech.read(clean, speaking, 0, n);
            double[] added = new double[n];
            for (int k = 0; k < n; k++) {
                coloured = 0.7 * coloured + 0.714 * random.nextGaussian();
                added[k] = sigma * coloured;
                noisy[k] = (short) Math.max(-32768, Math.min(32767, Math.round(clean[k] + added[k])));
            }
            double in = 0;
            for (int k = 0; k < n; k++) {
                in += added[k] * added[k];
            }
            suppressor.process(noisy, 0);
            if (i > 100) {
                for (int k = 0; k < n; k++) {
                    if (quiet < 6) {
                        power[0] += (double) before[k] * before[k];
                        power[1] += (double) (noisy[k] - before[k]) * (noisy[k] - before[k]);
                    } else {
                        power[3] += (double) noisy[k] * noisy[k];
                    }
                }
                power[quiet < 6 ? 2 : 4] += in;
            }
            quiet = speaking[n - 1] ? 0 : quiet + 1;
            System.arraycopy(clean, 0, before, 0, n);
        }
        print(String.format(Locale.ROOT, "noise: in speech SNR %4.1f -> %4.1f dB (gain %.1f); in pauses %.1f dB quieter",
                db(power[0] / power[2]),
                db(power[0] / power[1]), db(power[2] / power[1]), db(power[4] / power[3])));
    }

    private static void voice(double snr) {
        int n = 80;
        int hits = 0;
        int spoken = 0;
        int told = 0;
        Random random = new Random(8);
        double sigma = 3276.7 / Math.sqrt(2) * Math.pow(10, -snr / 20);
        for (int seed = 10; seed < 15; seed++) {
            VoiceDetector detector = new VoiceDetector(8000);
            SyntheticSpeech speech = new SyntheticSpeech(8000, seed);
            short[] pcm = new short[n];
            boolean[] speaking = new boolean[n];
            for (int i = 0; i < 6000; i++) {
                speech.read(pcm, speaking, 0, n);
                for (int k = 0; k < n; k++) {
                    pcm[k] = (short) Math.max(-32768, Math.min(32767, Math.round(pcm[k] + sigma * random.nextGaussian())));
                }
                boolean heard = detector.process(pcm, 0);
                spoken += speaking[n / 2] ? 1 : 0;
                told += heard ? 1 : 0;
                hits += heard && speaking[n / 2] ? 1 : 0;
            }
        }
        print(String.format(Locale.ROOT, "speech at %2.0f dB over white noise: precision %.3f, recall %.3f (%.0f %% is speech)", snr,
                (double) hits / told, (double) hits / spoken, spoken / 300.0));
    }

    private static void level(double from, double to) {
        int n = 80;
        GainControl control = new GainControl(8000, -20);
        VoiceDetector detector = new VoiceDetector(8000);
        SyntheticSpeech speech = new SyntheticSpeech(8000, 20);
        short[] pcm = new short[n];
        boolean[] speaking = new boolean[n];
        double peak = 0;
        StringBuilder line = new StringBuilder();
        LevelMeter meter = new LevelMeter();
        for (int i = 0; i < 4000; i++) {
            speech.read(pcm, speaking, 0, n);
            double factor = Math.pow(10, ((i < 2000 ? from : to) + 20) / 20);
            for (int k = 0; k < n; k++) {
                pcm[k] = (short) Math.max(-32768, Math.min(32767, Math.round(pcm[k] * factor)));
            }
            control.process(pcm, 0, detector.process(pcm, 0));
            if (speaking[n - 1]) {
                meter.add(pcm, 0, n);
            }
            for (short sample : pcm) {
                peak = Math.max(peak, Math.abs(sample));
            }
            if (i == 1000 || i == 1999 || i == 2199 || i == 2499 || i == 2999 || i == 3999) {
                line.append(String.format(Locale.ROOT, " %.1f", meter.rmsDbfs()));
                meter.reset();
            }
        }
        print("level " + from + " -> " + to + " dBFS: out in 0-10, 10-20 | 20-22, 22-25, 25-30, 30-40 s:" + line + " dBFS, peak "
                + String.format(Locale.ROOT, "%.1f", 20 * Math.log10(peak / 32767)) + " dBFS");
    }

    private static void howling(double gain) {
        for (boolean guarded : new boolean[] {false, true}) {
            HowlingGuard guard = new HowlingGuard(16_000);
            SimulatedRoom room = SimulatedRoom.of(16_000, 0.15, 5, gain, 9);
            SyntheticSpeech speech = new SyntheticSpeech(16_000, 30);
            short[] pcm = new short[160];
            short[] speaker = new short[160];
            LevelMeter meter = new LevelMeter();
            for (int i = 0; i < 3000; i++) {
                speech.read(pcm, 0, 160);
                for (int k = 0; k < 160; k++) {
                    pcm[k] = (short) Math.max(-32768, Math.min(32767, Math.round(0.2 * pcm[k] + room.hear(speaker[k]))));
                }
                if (guarded) {
                    guard.process(pcm, 0);
                }
                System.arraycopy(pcm, 0, speaker, 0, 160);
                if (i > 1000) {
                    meter.add(pcm, 0, 160);
                }
            }
            print(String.format(Locale.ROOT, "feedback, gain of the way %.2f, %s guard: %.1f dBFS from 10 to 30 s, %d notches", gain,
                    guarded ? "with" : "without",
                    meter.rmsDbfs(), guard.activeNotches()));
        }
    }

    private static void cost(int rate) {
        int n = rate / 100;
        SoftwareVoiceProcessor all = new SoftwareVoiceProcessor(rate, VoiceProcessing.ALL);
        SyntheticSpeech far = new SyntheticSpeech(rate, 1);
        SyntheticSpeech near = new SyntheticSpeech(rate, 2);
        short[] played = new short[n];
        short[] heard = new short[n];
        Ticker ticker = Ticker.system();
        long spent = 0;
        for (int i = 0; i < 3000; i++) {
            far.read(played, 0, n);
            near.read(heard, 0, n);
            long start = ticker.now();
            all.playback(played, 0);
            all.capture(heard, 0);
            spent += i < 1000 ? 0 : ticker.now() - start;
        }
        print(String.format(Locale.ROOT, "everything at %d Hz: %.0f us per frame of 10 ms, latency %.1f ms", rate, spent / 2000 / 1000.0,
                1000.0 * all.latencySamples() / rate));
    }

    private static double db(double ratio) {
        return 10 * Math.log10(ratio);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
